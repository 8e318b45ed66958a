import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recogniseSecret, type SecretKind } from '../../../main/slack/token-kind.ts'

const DIGITS = [...'0123456789']
const HEX = [...'0123456789abcdef']
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789']

const text = (from: readonly string[], min: number, max = min) =>
  fc
    .array(fc.constantFrom(...from), { minLength: min, maxLength: max })
    .map((characters) => characters.join(''))
const join = (prefix: string, ...parts: fc.Arbitrary<string>[]) =>
  fc.tuple(...parts).map((rest) => [prefix, ...rest].join('-'))
const number = text(DIGITS, 10, 13)

/** The shapes of the token inventory, as secret scanners know them. */
const TOKENS: Readonly<Record<string, readonly [SecretKind, fc.Arbitrary<string>]>> = {
  bot: ['bot', join('xoxb', number, number, text(LETTERS, 24))],
  'legacy bot': ['bot', join('xoxb', text(DIGITS, 8, 14), text(LETTERS, 18, 26))],
  user: ['user', join('xoxp', number, number, number, text(HEX, 28, 34))],
  service: ['user', join('xoxp', fc.constant('1'), text(LETTERS, 40, 90))],
  'rotating bot': ['bot', join('xoxe.xoxb', fc.constant('1'), text(LETTERS, 163, 166))],
  'rotating user': ['config-or-user', join('xoxe.xoxp', fc.constant('1'), text(LETTERS, 163, 166))],
  refresh: ['refresh', join('xoxe', fc.constant('1'), text(LETTERS, 146))],
  app: ['app', join('xapp', fc.constant('1'), text(LETTERS, 11), number, text(HEX, 64))],
  workflow: ['workflow', join('xwfp', text(LETTERS, 20, 60))],
  'session xoxc': ['session', join('xoxc', number, number, number, text(HEX, 64))],
  'session xoxd': ['session', join('xoxd', text([...LETTERS, '%', '/', '+', '_', '.'], 40, 200))],
  'session xoxs': ['session', join('xoxs', number, number, number, text(HEX, 10, 40))],
  'legacy xoxo': ['legacy', join('xoxo', number, number, number, text(HEX, 10, 40))],
  'workspace app': ['legacy', join('xoxa', text(LETTERS, 8, 48))],
  'workspace app 2': ['legacy', join('xoxa', fc.constant('2'), text(LETTERS, 8, 48))],
  'workspace app refresh': ['legacy', join('xoxr', text(LETTERS, 8, 48))],
  webhook: [
    'webhook',
    fc
      .tuple(text(LETTERS, 11), text(LETTERS, 11), text(LETTERS, 24))
      .map((parts) => `https://hooks.slack.com/services/${parts.join('/')}`),
  ],
}

/** How people write a name and a value, by the place they do it in. */
const STYLES: Readonly<Record<string, (name: string, value: string) => string>> = {
  env: (name, value) => `${name}=${value}`,
  'env, spaced': (name, value) => `  ${name} = ${value}  `,
  'env, quoted': (name, value) => `${name}="${value}"`,
  'env, single quotes': (name, value) => `${name}='${value}'`,
  'env, backticks': (name, value) => `${name}=\`${value}\``,
  'env, commented': (name, value) => `${name}=${value} # the test one`,
  export: (name, value) => `export ${name}=${value}`,
  'export, quoted': (name, value) => `export ${name}="${value}";`,
  fish: (name, value) => `set -gx ${name} ${value}`,
  'fish, quoted': (name, value) => `set -x ${name} '${value}'`,
  cmd: (name, value) => `set ${name}=${value}`,
  'cmd, quoted': (name, value) => `set "${name}=${value}"`,
  PowerShell: (name, value) => `$env:${name} = "${value}"`,
  Dockerfile: (name, value) => `ENV ${name}=${value}`,
  'docker -e': (name, value) => `-e ${name}=${value}`,
  'compose list': (name, value) => `  - ${name}=${value}`,
  'compose list, quoted': (name, value) => `  - "${name}=${value}"`,
  YAML: (name, value) => `  ${name}: ${value}`,
  'YAML, quoted': (name, value) => `${name}: "${value}"  # the test one`,
  JSON: (name, value) => `  "${name}": "${value}",`,
  'JSON, tight': (name, value) => `"${name}":"${value}"`,
  TypeScript: (name, value) => `const ${name} = '${value}'`,
  'Windows line': (name, value) => `${name}=${value}\r\n`,
}

