import { parse } from 'dotenv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAsNode } from '../../../main/env/node-reading.ts'
import { scanEnv } from '../../../main/env/scan-env.ts'
import type { Assignment } from '../../../main/env/statement.ts'

function assignments(text: string): Assignment[] {
  return scanEnv(text).filter((statement) => statement.kind === 'assignment')
}

function values(text: string): Record<string, string> {
  return Object.fromEntries(assignments(text).map(({ name, value }) => [name, value]))
}

describe('scanEnv', () => {
  it.each([
    'A=1',
    'export A=1',
    '  export   A = 1',
    '\tA=1',
    'A: v',
    'A.B=1',
    'A-B=1',
    'exportA=1',
    'export=1',
    'A=a#b',
    'A=a #b',
    'A= # note',
    'A=#c',
    'A==',
    'A="x" # "w"',
    "A='x'#c",
    'A=`x`',
    'A="a\\nb\\rc"',
    "A='a\\nb'",
    'A="x',
    "A='x' y",
    "A='x' y'",
    'A="x"B=2',
    'A="a\\"b"',
    "A='a\\'b'",
    'A="a\\"',
    'A=x"y',
    'A=""',
    "A=''",
    'A="',
    'A=1;B=2',
    'A=1 B=2',
    'A="x" \t',
    'A=x \t',
    'A=\tx',
    '#A=1',
    '  # A=1',
    'A B=1',
    'é=1',
    '[s]',
    'A:v',
    'A=1\rB=2',
    'A=1\r\nB=2\r\n',
    'A="x\r\ny"\r\nB=1',
    'A="x\nB=2\n"\nC=3',
    'A="x\nB=2',
    "A='a\"b\nc'\nD=1",
    'A="x\nB="y"',
    'A=`a\nb`\nC=1',
    'A=x\\\nB=1',
    'A="a\\"\nB=1"\nC=2',
    'A=1\n\nA=2',
    'A=" # x\nB=1',
    '=x\nB=1',
    'A = "x"',
    '\f\vA=1',
    'export export A=1',
  ])('reads %j as dotenv does', (text) => {
    const expected = parse(text)
    const read = values(text.replaceAll(/\r\n?/g, '\n'))
    expect(read).toEqual(expected)
    expect(Object.keys(values(text))).toEqual(Object.keys(expected))
  })

  it('reads what is made of the signs that matter as dotenv does', () => {
    const unit = fc.constantFrom(
      'A',
      'B',
      '=',
      '"',
      "'",
      '`',
      ' ',
      '\t',
      '\n',
      '#',
      '\\',
      ':',
      'export ',
      'n',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
        // A value on the line behind its name is dotenv's alone; `checkReading` sees to such files.
        fc.pre(
          !/[=:][ \t]*\n/.test(text) && !/\n[ \t\n]*=/.test(text) && !/export[ \t]*\n/.test(text),
        )
        expect(values(text)).toEqual(parse(text))
      }),
      { numRuns: 20_000 },
    )
  })

  it('covers every character once, in order', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('A=', '"', '\n', '\r', 'x', ' ', '#') }),
        (text) => {
          let at = 0
          for (const statement of scanEnv(text)) {
            expect(statement.start).toBe(at)
            expect(statement.next).toBeGreaterThan(at)
            at = statement.next
          }
          expect(at).toBe(text.length)
        },
      ),
    )
  })

  it.each([
    { text: 'A="x\nB=1', line: 1 },
    { text: 'Z=1\nA="x\ny"\nB=\'it', line: 4 },
    { text: "A='\n", line: 1 },
  ])('finds the quote that never closes in $text', ({ text, line }) => {
    expect(assignments(text).find((one) => one.isUnclosed)?.line).toBe(line)
  })

  it.each(["A='it'\\''s'", 'A="x"y', "A=it's", '# "', 'A="x"', "A='x' 'y"])(
    'finds none in %j',
    (text) => {
      expect(assignments(text).some((one) => one.isUnclosed)).toBe(false)
    },
  )

  it.each([
    { name: 'one long word', text: 'a'.repeat(1_000_000) },
    { name: 'quotes', text: '"'.repeat(1_000_000) },
    { name: 'an opening quote on every line', text: 'A="\n'.repeat(200_000) },
    { name: 'three kinds of opening quotes', text: 'A="\nB=\'\nC=`x\n'.repeat(60_000) },
    { name: 'escaped quotes', text: `A="${'\\"'.repeat(400_000)}` },
    { name: 'escaped quotes on every line', text: 'A="\\"\\" x\n'.repeat(80_000) },
    { name: 'blanks', text: `A${' '.repeat(1_000_000)}` },
    { name: 'blanks behind export', text: `export${' '.repeat(1_000_000)}` },
    { name: 'carriage returns', text: '\r'.repeat(1_000_000) },
    { name: 'LF lines without a CR', text: 'A=1\n'.repeat(250_000) },
    { name: 'junk', text: 'JUNK\n'.repeat(200_000) },
    { name: 'an unclosed long value', text: `A="${'x'.repeat(900_000)}\nB=1` },
  ])('takes linear time: $name', ({ text }) => {
    const startMs = performance.now()
    scanEnv(text)
    readAsNode(text)
    expect(performance.now() - startMs).toBeLessThan(1500)
  })
})
