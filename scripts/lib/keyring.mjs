import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { Problem } from './problem.mjs'

/** How long the keyring may take to come up. */
const START_MS = 20_000

/**
 * Starts a Secret Service with an unlocked login keyring on the session bus. It goes into the background
 * and ends with the bus. The password is made up here and needed by nobody again.
 * @param {NodeJS.ProcessEnv} env XDG_DATA_HOME, where the keyring's file goes, must be private
 * @returns {Promise<void>}
 * @throws {Problem} KEYRING_NOT_UNLOCKED
 */
export function unlockKeyring(env) {
  return new Promise((resolve, reject) => {
    const daemon = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: START_MS,
    })
    daemon.once('error', (cause) => reject(notUnlocked(cause)))
    daemon.once('exit', (code) => (code === 0 ? resolve() : reject(notUnlocked(code))))
    daemon.stdin.on('error', reject)
    daemon.stdin.end(randomBytes(16).toString('hex'))
  })
}

/** @param {unknown} cause */
function notUnlocked(cause) {
  return new Problem(
    'KEYRING_NOT_UNLOCKED',
    'The keyring for the tests (gnome-keyring-daemon) did not start.',
    'Check that the package gnome-keyring is installed, then try again.',
    { cause },
  )
}
