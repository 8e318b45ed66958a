import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { redact, redactValue } from '../../../main/platform/redact.ts'
import { Secret } from '../../../main/platform/secret.ts'

const hex = (length: number) => '0123456789abcdef'.repeat(8).slice(0, length)
const word = (length: number) => 'Ab3dE9gH1jK5mN7p'.repeat(16).slice(0, length)
const digits = (length: number) => '1234567890123'.slice(0, length)
const join = (...parts: string[]) => parts.join('-')

/** Every shape of the token inventory, put together at run time. `secret` is what must not remain. */
const shapes: { name: string; text: string; secret: string }[] = [
  { name: 'bot token', text: join('xoxb', digits(11), digits(12), word(24)), secret: word(24) },
  { name: 'old bot token', text: join('xoxb', digits(10), word(24)), secret: word(24) },
  {
    name: 'user token',
    text: join('xoxp', digits(11), digits(11), digits(12), hex(32)),
    secret: hex(32),
  },
  { name: 'service token', text: join('xoxp', '1', word(60)), secret: word(20) },
  { name: 'rotating bot token', text: join('xoxe.xoxb', '1', word(163)), secret: word(16) },
  { name: 'rotating user token', text: join('xoxe.xoxp', '1', word(166)), secret: word(16) },
  { name: 'refresh token', text: join('xoxe', '1', word(146)), secret: word(16) },
  {
    name: 'app-level token',
    text: join('xapp', '1', 'A0123456789', digits(13), hex(64)),
    secret: hex(16),
  },
  { name: 'workflow token', text: join('xwfp', digits(10), word(24)), secret: word(24) },
  { name: 'session token', text: join('xoxc', digits(12), digits(12), hex(64)), secret: hex(16) },
  {
    name: 'session cookie',
    text: join('xoxd', `${word(30)}%2B${word(30)}%3D%3D`),
    secret: word(16),
  },
  {
    name: 'legacy session token',
    text: join('xoxs', digits(10), digits(10), hex(10)),
    secret: hex(10),
  },
  {
    name: 'legacy custom token',
    text: join('xoxo', digits(10), digits(10), hex(10)),
    secret: hex(10),
  },
  { name: 'workspace token', text: join('xoxa', '2', word(24)), secret: word(24) },
  { name: 'workspace refresh token', text: join('xoxr', word(40)), secret: word(16) },
  { name: 'capitals', text: join('XOXB', digits(11), word(24)), secret: word(24) },
  {
    name: 'webhook',
    text: `https://hooks.slack.com/services/T012/B012/${word(24)}`,
    secret: word(24),
  },
  {
    name: 'webhook for government',
    text: `https://hooks.slack-gov.com/services/T012/B012/${word(24)}`,
    secret: word(24),
  },
  {
    name: 'workflow webhook',
    text: `https://hooks.slack.com/workflows/T012/A012/${word(24)}`,
    secret: word(24),
  },
  {
    name: 'trigger',
    text: `https://hooks.slack.com/triggers/T012/123/${word(24)}`,
    secret: word(24),
  },
  {
    name: 'webhook elsewhere',
    text: `http://localhost:1/services/T012/B012/${word(24)}`,
    secret: word(24),
  },
  { name: 'code in a query', text: '/callback?code=12.34.abcd&x=1', secret: '12.34.abcd' },
  { name: 'state in a query', text: '/callback?x=1&state=short', secret: 'short' },
  { name: 'state first', text: 'state=short&x=1', secret: 'short' },
  {
    name: 'authorization code alone',
    text: `${digits(12)}.${digits(13)}.${hex(64)}`,
    secret: hex(24),
  },
  { name: 'client secret', text: `got ${hex(32)} from`, secret: hex(32) },
  { name: 'client secret in a form', text: 'client_id=1.2&client_secret=short1', secret: 'short1' },
  { name: 'verifier in a form', text: 'code_verifier=short1&a=b', secret: 'short1' },
  { name: 'state or verifier alone', text: `oh ${word(43)}!`, secret: word(43) },
  { name: 'bearer', text: 'Authorization: Bearer short.1', secret: 'short.1' },
  { name: 'basic', text: 'authorization: Basic c2hvcnQ=', secret: 'c2hvcnQ' },
  { name: 'ID token', text: `eyJ${word(20)}.${word(20)}.${word(20)}`, secret: word(20) },
  { name: 'JSON token', text: '{"access_token":"short","ok":true}', secret: 'short' },
  { name: 'JSON code', text: '{"code": "12.34.short"}', secret: 'short' },
  { name: 'env line', text: 'SLACK_SIGNING_SECRET=short', secret: 'short' },
  { name: 'env line in quotes', text: 'export SLACK_CLIENT_SECRET="two words"', secret: 'words' },
  { name: 'YAML line', text: 'client_secret: sh0rt', secret: 'sh0rt' },
  { name: 'verification token in YAML', text: `verificationToken: ${word(24)}`, secret: word(24) },
  { name: 'YAML line in quotes', text: 'client_secret: "short"', secret: 'short' },
  { name: 'printed object', text: "{ clientSecret: 'short', a: 1 }", secret: 'short' },
  {
    name: 'JSON inside a text',
    text: JSON.stringify(JSON.stringify({ client_secret: 'short' })),
    secret: 'short',
  },
  { name: 'callback in another address', text: '?to=x%3Fcode%3D12.short%26a', secret: '12.short' },
  {
    name: 'private key',
    text: `-----BEGIN PRIVATE KEY-----\n${word(30)}/${word(30)}+\n-----END PRIVATE KEY-----`,
    secret: word(30),
  },
]

