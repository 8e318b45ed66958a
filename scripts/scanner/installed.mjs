import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../lib/paths.mjs'
import { Problem } from '../lib/problem.mjs'
import { run } from '../lib/run.mjs'
import { say } from '../lib/say.mjs'

const SOURCE = fileURLToPath(new URL('.', import.meta.url))

/**
 * The scanner's program, fetched with npm when it is not there yet: exactly what the lock file beside
 * this one names and hashes, without install scripts, into the user's cache. It is no dependency of the
 * project: some 400 packages, one of them with an install script, none of which the app needs.
 * @param {{ cache?: string }} [parts] for tests
 * @returns {Promise<string>} a script for Node
 * @throws {Problem} SCANNER_NOT_FETCHED
 */
export async function installScanner({ cache = cacheFolder() } = {}) {
  const lock = await readFile(join(SOURCE, 'package-lock.json'))
  const sum = createHash('sha256').update(lock).digest('hex').slice(0, 16)
  const home = join(cache, `scanner-${sum}`)
  const program = join(home, 'node_modules/@doyensec/electronegativity/dist/index.js')
  if (await exists(program)) return program
  say('Fetching the Electron misconfiguration scanner through npm (once)…')
  await mkdir(cache, { recursive: true })
  const building = await mkdtemp(join(cache, 'building-'))
  try {
    for (const name of ['package.json', 'package-lock.json']) {
      await copyFile(join(SOURCE, name), join(building, name))
    }
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent']
    const code = await run('npm', args, { cwd: building, stdio: ['ignore', 2, 2] })
    if (code !== 0) throw notFetched(code)
    // Another process may have been first; what it made is the same.
    await rename(building, home).catch(async (cause) => {
      if (!(await exists(program))) throw cause
    })
  } finally {
    await rm(building, { recursive: true, force: true })
  }
  return program
}

/** @param {string} path */
function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** @param {number} code */
function notFetched(code) {
  return new Problem(
    'SCANNER_NOT_FETCHED',
    `The Electron misconfiguration scanner could not be fetched: npm ended with ${code}.`,
    'Check that npm reaches its registry, then try again.',
  )
}
