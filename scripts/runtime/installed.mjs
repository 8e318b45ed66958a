import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Problem } from '../lib/problem.mjs'

/** The folder of the npm package `electron`. Its own index.js is never loaded: that would download. */
export const ELECTRON_PACKAGE = dirname(
  createRequire(import.meta.url).resolve('electron/package.json'),
)

/** Where the program lies in a distribution, by platform (electron's own install.js says the same). */
const PROGRAM = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
  linux: 'electron',
}

/**
 * The version of Electron that the project is built against.
 * @param {string} [folder] of the npm package
 * @returns {string}
 */
export function pinnedVersion(folder = ELECTRON_PACKAGE) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
}

/**
 * The runtime that the npm package `electron` has downloaded before, or null.
 * @param {string} [folder] of the npm package
 * @returns {{ executable: string, version: string } | null}
 */
export function installedRuntime(folder = ELECTRON_PACKAGE) {
  const version = readIfThere(join(folder, 'dist', 'version'))?.replace(/^v/, '')
  const program = readIfThere(join(folder, 'path.txt'))
  // `path.txt` is written last, so without it the download was cut short.
  if (version !== pinnedVersion(folder) || program === null) return null
  const executable = join(folder, 'dist', program)
  return existsSync(executable) ? { executable, version } : null
}

/**
 * The runtime that ELECTRON_OVERRIDE_DIST_PATH names, or null when it is not set. Once it is set
 * nothing else is tried: the user asked for this one.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {{ executable: string, version: string } | null}
 * @throws {Problem} OVERRIDE_NOT_FOUND
 */
export function overriddenRuntime(env = process.env, platform = process.platform) {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return null
  const program = platform === 'darwin' || platform === 'win32' ? PROGRAM[platform] : PROGRAM.linux
  const executable = join(folder, program)
  const version = readIfThere(join(folder, 'version'))?.replace(/^v/, '')
  if (existsSync(executable) && version !== undefined) return { executable, version }
  throw new Problem(
    'OVERRIDE_NOT_FOUND',
    `ELECTRON_OVERRIDE_DIST_PATH is set to ${folder}, but there is no Electron in that folder.`,
    `It must hold “${program}” and the file “version”. Correct it or unset it.`,
  )
}

/**
 * @param {string} path
 * @returns {string | null} its text without the blank ends, or null when there is no such file
 */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    if (/** @type {NodeJS.ErrnoException} */ (cause).code === 'ENOENT') return null
    throw cause
  }
}
