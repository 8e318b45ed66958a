import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { playwrightCounts, readCounts, vitestCounts } from '../../../scripts/lib/test-counts.mjs'

describe('vitestCounts', () => {
  it('counts tests, and a file that could not be loaded as one', () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 2,
      testResults: [
        { status: 'passed', assertionResults: [{}] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'failed', assertionResults: [] },
      ],
    }
    expect(vitestCounts(report)).toEqual({ passed: 7, failed: 3 })
  })
})

describe('playwrightCounts', () => {
  it.each([
    [{ expected: 5, unexpected: 0, flaky: 0 }, [], { passed: 5, failed: 0 }],
    [{ expected: 5, unexpected: 1, flaky: 2 }, [], { passed: 5, failed: 3 }],
    [{ expected: 0, unexpected: 0, flaky: 0 }, [{}], { passed: 0, failed: 1 }],
  ])('%j with errors %j counts as %j', (stats, errors, counts) => {
    expect(playwrightCounts({ stats, errors })).toEqual(counts)
  })
})

describe('readCounts', () => {
  it('knows a run that never reported from one that did', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'counts-'))
    const file = join(folder, 'report.json')
    const count = () => ({ passed: 1, failed: 0 })
    expect(await readCounts(file, count)).toBeNull()
    writeFileSync(file, '{}')
    expect(await readCounts(file, count)).toEqual({ passed: 1, failed: 0 })
    rmSync(folder, { recursive: true })
  })
})
