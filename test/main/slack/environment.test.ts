import { describe, expect, it } from 'vitest'
import { PRACTICE_PORT } from '../../../main/contract/redirect.ts'
import {
  environmentView,
  parseBaseUrl,
  sameEnvironment,
  slackEndpoints,
} from '../../../main/slack/environment.ts'

describe('slackEndpoints', () => {
  it('knows slack.com', () => {
    expect(slackEndpoints({ kind: 'slack' })).toEqual({
      label: 'slack.com',
      host: 'slack.com',
      authorizeEndpoint: 'https://slack.com/oauth/v2/authorize',
      apiUrl: 'https://slack.com/api/',
      appSettingsUrl: 'https://api.slack.com/apps',
    })
  })

  it('knows GovSlack', () => {
    expect(slackEndpoints({ kind: 'govslack' })).toEqual({
      label: 'GovSlack',
      host: 'slack-gov.com',
      authorizeEndpoint: 'https://slack-gov.com/oauth/v2/authorize',
      apiUrl: 'https://slack-gov.com/api/',
      appSettingsUrl: 'https://api.slack-gov.com/apps',
    })
  })

  it('finds the practice Slack on its port', () => {
    const { label, host, apiUrl } = slackEndpoints({ kind: 'practice' })
    expect({ label, host, apiUrl }).toEqual({
      label: 'Practice',
      host: `localhost:${PRACTICE_PORT}`,
      apiUrl: `http://localhost:${PRACTICE_PORT}/api/`,
    })
  })

  it('builds on a custom base URL, with its path', () => {
    const ref = { kind: 'custom', baseUrl: 'https://emulator.example:8443/slack/' } as const
    expect(slackEndpoints(ref)).toMatchObject({
      label: 'emulator.example:8443',
      host: 'emulator.example:8443',
      authorizeEndpoint: 'https://emulator.example:8443/slack/oauth/v2/authorize',
      apiUrl: 'https://emulator.example:8443/slack/api/',
    })
    expect(environmentView(ref)).toEqual({
      ref,
      label: 'emulator.example:8443',
      host: 'emulator.example:8443',
    })
  })
})

describe('parseBaseUrl', () => {
  it.each([
    ['https://slack.example.com', 'https://slack.example.com'],
    ['  https://slack.example.com/  ', 'https://slack.example.com'],
    ['https://slack.example.com/a/b//', 'https://slack.example.com/a/b'],
    ['HTTPS://Slack.Example.com:443', 'https://slack.example.com'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('takes %s', (typed, expected) => {
    expect(parseBaseUrl(typed)).toBe(expected)
  })

  it.each([
    [''],
    ['   '],
    ['slack.example.com'],
    ['not a url'],
    ['https://'],
    ['ftp://slack.example.com'],
    ['file:///etc/passwd'],
    ['javascript:alert(1)'],
    ['http://slack.example.com'],
    ['http://localhost.evil.example'],
    ['http://localhost@evil.example'],
    ['http://127.0.0.1.evil.example'],
    ['http://0.0.0.0:3000'],
    ['https://user@slack.example.com'],
    ['https://:secret@slack.example.com'],
    ['https://slack.example.com?'],
    ['https://slack.example.com/?a=b'],
    ['https://slack.example.com#'],
    ['https://slack.example.com/#/api'],
  ])('refuses %j beside the field', (typed) => {
    expect(() => parseBaseUrl(typed)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', field: 'baseUrl' }),
    )
  })

  it('says what plain http is good for', () => {
    expect(() => parseBaseUrl('http://slack.example.com')).toThrow(
      expect.objectContaining({ advice: 'Use https here. Plain http works for localhost only.' }),
    )
  })
})

describe('sameEnvironment', () => {
  const custom = (baseUrl: string) => ({ kind: 'custom', baseUrl }) as const

  it.each([
    [{ kind: 'slack' } as const, { kind: 'slack' } as const, true],
    [{ kind: 'slack' } as const, { kind: 'govslack' } as const, false],
    [{ kind: 'slack' } as const, { kind: 'practice' } as const, false],
    [{ kind: 'slack' } as const, custom('https://slack.com/'), true],
    [custom('https://a.example'), custom('https://A.example/'), true],
    [custom('https://a.example'), custom('https://a.example:8443'), false],
    [custom('https://a.example/one'), custom('https://a.example/two'), false],
    [custom('http://localhost:1'), custom('https://localhost:1'), false],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(sameEnvironment(a, b)).toBe(expected)
    expect(sameEnvironment(b, a)).toBe(expected)
  })
})
