import { describe, expect, it } from 'vitest'
import { OAUTH_FLOWS, PRACTICE_PORT } from '../../../main/contract/redirect.ts'
import type { EnvironmentRef } from '../../../main/contract/views.ts'
import {
  appPageUrl,
  environmentView,
  newAppUrl,
  offersFlow,
  parseBaseUrl,
  sameEnvironment,
  slackEndpoints,
} from '../../../main/slack/environment.ts'

describe('slackEndpoints', () => {
  it('knows slack.com', () => {
    expect(slackEndpoints({ kind: 'slack' })).toEqual({
      label: 'slack.com',
      host: 'slack.com',
      authorizeEndpoints: {
        v2: 'https://slack.com/oauth/v2/authorize',
        'v2-user': 'https://slack.com/oauth/v2_user/authorize',
        v1: 'https://slack.com/oauth/authorize',
        openid: 'https://slack.com/openid/connect/authorize',
      },
      issuer: 'https://slack.com',
      keysUrl: 'https://slack.com/openid/connect/keys',
      apiUrl: 'https://slack.com/api/',
      appSettingsUrl: 'https://api.slack.com/apps',
    })
  })

  it('knows GovSlack', () => {
    expect(slackEndpoints({ kind: 'govslack' })).toEqual({
      label: 'GovSlack',
      host: 'slack-gov.com',
      authorizeEndpoints: {
        v2: 'https://slack-gov.com/oauth/v2/authorize',
        'v2-user': 'https://slack-gov.com/oauth/v2_user/authorize',
        v1: 'https://slack-gov.com/oauth/authorize',
        openid: 'https://slack-gov.com/openid/connect/authorize',
      },
      issuer: 'https://slack-gov.com',
      keysUrl: 'https://slack-gov.com/openid/connect/keys',
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
      authorizeEndpoints: { v2: 'https://emulator.example:8443/slack/oauth/v2/authorize' },
      issuer: 'https://emulator.example:8443/slack',
      keysUrl: 'https://emulator.example:8443/slack/openid/connect/keys',
      apiUrl: 'https://emulator.example:8443/slack/api/',
    })
    expect(environmentView(ref)).toEqual({
      ref,
      label: 'emulator.example:8443',
      host: 'emulator.example:8443',
    })
  })
})

describe('hosts', () => {
  const refs: EnvironmentRef[] = [
    { kind: 'slack' },
    { kind: 'govslack' },
    { kind: 'practice' },
    { kind: 'custom', baseUrl: 'https://emulator.example:8443/slack' },
  ]
  const hostsOf = (ref: EnvironmentRef) => {
    const endpoints = slackEndpoints(ref)
    const pages = [appPageUrl(endpoints, 'A0123456789', 'basic'), newAppUrl(endpoints, '{}')]
    const own = [endpoints.apiUrl, endpoints.keysUrl, endpoints.issuer, endpoints.appSettingsUrl]
    const all = [...Object.values(endpoints.authorizeEndpoints), ...own, ...pages]
    return new Set(all.map((url) => new URL(url).host))
  }

  it('are shared by no two environments', () => {
    const hosts = refs.flatMap((ref) => [...hostsOf(ref)])
    expect(new Set(hosts).size).toBe(hosts.length)
  })
})

describe('appPageUrl', () => {
  const slack = slackEndpoints({ kind: 'slack' })

  it.each([
    ['basic', 'https://api.slack.com/apps/A0123456789'],
    ['oauth', 'https://api.slack.com/apps/A0123456789/oauth'],
    ['install', 'https://api.slack.com/apps/A0123456789/install-on-team'],
  ] as const)('finds the page %s', (page, url) => {
    expect(appPageUrl(slack, 'A0123456789', page)).toBe(url)
  })

  it.each([
    null,
    '',
    'T0123456789',
    'A0/../../evil',
    'A0123456789?to=evil',
    '../A0123456789',
    'a012',
  ])('shows the list of apps for the ID %j', (appId) => {
    expect(appPageUrl(slack, appId, 'oauth')).toBe('https://api.slack.com/apps')
  })

  it('stays on the host of the environment', () => {
    const govslack = slackEndpoints({ kind: 'govslack' })
    expect(appPageUrl(govslack, 'A0123456789', 'oauth')).toBe(
      'https://api.slack-gov.com/apps/A0123456789/oauth',
    )
    const custom = slackEndpoints({ kind: 'custom', baseUrl: 'http://localhost:3000/base' })
    expect(appPageUrl(custom, 'A0123456789', 'basic')).toBe(
      'http://localhost:3000/base/apps/A0123456789',
    )
  })
})

describe('newAppUrl', () => {
  it('carries the manifest whole, whatever is in it', () => {
    const json = JSON.stringify({ name: 'A & B + C #1 “ü” 100%', list: ['a b', '"'] })
    const url = newAppUrl(slackEndpoints({ kind: 'slack' }), json)
    expect(url).toMatch(/^https:\/\/api\.slack\.com\/apps\?new_app=1&manifest_json=%7B/)
    expect(url).not.toContain('+')
    expect(new URL(url).searchParams.get('manifest_json')).toBe(json)
  })
})

describe('offersFlow', () => {
  it('knows no classic apps on GovSlack', () => {
    const offered = (ref: EnvironmentRef) => OAUTH_FLOWS.filter((flow) => offersFlow(ref, flow))
    expect(offered({ kind: 'govslack' })).toEqual(['v2', 'v2-user', 'openid'])
    expect(offered({ kind: 'slack' })).toEqual([...OAUTH_FLOWS])
    expect(offered({ kind: 'practice' })).toEqual([...OAUTH_FLOWS])
    expect(offered({ kind: 'custom', baseUrl: 'https://a.example' })).toEqual([...OAUTH_FLOWS])
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
