/**
 * The vault with 10, 1,000 and 10,000 installations of one bot token with its refresh token: made by the
 * rooms that make real ones, kept with electron-store, the data key wrapped by the real keyring.
 *
 * Opening is the app's own way from nothing to an unlocked vault, file read and checked, keyring asked.
 * Saving is what one changed installation costs among so many others, durable on disk. Parsing is
 * `JSON.parse` alone of the very text that was opened. All in one process, in turns; medians.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../../main/platform/clock.ts'
import { openElectronStore } from '../../../main/platform/electron-store.ts'
import type { Keyring } from '../../../main/platform/keyring.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { createOsLocks } from '../../../main/platform/os-locks.ts'
import { createVaultSession, type VaultSession } from '../../../main/vault/vault-session.ts'
import { median } from '../median.ts'
import { installationRecord } from './sample-installations.ts'

const COUNTS = [10, 1_000, 10_000] as const
const RUNS = 9

/** By number of installations. */
export type ByCount = Readonly<Record<string, number>>

export interface VaultFigures {
  readonly vaultOpenMs: ByCount
  readonly vaultSaveMs: ByCount
  readonly vaultParseMs: ByCount
}

type Row = { readonly count: number } & Awaited<ReturnType<typeof measureCount>>

export async function measureVault(keyring: Keyring): Promise<VaultFigures> {
  const rows: Row[] = []
  for (const count of COUNTS) rows.push({ count, ...(await measureCount(keyring, count)) })
  const column = (of: (row: Row) => number): ByCount =>
    Object.fromEntries(rows.map((row) => [row.count, of(row)]))
  return {
    vaultOpenMs: column((row) => row.openMs),
    vaultSaveMs: column((row) => row.saveMs),
    vaultParseMs: column((row) => row.parseMs),
  }
}

async function measureCount(keyring: Keyring, count: number) {
  const directory = mkdtempSync(join(tmpdir(), 'token-desk-bench-vault-'))
  try {
    await fill(directory, keyring, count)
    const open: number[] = []
    const save: number[] = []
    const parse: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      const text = readFileSync(join(directory, 'vault.json'), 'utf8')
      parse.push(await timed(() => JSON.parse(text)))
      const session = sessionIn(directory, keyring)
      open.push(await timed(() => session.start()))
      save.push(await timed(() => session.vault().save({ put: [installationRecord(run)] })))
      requireCount(session, count)
      session.close()
    }
    return { openMs: median(open), saveMs: median(save), parseMs: median(parse) }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function fill(directory: string, keyring: Keyring, count: number): Promise<void> {
  const session = sessionIn(directory, keyring)
  await session.start()
  const put = Array.from({ length: count }, (_, index) => installationRecord(index))
  await session.vault().save({ put })
  session.close()
}

function sessionIn(directory: string, keyring: Keyring): VaultSession {
  const openStore = openElectronStore
  const locks = createOsLocks({ directory: join(directory, 'locks'), platform: process.platform })
  const outside = { directory, openStore, keyring, locks, clock: systemClock, log: silentLog }
  return createVaultSession({ ...outside, onChange: () => {} })
}

/** A fast figure for the wrong work would be worth nothing. */
function requireCount(session: VaultSession, count: number): void {
  const { state, protection } = session.view
  const found = session.vault().records('installation').length
  if (state === 'ready' && protection === 'keyring' && found === count) return
  throw new Error(`the vault is ${state}, protected by ${protection}, with ${found} installations`)
}

async function timed(act: () => unknown): Promise<number> {
  const startedMs = performance.now()
  await act()
  return performance.now() - startedMs
}