/** How it may stand in a log. */
function surroundings(text: string): string[] {
  return [
    ...[text, `'${text}'`, `before ${text} after`, `(${text})`, `"${text}"\n`, `<${text}>`],
    ...[JSON.stringify({ a: { b: text } }), JSON.stringify(JSON.stringify({ a: [text] }))],
    ...[inspect({ a: text }), `A=${text}`, `a: ${text}`, `x-header: ${text}\r\nhost: a`],
    ...[`> ${text}`, `GET ${text} HTTP/1.1`, `\x1b[31m${text}\x1b[0m`, `\`${text}\``],
  ]
}

/** What has a shape of its own, wherever it stands. */
const tokens = shapes.filter(({ text }) => /^(xox|XOX|x(app|wfp)-|https:..hooks)/.test(text))

describe('redact', () => {
  it.each(shapes)('hides a $name', ({ text, secret }) => {
    expect(text).toContain(secret)
    for (const around of surroundings(text)) expect(redact(around)).not.toContain(secret)
  })

  it.each(tokens)('hides a $name in an address, encoded or not', ({ text, secret }) => {
    const encoded = encodeURIComponent(text)
    const spelled = text.replaceAll('/', '\\/')
    for (const part of [text, encoded, encodeURIComponent(encoded), spelled]) {
      for (const around of [
        `https://a.test/?t=${part}&u=1`,
        `https://a.test/${part}`,
        `d=${part}; a=b`,
      ]) {
        expect(redact(around)).not.toContain(secret)
      }
    }
  })

  it.each(tokens.filter(({ text }) => !text.startsWith('https')))(
    'hides a $name that is broken over lines',
    ({ text }) => {
      const half = Math.ceil(text.length * 0.6)
      const rest = text.slice(half)
      if (rest.length < 12) return expect(redact(text)).toBe('[secret]')
      for (const end of ['\n', '\r\n', '\n    ', '\\\n', '\\n', '\n> ', ' \n']) {
        expect(redact(`got ${text.slice(0, half)}${end}${rest} there`)).toBe('got [secret] there')
      }
    },
  )

  it('hides every one of many', () => {
    const text = shapes.map((shape) => shape.text).join(' ')
    for (const { secret } of shapes) expect(redact(text)).not.toContain(secret)
  })

  it.each([
    'vault opened',
    'GET https://slack.com/api/auth.test 200 in 12 ms',
    'listening on https://localhost:17871/callback',
    '{"code":"VAULT_LOCKED","teamId":"T0123456789"}',
    'at Object.open (main/vault/vault.ts:12:3)',
    '2026-11-23T12:00:00.000Z',
    '    "token_rotation_enabled": true,',
    'token_management_enabled: false',
    'tokens: 3, the token: expected',
    'at masked (main/platform/secret.ts:12:3)',
  ])('leaves the rest alone: %s', (text) => {
    expect(redact(text)).toBe(text)
  })
})

describe('redact of a text that somebody else chose', () => {
  it.each([
    'token-',
    'a-',
    'eyJ-',
    '"token" ',
    "token='",
    'token: ',
    'xoxb-a ',
    'xoxb-a\n',
    'xoxb-a\\n ',
    'xoxb-abcdefghijklm\n',
    '\\',
    '[0',
    'token=\\',
    'hooks.slack.com\\',
    'services\\',
    '%2F',
    '"state',
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY-----',
  ])('takes no longer than its length asks for: %s', (part) => {
    const startedAtMs = performance.now()
    redact(part.repeat(200_000 / part.length))
    expect(performance.now() - startedAtMs).toBeLessThan(2000)
  })
})

describe('redactValue', () => {
  it.each([
    { name: 'a text', value: join('xoxb', word(24)) },
    { name: 'deep down', value: { a: [{ b: join('xoxb', word(24)) }] } },
    { name: 'as a key', value: { [join('xoxb', word(24))]: 1 } },
    { name: 'under a name', value: { clientSecret: word(24), refresh_token: word(24) } },
    { name: 'a list under a name', value: { tokens: [word(24)] } },
    { name: 'a Secret', value: { it: Secret.of(word(24)) } },
    { name: 'a message', value: new Error(join('xoxb', word(24))) },
    {
      name: 'a cause of a cause',
      value: new Error('a', { cause: { cause: join('xoxb', word(24)) } }),
    },
    {
      name: 'a header',
      value: { headers: { Authorization: `Bearer ${word(24)}`, cookie: `d=xoxd-${word(24)}` } },
    },
    { name: 'headers', value: { headers: [['Authorization', `Basic ${word(24)}`]] } },
    { name: 'many errors', value: { it: [new Error(join('xapp', '1', word(24)))] } },
    { name: 'a cause', value: new Error('a', { cause: new Error(join('xoxb', word(24))) }) },
    { name: 'a URL', value: { url: new URL(`https://x.test/?code=${word(24)}`) } },
    { name: 'bytes', value: Buffer.from(word(24)) },
    { name: 'typed bytes', value: { key: new Uint8Array([250, 251, 252]) } },
  ])('hides a secret in $name', ({ value }) => {
    const shown = JSON.stringify(redactValue(value))
    expect(shown).not.toContain(word(24))
    expect(shown).not.toContain(Buffer.from(word(24)).toString('base64'))
    expect(shown).not.toMatch(/251|"data"/)
  })

  it('keeps what helps', () => {
    const thrown = Object.assign(new Error('no'), { code: 'ENOENT' })
    expect(redactValue({ count: 3, ok: true, none: null, thrown })).toMatchObject({
      count: 3,
      ok: true,
      none: null,
      thrown: { code: 'ENOENT', stack: expect.stringContaining('Error: no') },
    })
  })

  it('ends where a value holds itself', () => {
    const value: Record<string, unknown> = { a: 1 }
    value.self = value
    expect(JSON.stringify(redactValue(value))).toContain('…')
  })
})
