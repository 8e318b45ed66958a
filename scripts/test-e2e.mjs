import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ROOT } from './lib/paths.mjs'
import { exitWith } from './lib/problem.mjs'
import { prepareMachine } from './prepare-machine.mjs'
import { resolveRuntime } from './resolve-runtime.mjs'
import { withDesktop } from './with-desktop.mjs'

/**
 * Runs the end-to-end tests on a private desktop, against the app as built from the sources. The tests
 * find the runtime as `npm start` does (it is there by then), the practice Slack in out/practice.
 * @param {readonly string[]} args for Playwright, like the part of a file's name
 * @returns {Promise<number>} Playwright's exit code
 */
export async function testEndToEnd(args) {
  await prepareMachine(['run', 'display', 'test'])
  await resolveRuntime()
  await ensureBuilt('app')
  await ensureBuilt('practice')
  const playwright = join(ROOT, 'node_modules/playwright/cli.js')
  const config = join(ROOT, 'test/e2e/playwright.config.ts')
  const command = [process.execPath, playwright, 'test', '--config', config, ...args]
  return withDesktop(command)
}

/** `npm run test:e2e -- [FILTER]` */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await exitWith(() => testEndToEnd(process.argv.slice(2)))
}
