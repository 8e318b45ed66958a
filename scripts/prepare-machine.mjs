import { readFile } from 'node:fs/promises'
import { hasDisplay } from './lib/display.mjs'
import { Problem } from './lib/problem.mjs'
import { run } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import {
  installCommand,
  installedPackages,
  missingPackages,
  packagesOf,
  RENAMED,
} from './system-packages.mjs'

/** dpkg's own list of what is installed; reading it takes a few milliseconds, asking dpkg far more. */
const DPKG_STATUS = '/var/lib/dpkg/status'

/**
 * Sees to it that the system packages of the named sets are there. As root on a Debian family system
 * the missing ones are installed; anyone else is told the one command. Other systems are left alone:
 * Electron then says itself what it misses.
 * @param {readonly import('./system-packages.mjs').PackageSet[]} sets
 * @returns {Promise<void>}
 * @throws {Problem} PACKAGES_MISSING, PACKAGES_NOT_INSTALLED
 */
export async function prepareMachine(sets) {
  if (process.platform !== 'linux') return
  const missing = await findMissing(sets)
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) throw packagesMissing(missing)
  await install(missing)
  const still = await findMissing(sets)
  if (still.length > 0) throw notInstalled(still)
}

/** @param {readonly import('./system-packages.mjs').PackageSet[]} sets */
async function findMissing(sets) {
  const status = await dpkgStatus()
  if (status === null) return []
  return missingPackages(packagesOf(sets, { hasDisplay: hasDisplay() }), installedPackages(status))
}

/** @returns {Promise<string | null>} null on a system without dpkg */
async function dpkgStatus() {
  try {
    return await readFile(DPKG_STATUS, 'utf8')
  } catch (cause) {
    if (/** @type {NodeJS.ErrnoException} */ (cause).code === 'ENOENT') return null
    throw cause
  }
}

/** @param {readonly string[]} missing */
async function install(missing) {
  say(`Installing system packages: ${missing.join(' ')}`)
  // apt's many lines go to stderr too: stdout belongs to the program that was asked for.
  /** @type {import('node:child_process').SpawnOptions} */
  const options = { stdio: ['ignore', 2, 2], env: aptEnvironment() }
  if ((await run('apt-get', ['update', '-qq'], options)) !== 0) throw notInstalled(missing)
  const names = await Promise.all(missing.map(availableName))
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...names]
  if ((await run('apt-get', args, options)) !== 0) throw notInstalled(missing)
}

/**
 * The name under which this system knows a package.
 * @param {string} name
 */
async function availableName(name) {
  const renamed = RENAMED.get(name)
  if (renamed === undefined) return name
  const known = await run('apt-cache', ['show', '--quiet=2', name], { stdio: 'ignore' })
  return known === 0 ? name : renamed
}

function aptEnvironment() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
}

/** @param {readonly string[]} missing */
function packagesMissing(missing) {
  return new Problem(
    'PACKAGES_MISSING',
    `This system lacks packages that Token Desk needs: ${missing.join(' ')}.`,
    `Run this once, then try again:\n  ${installCommand(missing)}`,
  )
}

/** @param {readonly string[]} missing */
function notInstalled(missing) {
  return new Problem(
    'PACKAGES_NOT_INSTALLED',
    `These system packages could not be installed: ${missing.join(' ')}.`,
    `See what apt said above; the command is:\n  ${installCommand(missing)}`,
  )
}