const names = fc.constantFrom('SLACK_BOT_TOKEN', 'slack_token_2', '_T', 'botToken')

describe.each(Object.entries(TOKENS))('a %s token', (_name, [kind, tokens]) => {
  it('is known bare and in quotes', () => {
    const wraps = fc.constantFrom('', ' ', '"', "'", '`', '\u200b')
    fc.assert(
      fc.property(tokens, wraps, (value, wrap) => {
        expect(recogniseSecret(`${wrap}${value}${wrap}`)).toMatchObject({ kind, value, name: null })
      }),
    )
  })

  it.each(Object.entries(STYLES))('comes out of %s', (_style, write) => {
    fc.assert(
      fc.property(tokens, names, (value, name) => {
        expect(recogniseSecret(write(name, value))).toMatchObject({ kind, value, name })
      }),
      { numRuns: 20 },
    )
  })
})

describe('a secret without a shape', () => {
  const hex = text(HEX, 32).filter((value) => new Set(value).size >= 8)
  const named = [
    ['SLACK_SIGNING_SECRET', 'signing-secret', hex],
    ['SLACK_CLIENT_SECRET', 'client-secret', hex],
    ['SLACK_CLIENT_ID', 'client-id', fc.tuple(number, number).map((parts) => parts.join('.'))],
  ] as const

  it.each(named)('under %s comes out of every style', (name, kind, values) => {
    fc.assert(
      fc.property(values, fc.constantFrom(...Object.values(STYLES)), (value, write) => {
        expect(recogniseSecret(write(name, value))).toMatchObject({ kind, value, name })
      }),
    )
  })

  it.each(named)('stays unknown without %s', (_name, _kind, values) => {
    const other = fc.constantFrom('GITHUB_SECRET', 'DATABASE_KEY', 'SLACK_STATE_SECRET', 'hash')
    fc.assert(
      fc.property(
        values,
        other,
        fc.constantFrom(...Object.values(STYLES)),
        (value, name, write) => {
          expect(recogniseSecret(value).kind).toBe('unknown')
          expect(recogniseSecret(write(name, value)).kind).toBe('unknown')
        },
      ),
    )
  })
})

describe('ordinary text', () => {
  const words = fc.constantFrom(
    ...['the', 'token', 'slack', 'client', 'secret', 'is', 'signing', 'a', 'xoxb', 'Slack', 'set'],
    ...['app', 'verification', 'bot:', 'client_secret:', 'SLACK_SIGNING_SECRET', '=', ':', '#'],
    ...[
      'export',
      '-',
      'https://slack.com/apps',
      '3.14',
      'v1.2.3',
      '2026-11-23',
      'xoxb-…',
      '“',
      '.',
    ],
  )
  const prose = fc.array(words, { maxLength: 30 }).map((some) => some.join(' '))

  it('of words holds no secret', () => {
    fc.assert(
      fc.property(prose, (line) => {
        expect(recogniseSecret(line).kind).toBe('unknown')
      }),
      { numRuns: 500 },
    )
  })

  it('of any characters holds no secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (line) => {
        expect(recogniseSecret(line).kind).toBe('unknown')
      }),
      { numRuns: 500 },
    )
  })

  it('around a token hides it: only a line of its own is read', () => {
    fc.assert(
      fc.property(TOKENS.bot?.[1] ?? fc.constant(''), (token) => {
        expect(recogniseSecret(`see ${token} there`).kind).toBe('unknown')
        expect(recogniseSecret(`${token} and ${token}`).kind).toBe('unknown')
      }),
    )
  })
})
