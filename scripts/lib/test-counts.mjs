import { readFile } from 'node:fs/promises'

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 */

/**
 * What vitest's JSON report counts. A file that could not even be loaded has no tests to count, so it
 * counts as one that failed.
 * @param {unknown} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
  const { numPassedTests, numFailedTests, testResults } =
    /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} */ (
      report
    )
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

/**
 * What Playwright's JSON report counts; a test that passed only sometimes counts as failed, and so does
 * each failure outside of any test.
 * @param {unknown} report
 * @returns {Counts}
 */
export function playwrightCounts(report) {
  const { stats, errors } =
    /** @type {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[] }} */ (
      report
    )
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}

/**
 * Reads one report.
 * @param {string} file
 * @param {(report: unknown) => Counts} count
 * @returns {Promise<Counts | null>} null when the run did not get as far as writing it
 */
export async function readCounts(file, count) {
  try {
    return count(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    if (/** @type {NodeJS.ErrnoException} */ (cause).code === 'ENOENT') return null
    throw cause
  }
}
