import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createTrustStores, type StoreState } from '../../../../main/oauth/trust/trust-stores.ts'
import { createRunProgram, type RunProgram } from '../../../../main/platform/run-program.ts'

export const run = createRunProgram()

/** A home folder of its own; `remove` it. */
export async function temporaryHome() {
  const home = await mkdtemp(join(tmpdir(), 'trust-home-'))
  return { home, remove: () => rm(home, { recursive: true, force: true }) }
}

export const storesOf = (home: string, program: RunProgram = run) =>
  createTrustStores({ platform: 'linux', homeDirectory: home, run: program })

/** NSS's own program on one database; answers what it printed. */
export async function certutil(folder: string, ...args: string[]): Promise<string> {
  const result = await run('certutil', ['-d', `sql:${folder}`, ...args], { limitMs: 20_000 })
  if (result.kind !== 'ended') throw new Error(`certutil: ${result.kind}`)
  if (result.code !== 0) throw new Error(result.stderr)
  return result.stdout
}

/** A database without a password, as browsers make it. */
export async function createDatabase(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await certutil(folder, '-N', '--empty-password')
}

/** A Firefox with these profiles, each started once. Answers their folders. */
export async function createFirefox(root: string, names: readonly string[]): Promise<string[]> {
  const folders = names.map((name) => join(root, `abcd.${name}`))
  for (const folder of folders) await createDatabase(folder)
  const sections = names.map((name, i) => `[Profile${i}]\nName=${name}\nPath=abcd.${name}\n`)
  await writeText(join(root, 'profiles.ini'), ['[General]\nVersion=2\n', ...sections].join('\n'))
  return folders
}

export async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

/** `Chromium and Chrome: trusted`, or with what tells several of a name apart. */
export const said = (states: readonly StoreState[]) =>
  states.map(({ name, detail, state }) =>
    name === 'Firefox' ? `${name} ${detail} ${state}` : `${name}: ${state}`,
  )
