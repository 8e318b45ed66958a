import { parseEnv } from 'node:util'
import { parse } from 'dotenv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { envLine } from '../../../main/env/env-line.ts'

const bot = ['xoxb', '1'.repeat(11), '2'.repeat(11), 'aB3'.repeat(8)].join('-')

describe('envLine', () => {
  it.each([
    { name: 'token', value: bot, line: `K=${bot}` },
    {
      name: 'URL',
      value: 'https://hooks.example.com/services/T0/B0/x',
      line: 'K=https://hooks.example.com/services/T0/B0/x',
    },
    { name: 'digits that begin with 0', value: '0077', line: 'K=0077' },
    { name: 'harmless signs', value: 'a+b=c,d@e%f~g', line: 'K=a+b=c,d@e%f~g' },
    { name: 'nothing', value: '', line: 'K=' },
    { name: 'blank', value: 'a b', line: "K='a b'" },
    { name: 'blanks at the ends', value: ' a ', line: "K=' a '" },
    { name: 'hash', value: 'a#b', line: "K='a#b'" },
    { name: 'leading tilde', value: '~a', line: "K='~a'" },
    { name: 'semicolon, ampersand', value: 'a;b&c', line: "K='a;b&c'" },
    { name: 'double quote', value: 'a"b', line: `K='a"b'` },
    { name: 'backtick', value: 'a`b', line: "K='a`b'" },
    { name: 'dollar', value: 'a$B', line: "K='a$B'" },
    { name: 'replacement patterns', value: '$& $1 $$', line: "K='$& $1 $$'" },
    { name: 'backslash', value: 'a\\nb', line: "K='a\\nb'" },
    { name: 'single quote', value: "it's", line: `K="it's"` },
    { name: 'beyond ASCII', value: 'grün', line: "K='grün'" },
  ])('$name', ({ value, line }) => {
    expect(envLine('K', value)).toBe(line)
    expect(parse(line).K).toBe(value)
    expect(parseEnv(`${line}\n`).K).toBe(value)
  })

  it.each([
    { name: 'line break', value: 'a\nb' },
    { name: 'carriage return', value: 'a\rb' },
    { name: 'NUL', value: 'a\0b' },
    { name: 'escape character', value: 'a\x1bb' },
    { name: 'line separator', value: 'a\u2028b' },
    { name: 'half a surrogate pair', value: 'a\ud800b' },
    { name: 'both quotes', value: `'"` },
    { name: 'single quote and dollar', value: "it's $5" },
    { name: 'single quote and backtick', value: "'`" },
    { name: 'single quote and backslash', value: "'\\a" },
    { name: 'backslash at the end', value: 'a b\\' },
  ])('refuses: $name', ({ value }) => {
    expect(() => envLine('K', value)).toThrow(
      expect.objectContaining({ code: 'ENV_VALUE_UNWRITABLE' }),
    )
  })

  it('refuses a name that is none', () => {
    expect(() => envLine('A B', 'x')).toThrow(expect.objectContaining({ code: 'ENV_NAME_INVALID' }))
  })

  it('is read alike by dotenv and Node, or refused, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const line = lineOrNull(value)
        if (line === null) return
        expect(parse(`${line}\nZ=1\n`)).toEqual({ K: value, Z: '1' })
        expect({ ...parseEnv(`${line}\nZ=1\n`) }).toEqual({ K: value, Z: '1' })
      }),
      { numRuns: 2000 },
    )
  })
})

function lineOrNull(value: string): string | null {
  try {
    return envLine('K', value)
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'ENV_VALUE_UNWRITABLE' })
    return null
  }
}
