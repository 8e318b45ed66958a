import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '../lib/paths.mjs'
import { Problem } from '../lib/problem.mjs'
import { run } from '../lib/run.mjs'
import { say } from '../lib/say.mjs'
import { ELECTRON_PACKAGE, installedRuntime, pinnedVersion } from './installed.mjs'

const RELEASES = 'https://github.com/electron/electron/releases/download/'

/** How long the host may take to answer at all. */
const PROBE_MS = 10_000

/** How long the download may take once the host answers; behind a proxy the host cannot be asked first. */
const DOWNLOAD_MS = 300_000
const PROXY_DOWNLOAD_MS = 60_000

/** How long an unreachable host is not asked again, so that not every start waits for it. */
const REMEMBER_MS = 6 * 60 * 60 * 1000

/**
 * The address that electron's installer downloads from; the names of the variables are its own
 * (@electron/get, README, "Using a mirror").
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function releasesUrl(env = process.env) {
  const { npm_config_electron_mirror: npmMirror, ELECTRON_MIRROR: mirror } = env
  return npmMirror || mirror || RELEASES
}

/**
 * Downloads Electron with its own installer, which checks the sums that the npm package carries.
 * @param {object} [options]
 * @param {boolean} [options.patient] true when there is nothing else to fall back on: the memory of an
 *   unreachable host is not used and the download has no limit
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cache] where an unreachable host is remembered
 * @param {typeof fetch} [options.ask] for tests
 * @param {(limitMs: number | undefined) => Promise<number>} [options.install] for tests
 * @returns {Promise<{ executable: string, version: string } | null>} null when it could not be had
 */
export async function downloadOfficial(options = {}) {
  const { patient = false, env = process.env, cache = cacheFolder() } = options
  const { ask = fetch, install = runInstaller } = options
  const memory = join(cache, 'unreachable.json')
  const url = releasesUrl(env)
  if (!patient && (await isRemembered(memory, url))) return null
  const proxied = Boolean(env.HTTPS_PROXY || env.https_proxy || env.npm_config_https_proxy)
  if (!proxied && !(await answers(url, ask))) {
    say(`Electron’s releases cannot be reached (${new URL(url).host}).`)
    await remember(memory, url)
    return null
  }
  say(`Downloading Electron ${pinnedVersion()}…`)
  const limit = proxied ? PROXY_DOWNLOAD_MS : DOWNLOAD_MS
  const code = await install(patient ? undefined : limit)
  const runtime = code === 0 ? installedRuntime() : null
  if (runtime === null) await remember(memory, url)
  return runtime
}

/**
 * What to tell a user for whom no runtime can be had.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Problem} RUNTIME_UNREACHABLE
 */
export function runtimeUnreachable(env = process.env) {
  return new Problem(
    'RUNTIME_UNREACHABLE',
    `Electron ${pinnedVersion()} could not be downloaded from ${new URL(releasesUrl(env)).host}.`,
    'Make that host reachable (a proxy: set HTTPS_PROXY and ELECTRON_GET_USE_PROXY=1), or set ' +
      'ELECTRON_MIRROR to the address of a mirror of Electron’s releases, then try again.',
  )
}

/**
 * Any answer counts, whatever its status: only the host's reachability is asked.
 * @param {string} url
 * @param {typeof fetch} ask
 */
async function answers(url, ask) {
  try {
    await ask(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) })
    return true
  } catch {
    // No address, no route, no trust or no answer in time: all mean that this way is closed.
    return false
  }
}

/**
 * The installer's own words are shown only where there is no other way, since then they matter.
 * @param {number | undefined} limitMs
 */
function runInstaller(limitMs) {
  const installer = [join(ELECTRON_PACKAGE, 'install.js')]
  if (limitMs === undefined) return run(process.execPath, installer)
  return run(process.execPath, installer, { stdio: 'ignore', limitMs })
}

/**
 * @param {string} memory
 * @param {string} url
 */
async function isRemembered(memory, url) {
  try {
    const { url: failed, until } = JSON.parse(await readFile(memory, 'utf8'))
    return failed === url && Date.now() < until
  } catch {
    // No memory, or one that cannot be read: then the host is asked.
    return false
  }
}

/**
 * @param {string} memory
 * @param {string} url
 */
async function remember(memory, url) {
  await mkdir(join(memory, '..'), { recursive: true })
  await writeFile(memory, JSON.stringify({ url, until: Date.now() + REMEMBER_MS }))
}
