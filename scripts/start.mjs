import { ensureBuilt } from './build.mjs'
import { hasDisplay } from './lib/display.mjs'
import { ROOT } from './lib/paths.mjs'
import { exitWith } from './lib/problem.mjs'
import { run } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { startVirtualDisplay } from './lib/virtual-display.mjs'
import { prepareMachine } from './prepare-machine.mjs'
import { resolveRuntime } from './resolve-runtime.mjs'

/** `npm start -- [ARGUMENTS]` opens the app from the checkout and ends with its exit code. */
await exitWith(async () => {
  await prepareMachine(['run', 'display'])
  const runtime = await resolveRuntime()
  await ensureBuilt('app')
  const args = [...sandboxArguments(), ROOT, ...process.argv.slice(2)]
  return hasDisplay() ? open(runtime.executable, args) : openUnseen(runtime.executable, args)
})

/**
 * Chromium refuses to run its sandbox as root. Nobody else ever loses it.
 * @returns {string[]}
 */
function sandboxArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/**
 * The app gets a process group of its own: Ctrl-C then reaches it once, through this process, which
 * waits for it.
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function open(executable, args, env = process.env) {
  return run(executable, args, { env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] })
}

/**
 * @param {string} executable
 * @param {readonly string[]} args
 */
async function openUnseen(executable, args) {
  say('There is no display here, so Token Desk runs on a virtual one (Xvfb) that nobody sees.')
  say('To see it, start it on a desktop; “npm run demo” makes pictures of every screen.')
  const display = await startVirtualDisplay({ endsWithLastWindow: true })
  try {
    return await open(executable, args, { ...process.env, ...display.env })
  } finally {
    await display.close()
  }
}
