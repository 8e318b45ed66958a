import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ROOT } from './lib/paths.mjs'
import { exitWith, Problem } from './lib/problem.mjs'
import { run } from './lib/run.mjs'
import { testEndToEnd } from './test-e2e.mjs'

const ROUNDS = 300

/**
 * Kills, full disks, jumping clocks and a Slack in trouble: test/faults/main.ts. It prints rounds,
 * faults and losses.
 * @param {number} rounds kills
 * @returns {Promise<number>} exit code; 0 when nothing was lost
 */
export async function testFaults(rounds) {
  await ensureBuilt('faults')
  return run(process.execPath, [join(ROOT, 'out/faults/faults.js'), `${rounds}`])
}

/** `npm run test:faults -- [ROUNDS]`: all of it, also the keyring that dies under the real app. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await exitWith(async () => {
    const rounds = Number(process.argv[2] ?? ROUNDS)
    if (!Number.isSafeInteger(rounds) || rounds < 1) {
      throw new Problem(
        'NO_ROUNDS',
        'The number of rounds is not one.',
        'Use: npm run test:faults -- 300',
      )
    }
    const code = await testFaults(rounds)
    return code === 0 ? testEndToEnd(['keyring-dies.e2e']) : code
  })
}
