import { describe, expect, it } from 'vitest'
import { recogniseSecret } from '../../../main/slack/token-kind.ts'
import { sample } from './sample-secrets.ts'

describe('recogniseSecret', () => {
  it.each([
    ['bot', sample.bot()],
    ['bot', sample.rotatingBot()],
    ['user', sample.user()],
    // A token of Slack's command line, in no scanner's shape.
    ['user', ['xoxp', '1', 'Zm9vYmFyLWJheg=='].join('-')],
    ['config-or-user', sample.rotatingUser()],
    ['refresh', sample.refresh()],
    ['app', sample.app()],
    ['workflow', sample.workflow()],
    ['session', sample.session('c')],
    ['session', sample.session('d')],
    ['session', ['xoxd', 'AbC%2Bdef%2F0123456789%3D'].join('-')],
    ['session', sample.session('s')],
    ['legacy', sample.legacy('o')],
    ['legacy', sample.legacy('a')],
    ['legacy', sample.legacy('r')],
    ['webhook', sample.webhook()],
    ['webhook', sample.webhook('https://hooks.slack-gov.com')],
    ['webhook', 'https://hooks.slack.com/triggers/T0123456789/123456789/abcdef0123456789'],
    ['webhook', 'https://hooks.slack.com/workflows/T0123456789/A0123456789/123456/abcdef0123'],
  ])('knows %s by its shape', (kind, value) => {
    expect(recogniseSecret(value)).toMatchObject({ kind, value, name: null })
  })

  it.each([
    [''],
    ['hello'],
    ['xoxb'],
    ['xoxb-'],
    ['xoxb-…'],
    ['xoxb-short'],
    ['xoxz-11111111111-2222222222222-abcdef'],
    [`see ${sample.bot()}`],
    [`${sample.bot()} ${sample.bot()}`],
    [`${sample.bot()}\u0000`],
    // Occurs in file addresses; no refresh token.
    ['xoxe-111-222-333-abcdef012345'],
    ['1234.5678'],
    ['https://hooks.slack.com/'],
    ['https://hooks.slack.com/services/T0123456789'],
    [sample.webhook('http://hooks.slack.com')],
    [sample.webhook('https://hooks.slack.com.evil.example')],
    [sample.webhook('https://hooks.slack.com@evil.example')],
    [`${sample.webhook()}?to=evil`],
    [sample.webhook('https://evil.example')],
  ])('leaves %j unknown', (value) => {
    expect(recogniseSecret(value, 'slack.com').kind).toBe('unknown')
  })

  it.each([
    [(v: string) => `  ${v}\r\n`, null],
    [(v: string) => `"${v}"`, null],
    [(v: string) => `'${v}'`, null],
    [(v: string) => `\`${v}\``, null],
    [(v: string) => `\u200b${v}\ufeff`, null],
    [(v: string) => `SLACK_BOT_TOKEN=${v}`, 'SLACK_BOT_TOKEN'],
    [(v: string) => `SLACK_BOT_TOKEN = "${v}"  # the test one`, 'SLACK_BOT_TOKEN'],
    [(v: string) => `SLACK_BOT_TOKEN=${v} # the test one`, 'SLACK_BOT_TOKEN'],
    [(v: string) => `export  SLACK_BOT_TOKEN='${v}'`, 'SLACK_BOT_TOKEN'],
    [(v: string) => `  export my_token2=${v};`, 'my_token2'],
    [(v: string) => `slack_bot_token: ${v}`, 'slack_bot_token'],
    [(v: string) => `  "botToken": "${v}",`, 'botToken'],
    // Not a name that an env file takes.
    [(v: string) => `"slack.bot-token": "${v}"`, null],
  ])('takes the value out of a pasted line (%#)', (wrap, name) => {
    for (const value of [sample.bot(), sample.webhook()]) {
      expect(recogniseSecret(wrap(value))).toMatchObject({ value, name })
      expect(recogniseSecret(wrap(value)).kind).not.toBe('unknown')
    }
  })

  it.each([
    ['http://localhost:17870', 'localhost:17870', 'webhook'],
    ['http://localhost:17870', 'localhost:17871', 'unknown'],
    ['http://localhost:17870', 'slack.com', 'unknown'],
    ['https://emulator.example', 'emulator.example', 'webhook'],
    ['https://emulator.example/base', 'emulator.example', 'webhook'],
    ['http://emulator.example', 'emulator.example', 'unknown'],
    ['https://slack.com', 'slack.com', 'unknown'],
    ['https://slack-gov.com', 'slack-gov.com', 'unknown'],
  ])('takes a webhook at %s for host %s: %s', (base, host, kind) => {
    expect(recogniseSecret(sample.webhook(base), host).kind).toBe(kind)
  })

  it.each([
    [sample.session('c'), /full power of your account/],
    [sample.refresh(), /only makes other tokens/],
    [sample.legacy('a'), /retired/],
    [sample.workflow(), /15 minutes/],
  ])('gives the reason for a kind of no use (%#)', (value, reason) => {
    expect(recogniseSecret(value).reason).toMatch(reason)
  })

  it('has nothing against a bot token', () => {
    expect(recogniseSecret(sample.bot()).reason).toBeNull()
  })
})
