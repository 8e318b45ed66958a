import fc from 'fast-check'
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

describe('names', () => {
  const secret = sample.clientSecret()

  it.each([
    ['SLACK_SIGNING_SECRET', 'signing-secret'],
    ['STAGING_SLACK_SIGNING_SECRET', 'signing-secret'],
    ['SLACK_DEPLOY_BOT_SIGNING_SECRET', 'signing-secret'],
    ['slackSigningSecret', 'signing-secret'],
    ['signingSecret', 'signing-secret'],
    ['signing_secret', 'signing-secret'],
    ['slack.signing-secret', 'signing-secret'],
    ['SLACK_VERIFICATION_TOKEN', 'verification-token'],
    ['verification_token', 'verification-token'],
    ['SLACK_CLIENT_SECRET', 'client-secret'],
    ['SLACK_CLIENT_SECRET_2', 'client-secret'],
    ['client_secret', 'client-secret'],
    ['clientSecret', 'client-secret'],
    ['SlackClientSecret', 'client-secret'],
    ['CLIENT_SECRET', 'client-secret'],
  ])('know what %s holds: %s', (name, kind) => {
    expect(recogniseSecret(`"${name}": "${secret}",`)).toMatchObject({ kind, value: secret })
    expect(recogniseSecret(`${name}: ${secret}`)).toMatchObject({ kind, reason: null })
  })

  it.each(['SLACK_CLIENT_ID', 'client_id', 'clientId', 'SLACK_CLIENT_ID_STAGING', 'slackClientID'])(
    'know a client ID by %s',
    (name) => {
      const value = '1234567890.0987654321'
      expect(recogniseSecret(`${name}=${value}`)).toMatchObject({ kind: 'client-id', value, name })
    },
  )

  it.each([
    'GITHUB_CLIENT_SECRET',
    'my_client_secret',
    'SLACK_STATE_SECRET',
    'UNSLACK_CLIENT_SECRETS',
    'CLIENT_SECRETS',
    'NOTSLACK_SIGNING_SECRET',
    'secret',
    'token',
  ])('of other services, such as %s, name nothing', (name) => {
    expect(recogniseSecret(`${name}=${secret}`).kind).toBe('unknown')
  })

  it.each([
    '',
    'your-signing-secret',
    'your_signing_secret_goes_here',
    'YOUR_SLACK_CLIENT_SECRET_00',
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX',
    'changeme',
    'change_me_change_me_change_me',
    '00000000000000000000000000000000',
    '<signing secret of your app>',
    `$\{SLACK_SIGNING_SECRET}`,
    '$SLACK_SIGNING_SECRET_OF_TESTS',
    'process.env.SLACK_SIGNING_SECRET',
    '/run/secrets/slack_signing_secret',
    'a'.repeat(65),
    'abc123',
    '••••••••••••••••••••••••••••••••',
  ])('make no secret of %j', (value) => {
    expect(recogniseSecret(`SLACK_SIGNING_SECRET=${value}`).kind).toBe('unknown')
    expect(recogniseSecret(`client_secret: "${value}"`).kind).toBe('unknown')
  })

  it('pass over no secret for a short word that came up by chance', () => {
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789']
    const part = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 12, maxLength: 12 })
    const word = fc.constantFrom('xxx', 'XXX', 'your', 'Todo', 'here')
    fc.assert(
      fc.property(part, word, part, (before, inside, after) => {
        const value = `${before}${inside}${after}`
        fc.pre(new Set(value).size >= 8 && !/token|secret|insert|x{5}/i.test(value))
        expect(recogniseSecret(`SLACK_VERIFICATION_TOKEN=${value}`)).toMatchObject({
          kind: 'verification-token',
          value,
        })
      }),
    )
  })

  it.each(['your-client-id', '1234567890', '1.2.3', `${'1'.repeat(40)}.${'2'.repeat(40)}`, 'A123'])(
    'make no client ID of %j',
    (value) => {
      expect(recogniseSecret(`SLACK_CLIENT_ID=${value}`).kind).toBe('unknown')
    },
  )

  it.each([
    'SLACK_CONFIG_TOKEN',
    'SLACK_APP_CONFIG_TOKEN',
    'SLACK_CONFIGURATION_TOKEN',
    'SLACK_APP_CONFIGURATION_TOKEN_2',
    'slackConfigToken',
    'config_token',
  ])('tell a configuration token: %s', (name) => {
    const line = `${name}=${sample.rotatingUser()}`
    expect(recogniseSecret(line)).toMatchObject({ kind: 'configuration', name, reason: null })
  })

  it.each(['SLACK_USER_TOKEN', 'SLACK_TOKEN', 'RECONFIGURED_TOKEN'])(
    'leave it open what a rotating token under %s is',
    (name) => {
      expect(recogniseSecret(`${name}=${sample.rotatingUser()}`).kind).toBe('config-or-user')
    },
  )

  it('find a use for the refresh token of a configuration token', () => {
    const token = sample.refresh()
    expect(recogniseSecret(`SLACK_CONFIG_REFRESH_TOKEN=${token}`)).toMatchObject({
      kind: 'refresh',
      reason: null,
    })
    expect(recogniseSecret(`SLACK_REFRESH_TOKEN=${token}`).reason).not.toBeNull()
  })

  it.each([
    [sample.bot(), 'bot'],
    [sample.webhook(), 'webhook'],
    [sample.session('c'), 'session'],
  ])('weigh less than a shape (%#)', (value, kind) => {
    expect(recogniseSecret(`SLACK_CLIENT_SECRET=${value}`).kind).toBe(kind)
    expect(recogniseSecret(`SLACK_CONFIG_TOKEN=${value}`).kind).toBe(kind)
  })
})
