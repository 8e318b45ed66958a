import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
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
 *   killed; `killGroup` starts it in a process group of its own, and what is left of that group when
 *   the program has ended is ended too
 * @returns {Promise<number>} its exit code, or 128 + the signal's number
 * @throws {Problem} COMMAND_NOT_STARTED when the program cannot be started
 */
export function run(command, args, options = {}) {
  const { limitMs, killGroup = false, ...spawnOptions } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      cwd: ROOT,
      ...spawnOptions,
      ...(killGroup ? { detached: true } : {}),
    })
    const release = passSignalsTo(child)
    const timer = limitMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), limitMs)
    const settle = () => {
      if (timer) clearTimeout(timer)
      release()
      if (killGroup) endGroup(child)
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
 * @returns {() => void} call it when the program has ended
 */
function passSignalsTo(child) {
  const handlers = PASSED_ON.map((signal) => {
    const handler = () => void child.kill(signal)
    process.on(signal, handler)
    return () => process.off(signal, handler)
  })
  return () => {
    for (const off of handlers) off()
  }
}

/** @param {import('node:child_process').ChildProcess} leader */
function endGroup(leader) {
  if (leader.pid === undefined) return
  try {
    process.kill(-leader.pid, 'SIGTERM')
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

/**
 * Runs the program of an npm package of this checkout, with this Node.
 * @param {string} name of the package, whose program has the same name unless `bin` says otherwise
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2] & { bin?: string }} [options] as `run`
 * @returns {Promise<number>} its exit code
 */
export function runTool(name, args, { bin = name, ...options } = {}) {
  const folder = join(ROOT, 'node_modules', name)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const program = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin]
  return run(process.execPath, [join(folder, program), ...args], options)
}
