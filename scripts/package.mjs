import { existsSync, readFileSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ROOT } from './lib/paths.mjs'
import { exitWith, Problem } from './lib/problem.mjs'
import { runTool } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { prepareMachine } from './prepare-machine.mjs'
import { resolveRuntime } from './resolve-runtime.mjs'

/**
 * @typedef {object} Package
 * @property {string} folder the unpacked app
 * @property {string} executable its program
 * @property {readonly string[]} archives
 */

/**
 * Builds the unpacked app and, if wanted, a tar.gz (zip on Windows and macOS). What was built on the
 * replacement runtime has `-test-runtime` in every name and says so in About.
 * @param {object} options
 * @param {'production' | 'smoke'} options.variant `smoke` keeps the remote debugging port open for the
 *   test that drives the packaged app
 * @param {string} options.output the folder for it; what was in there is removed
 * @param {boolean} options.hasArchive
 * @returns {Promise<Package>}
 * @throws {Problem} PACKAGE_FAILED, and what preparing, resolving and building throw
 */
export async function makePackage({ variant, output, hasArchive }) {
  await prepareMachine(['run', 'package'])
  const runtime = await resolveRuntime()
  const env = {
    ...process.env,
    TOKEN_DESK_VARIANT: variant,
    TOKEN_DESK_TEST_RUNTIME: runtime.isFallback ? '1' : '0',
  }
  await ensureBuilt('app', env)
  const name = packageName(runtime.isFallback)
  await rm(output, { recursive: true, force: true })
  const archive = process.platform === 'linux' ? 'tar.gz' : 'zip'
  const targets = hasArchive ? ['dir', archive] : ['dir']
  say(`Packaging ${name} (${variant}, Electron ${runtime.version})…`)
  const code = await runTool(
    'electron-builder',
    [
      platformFlag(),
      ...targets,
      `--${process.arch}`,
      '--publish=never',
      `-c.directories.output=${output}`,
      `-c.electronDist=${distributionOf(runtime)}`,
      `-c.electronVersion=${runtime.version}`,
      `-c.artifactName=${name}.\${ext}`,
    ],
    { env: builderEnvironment(variant), stdio: ['ignore', 2, 2] },
  )
  if (code !== 0) throw packageFailed(code)
  return finish(output, name, hasArchive ? [join(output, `${name}.${archive}`)] : [])
}

/**
 * The name that a package's folder and archive carry.
 * @param {boolean} isTestRuntime
 * @param {string} [version] of the app
 * @returns {string} like "slack-token-desk-0.1.0-linux-x64"
 */
export function packageName(isTestRuntime, version = manifest().version) {
  const name = `slack-token-desk-${version}-${process.platform}-${process.arch}`
  return isTestRuntime ? `${name}-test-runtime` : name
}

/** @returns {{ version: string }} */
function manifest() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
}

/**
 * The folder that electron-builder takes Electron from: on macOS the one that holds Electron.app.
 * @param {{ executable: string }} runtime
 */
function distributionOf({ executable }) {
  const folder = dirname(executable)
  return process.platform === 'darwin' ? join(folder, '../../..') : folder
}

function platformFlag() {
  if (process.platform === 'darwin') return '--mac'
  return process.platform === 'win32' ? '--win' : '--linux'
}

/**
 * electron-builder would download its own 7-Zip from GitHub, and its own choice of level takes four
 * times as long for a few percent.
 * @param {string} variant where electron-builder.yml takes the app from
 * @returns {NodeJS.ProcessEnv}
 */
function builderEnvironment(variant) {
  const own = { BUILD_VARIANT: variant, ELECTRON_BUILDER_COMPRESSION_LEVEL: '5' }
  return { ...process.env, ...systemSevenZip(), ...own }
}

/** @returns {{ ELECTRON_BUILDER_7ZIP_PATH?: string }} */
function systemSevenZip() {
  if (process.platform !== 'linux' || process.env.ELECTRON_BUILDER_7ZIP_PATH) return {}
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = folders.map((folder) => join(folder, '7za')).find((path) => existsSync(path))
  return found === undefined ? {} : { ELECTRON_BUILDER_7ZIP_PATH: found }
}

/**
 * electron-builder always names the unpacked folder alike; it gets the package's own name.
 * @param {string} output
 * @param {string} name
 * @param {readonly string[]} archives
 * @returns {Promise<Package>}
 */
async function finish(output, name, archives) {
  const folder = join(output, name)
  await rename(join(output, unpackedFolder()), folder)
  return { folder, executable: join(folder, programIn()), archives }
}

function unpackedFolder() {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`
  if (process.platform === 'darwin') return `mac${arch}`
  return process.platform === 'win32' ? `win${arch}-unpacked` : `linux${arch}-unpacked`
}

function programIn() {
  const product = 'Token Desk for Slack'
  if (process.platform === 'darwin') return `${product}.app/Contents/MacOS/${product}`
  return process.platform === 'win32' ? 'slack-token-desk.exe' : 'slack-token-desk'
}

/** @param {number} code */
function packageFailed(code) {
  return new Problem(
    'PACKAGE_FAILED',
    `electron-builder ended with ${code}.`,
    'See what it said above, then try again.',
  )
}

/** `npm run package`; it prints what it made as one JSON line. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await exitWith(async () => {
    const output = join(ROOT, 'dist')
    const made = await makePackage({ variant: 'production', output, hasArchive: true })
    process.stdout.write(`${JSON.stringify(made)}\n`)
    return 0
  })
}
