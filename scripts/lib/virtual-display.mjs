import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem } from './problem.mjs'

const SCREEN = '1440x1000x24'

/** How long Xvfb may take to say its number. */
const START_MS = 20_000

/**
 * @typedef {object} VirtualDisplay
 * @property {{ DISPLAY: string, XAUTHORITY: string }} env for the programs that shall use it
 * @property {() => Promise<void>} close ends it
 */

/**
 * Starts Xvfb on a free number, readable by this user alone (a cookie guards it, as anyone on the
 * machine could otherwise read its windows). It has a process group of its own, so that Ctrl-C ends the
 * app before its display.
 * @param {{ endsWithLastWindow?: boolean }} [options] true: it ends by itself when its last client has
 * @returns {Promise<VirtualDisplay>} the caller closes it
 * @throws {Problem} NO_VIRTUAL_DISPLAY
 */
export async function startVirtualDisplay({ endsWithLastWindow = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'token-desk-display-'))
  const authority = join(folder, 'authority')
  await writeFile(authority, authorityFile(randomBytes(16)), { mode: 0o600 })
  const server = spawn('Xvfb', serverArguments(authority, endsWithLastWindow), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const ended = new Promise((resolve) => server.once('close', resolve))
  const close = async () => {
    server.kill()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const number = await displayNumber(server)
    return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority }, close }
  } catch (cause) {
    server.kill()
    await rm(folder, { recursive: true, force: true })
    throw cause
  }
}

/**
 * @param {string} authority
 * @param {boolean} endsWithLastWindow
 */
function serverArguments(authority, endsWithLastWindow) {
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-auth', authority]
  return endsWithLastWindow ? [...args, '-terminate'] : [...args, '-noreset']
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string>}
 */
function displayNumber(server) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {unknown} */ cause) => {
      clearTimeout(timer)
      reject(noDisplay(cause))
    }
    const timer = setTimeout(fail, START_MS)
    server.once('error', fail)
    server.once('close', fail)
    let text = ''
    const output = /** @type {import('node:stream').Readable} */ (server.stdio[3])
    output.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
      if (!text.endsWith('\n')) return
      clearTimeout(timer)
      resolve(text.trim())
    })
  })
}

/**
 * One entry that fits every display number (Xauthority format: Xau, `FamilyWild`; each field is a
 * 16-bit length and its bytes).
 * @param {Buffer} cookie
 */
function authorityFile(cookie) {
  const fields = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), cookie]
  const parts = fields.map((field) => Buffer.concat([uint16(field.length), field]))
  return Buffer.concat([uint16(0xffff), ...parts])
}

/** @param {number} value */
function uint16(value) {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

/** @param {unknown} cause */
function noDisplay(cause) {
  return new Problem(
    'NO_VIRTUAL_DISPLAY',
    'There is no display, and a virtual one (Xvfb) could not be started.',
    'Check that the package xvfb is installed and that /tmp can be written, then try again.',
    { cause },
  )
}
