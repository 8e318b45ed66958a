import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from './lib/paths.mjs'
import { exitWith, Problem } from './lib/problem.mjs'
import { run } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { compareFindings, findingsIn } from './scanner/findings.mjs'
import { installScanner } from './scanner/installed.mjs'

/** Every finding that stays, and why. */
const EXPLAINED = join(ROOT, 'test/security/electron-findings.json')

/** What the scanner looks at: the product's sources, with the page's HTML. */
const SCANNED = ['main', 'renderer', 'package.json']

/** Asks GitHub which Electron is out; that the pinned one is supported is tested elsewhere. */
const NEEDS_NETWORK = 'AvailableSecurityFixesGlobalCheck'

const LIMIT_MS = 120_000

/**
 * Looks for Electron misconfigurations (Doyensec's electronegativity). A finding that is not explained
 * fails, and so does an explanation that nothing was found for any more.
 * @returns {Promise<number>} exit code
 * @throws {Problem} SCANNER_NOT_FETCHED, SCANNER_FAILED
 */
export async function scanElectron() {
  const program = await installScanner()
  const folder = await mkdtemp(join(tmpdir(), 'token-desk-scan-'))
  try {
    const sources = join(folder, 'sources')
    for (const name of SCANNED) await cp(join(ROOT, name), join(sources, name), { recursive: true })
    const found = findingsIn(await scan(program, sources, join(folder, 'report.csv')))
    const explained = JSON.parse(await readFile(EXPLAINED, 'utf8'))
    const { unexplained, stale } = compareFindings(found, explained)
    for (const { check, file, sample } of unexplained) say(`New: ${check} in ${file}: ${sample}`)
    for (const { check, file } of stale) say(`Explained, but no longer found: ${check} in ${file}`)
    say(`${found.length} findings, ${unexplained.length} of them new, ${stale.length} stale`)
    return unexplained.length + stale.length === 0 ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} program
 * @param {string} sources
 * @param {string} report
 * @returns {Promise<string>} CSV
 */
async function scan(program, sources, report) {
  const offline = fileURLToPath(new URL('scanner/offline.cjs', import.meta.url))
  const options = ['--relative', '--exclude-checks', NEEDS_NETWORK]
  const args = ['-r', offline, program, '--input', sources, '--output', report, ...options]
  // What it prints is for a person; the report has it all. Its exit code says nothing about findings.
  await run(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'], limitMs: LIMIT_MS })
  try {
    return await readFile(report, 'utf8')
  } catch (cause) {
    throw new Problem(
      'SCANNER_FAILED',
      'The Electron misconfiguration scanner wrote no report.',
      'Run node scripts/scan-electron.mjs again; if it stays so, look at scripts/scanner.',
      { cause },
    )
  }
}

/** `node scripts/scan-electron.mjs` */
if (process.argv[1] === fileURLToPath(import.meta.url)) await exitWith(scanElectron)
