import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ROOT } from './paths.mjs'
import { Problem } from './problem.mjs'

/** Signals that are handed on to the program that was started. */
const PASSED_ON = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a program to its end. SIGINT, SIGTERM and SIGHUP are handed on, so nothing is left behind:
 * this process waits for the program and then answers the code that a shell would.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { limitMs?: number, killGroup?: boolean }} [options]
 *   `stdio` is inherited and `cwd` the checkout unless said otherwise; after `limitMs` the program is
 *   killed; `killGroup` starts it in a group of its own, which is ended as a whole when it ends
 * @returns {Promise<number>} its exit code, or 128 + the signal's number
 * @throws {Problem} COMMAND_NOT_STARTED when the program cannot be started
 */
export function run(command, args, options = {}) {
  const { limitMs, killGroup = false, ...spawnOptions } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      cwd: ROOT,
      detached: killGroup,
      ...spawnOptions,
    })
    const release = passSignalsTo(child, killGroup)
    const timer = limitMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), limitMs)
    const settle = () => {
      if (timer) clearTimeout(timer)
      release()
      if (killGroup) signalGroup(child, 'SIGTERM')
    }
    child.once('error', (cause) => {
      settle()
      reject(notStarted(command, cause))
    })
    child.once('close', (code, signal) => {
      settle()
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 1))
    })
  })
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} group
 * @returns {() => void} call it when the program has ended
 */
function passSignalsTo(child, group) {
  const handlers = PASSED_ON.map((signal) => {
    const handler = () => {
      if (group) signalGroup(child, signal)
      else child.kill(signal)
    }
    process.on(signal, handler)
    return () => process.off(signal, handler)
  })
  return () => {
    for (const off of handlers) off()
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (cause) {
    // ESRCH: the whole group has ended, which is what was wanted.
    if (/** @type {NodeJS.ErrnoException} */ (cause).code !== 'ESRCH') throw cause
  }
}

/**
 * @param {string} command
 * @param {unknown} cause
 */
function notStarted(command, cause) {
  return new Problem(
    'COMMAND_NOT_STARTED',
    `The program “${command}” could not be started.`,
    'Check that it is installed and may be run, then try again.',
    { cause },
  )
}
