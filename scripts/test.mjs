import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ROOT } from './lib/paths.mjs'
import { Problem } from './lib/problem.mjs'
import { runTool } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { playwrightCounts, readCounts, vitestCounts } from './lib/test-counts.mjs'
import { smokeTestPackage } from './package-smoke.mjs'
import { prepareMachine } from './prepare-machine.mjs'
import { resolveRuntime } from './resolve-runtime.mjs'
import { scanElectron } from './scan-electron.mjs'
import { testEndToEnd } from './test-e2e.mjs'
import { testFaults } from './test-faults.mjs'

const REPORTS = join(ROOT, 'out/test')
const UNIT_REPORT = join(REPORTS, 'unit.json')
const E2E_REPORT = join(REPORTS, 'e2e.json')
const SMOKE_REPORT = join(REPORTS, 'smoke.json')

/** Kills on each run; `npm run test:faults` has 300. */
const FAULT_ROUNDS = 12

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {() => Promise<number | void>} act answers an exit code; nothing counts as 0
 */

/** Cheap and likely to fail first; the end-to-end tests last. @type {readonly Step[]} */
const STEPS = [
  { name: 'Prepare the machine', act: () => prepareMachine(['run', 'display', 'test']) },
  { name: 'Find a runtime', act: () => resolveRuntime().then(() => 0) },
  { name: 'Check types', act: () => runTool('typescript', ['-b'], { bin: 'tsc' }) },
  { name: 'Lint', act: () => runTool('@biomejs/biome', ['ci'], { bin: 'biome' }) },
  { name: 'Scan for Electron misconfigurations', act: scanElectron },
  { name: 'Unit tests', act: testUnits },
  { name: 'Faults', act: () => testFaults(FAULT_ROUNDS) },
  { name: 'Build', act: () => ensureBuilt('app').then(() => ensureBuilt('practice')) },
  { name: 'End-to-end tests', act: () => testEndToEnd([]) },
  { name: 'Packaged app', act: smokeTestPackage },
]

function testUnits() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`]
  return runTool('vitest', ['run', '--config', 'scripts/vitest.config.mjs', ...reporters])
}

// The tools colour even a log file where TERM is set, which nobody can read.
if (!process.stdout.isTTY) process.env.NO_COLOR ??= '1'

/**
 * `npm test`: every step in turn up to the first that fails, whose exit code it ends with. The last line
 * is `N passed, N failed`, over all tests that ran.
 */
process.exitCode = await testAll()

/** @returns {Promise<number>} */
async function testAll() {
  await rm(REPORTS, { recursive: true, force: true })
  let code = 0
  for (const step of STEPS) {
    code = await take(step)
    if (code !== 0) break
  }
  const { passed, failed } = await countTests()
  // A step that failed before any test did still makes the run a failed one.
  process.stdout.write(`${passed} passed, ${code === 0 ? failed : Math.max(failed, 1)} failed\n`)
  return code === 0 && failed > 0 ? 1 : code
}

/** @param {Step} step */
async function take({ name, act }) {
  say(`\n▸ ${name}`)
  const started = performance.now()
  const code = await act().catch(explain)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  say(`${code ? '✗' : '✓'} ${name}: ${code ? `failed with ${code}, ` : ''}${seconds} s`)
  return code || 0
}

/** @param {unknown} failure */
function explain(failure) {
  if (!(failure instanceof Problem)) throw failure
  say(`${failure.message}\n${failure.advice}`)
  return 1
}

/** @returns {Promise<import('./lib/test-counts.mjs').Counts>} */
async function countTests() {
  const counts = await Promise.all([
    readCounts(UNIT_REPORT, vitestCounts),
    readCounts(E2E_REPORT, playwrightCounts),
    readCounts(SMOKE_REPORT, playwrightCounts),
  ])
  const total = { passed: 0, failed: 0 }
  for (const each of counts) {
    total.passed += each?.passed ?? 0
    total.failed += each?.failed ?? 0
  }
  return total
}
