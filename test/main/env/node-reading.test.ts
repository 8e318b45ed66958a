import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAsNode } from '../../../main/env/node-reading.ts'

function read(source: string): Record<string, string> {
  return Object.fromEntries(readAsNode(source).entries.map(({ name, value }) => [name, value]))
}

/** As Node 20.20 answered. */
const SEEN = [
  { source: 'A=1\nB=2', expected: { A: '1', B: '2' } },
  { source: 'JUNK\nA=1', expected: { 'JUNK\nA': '1' } },
  { source: 'JUNK\n#x\nA=1', expected: { 'JUNK\n#x\nA': '1' } },
  { source: 'A=1\n  \nB=2', expected: { A: '1', '\nB': '2' } },
  { source: '  \nB=2', expected: { B: '2' } },
  { source: 'A: v\nB=1', expected: { 'A: v\nB': '1' } },
  { source: '\tA=1', expected: { '\tA': '1' } },
  { source: 'A=1\t', expected: { A: '1\t' } },
  { source: 'export  A=1', expected: { ' A': '1' } },
  { source: 'A="x\nB=2', expected: { A: '"x', B: '2' } },
  { source: 'A="x', expected: {} },
  { source: 'A="x\ny" junk\nB=1', expected: { A: 'x\ny', B: '1' } },
  { source: 'A="a\\nb\\r"', expected: { A: 'a\nb\\r' } },
  { source: 'A=1\n=y\nB=1', expected: { A: '1' } },
  { source: 'A=1\rB=2', expected: { A: '1B=2' } },
  { source: 'A="x"\r\nB=1\r\n', expected: { A: 'x', B: '1' } },
  { source: '\ufeffA=1', expected: { '\ufeffA': '1' } },
  { source: 'A= # x "\nB="1"', expected: { A: '', B: '1' } },
  { source: 'A=  ', expected: { A: '' } },
]

describe('readAsNode', () => {
  it.each(SEEN)('reads $source', ({ source, expected }) => {
    expect(read(source)).toEqual(expected)
  })

  it('says which lines were joined to a key', () => {
    const { entries } = readAsNode('A=1\r\n\r\nJUNK\r\n#c\r\nB=2\r\n')
    expect(entries.at(-1)).toMatchObject({ name: 'JUNK\n#c\nB', firstLine: 3, lastLine: 5 })
  })

  it('says where Node stops', () => {
    expect(readAsNode('A=1\n\n=x\nB=1').stoppedAtLine).toBe(3)
  })

  /** Later Nodes read some of these otherwise, and are not what is modelled. */
  const reader = process.versions.node.startsWith('20.') ? parseEnv : read

  it('reads what is made of the signs that matter as Node 20 does', () => {
    const unit = fc.constantFrom(
      'A',
      'B',
      '=',
      '"',
      "'",
      ' ',
      '\t',
      '\n',
      '\r',
      '#',
      '\\n',
      ':',
      'export ',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (source) => {
        // For blanks in front of `=` Node reads memory outside its text; the model stops there.
        fc.pre(!/(^|\n) *=|^ *$/.test(source.replaceAll('\r', '')))
        expect(read(source)).toEqual({ ...reader(source) })
      }),
      { numRuns: 20_000 },
    )
  })
})
