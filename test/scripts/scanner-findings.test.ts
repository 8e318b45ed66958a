import { expect, it } from 'vitest'
import { compareFindings, findingsIn } from '../../scripts/scanner/findings.mjs'

const HEADER = 'issue, severity, confidence, filename, location, sample, description, url'
const row = (check: string, file: string, sample: string) =>
  `${check},"MEDIUM","FIRM","${file}","1:0","${sample}","words, with a comma",https://example.com/`
const finding = { check: 'A_CHECK', file: 'main/a.ts', sample: 'new Window({ a: "b", c })' }
const explained = { ...finding, reason: 'it is meant to be like that, see the other file' }

it('reads a report, with commas and quotes inside a sample', () => {
  const lines = [
    HEADER,
    row('A_CHECK', 'main/a.ts', 'new Window({ a: ""b"", c })'),
    'B,"LOW","FIRM","N/A","0:0",N/A,"x",y',
  ]
  expect(findingsIn(lines.join('\n'))).toEqual([
    finding,
    { check: 'B', file: 'N/A', sample: 'N/A' },
  ])
  expect(findingsIn(`${HEADER}\n`)).toEqual([])
  expect(() => findingsIn('')).toThrow('no report')
})

it('lets what is explained pass, once', () => {
  expect(compareFindings([finding], [explained])).toEqual({ unexplained: [], stale: [] })
  const twice = compareFindings([finding, finding], [explained])
  expect(twice).toEqual({ unexplained: [finding], stale: [] })
})

it('names what is new, and what is explained and gone', () => {
  const other = { ...finding, file: 'main/b.ts' }
  expect(compareFindings([other], [explained])).toEqual({
    unexplained: [other],
    stale: [explained],
  })
})

it('takes no explanation without a reason', () => {
  expect(() => compareFindings([], [{ ...finding, reason: 'ok' }])).toThrow('no reason')
})
