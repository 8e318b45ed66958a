import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasDisplay } from './lib/display.mjs'
import { unlockKeyring } from './lib/keyring.mjs'
import { exitWith, Problem } from './lib/problem.mjs'
import { run } from './lib/run.mjs'
import { startVirtualDisplay } from './lib/virtual-display.mjs'

const SCRIPT = fileURLToPath(import.meta.url)

/** Set for the second stage, which runs inside the new session bus. */
const INSIDE = 'TOKEN_DESK_INSIDE_DESKTOP'

/**
 * Runs a command as on a GNOME desktop: a session bus, an unlocked keyring and, where there is none, a
 * display, all of them private and gone afterwards. The user's own keyring is never touched.
 * @param {readonly string[]} command the program and its arguments
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} its exit code
 * @throws {Problem} NO_VIRTUAL_DISPLAY, KEYRING_NOT_UNLOCKED, COMMAND_NOT_STARTED
 */
export async function withDesktop(command, env = process.env) {
  const folder = await mkdtemp(join(tmpdir(), 'token-desk-desktop-'))
  const display = hasDisplay(env) ? null : await startVirtualDisplay()
  try {
    const session = {
      ...env,
      ...display?.env,
      XDG_RUNTIME_DIR: folder,
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CURRENT_DESKTOP: 'GNOME',
      [INSIDE]: '1',
    }
    const args = ['--', process.execPath, SCRIPT, '--', ...command]
    return await run('dbus-run-session', args, { env: session, killGroup: true })
  } finally {
    await display?.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * The second stage: the bus is there.
 * @param {readonly string[]} command
 */
async function insideSession(command) {
  const { [INSIDE]: _, ...env } = process.env
  await unlockKeyring(env)
  return run(command[0] ?? '', command.slice(1), { env })
}

if (process.argv[1] === SCRIPT) {
  await exitWith(() => {
    const command = process.argv.slice(process.argv.indexOf('--') + 1)
    if (!process.argv.includes('--') || command.length === 0) {
      const usage = 'node scripts/with-desktop.mjs -- COMMAND'
      throw new Problem('NO_COMMAND', 'No command was given.', `Use: ${usage}`)
    }
    return process.env[INSIDE] ? insideSession(command) : withDesktop(command)
  })
}
