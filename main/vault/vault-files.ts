/**
 * The vault's files in one folder: `vault.json`, the generation before it in `vault.last-good.json`,
 * and whatever was damaged or set aside, which is never overwritten and never deleted.
 */
import * as fs from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../platform/clock.ts'
import { StoreDamaged } from '../platform/errors.ts'
import type { OpenStore } from '../platform/store.ts'
import { VaultChangedOutside, VaultUnreadable, VaultWriteFailed } from './errors.ts'
import { parseVaultDocument, type VaultDocument, vaultDocumentJson } from './vault-document.ts'

const CURRENT = 'vault'
const LAST_GOOD = 'vault.last-good'
/** Written first and then renamed, so that no failed or interrupted write touches the vault itself. */
const NEXT = 'vault.next'

/** What was opened in place of a damaged file, and where that file is kept now. */
export interface VaultRecovery {
  readonly opened: 'last-good' | 'empty'
  readonly damagedFile: string
}

export interface VaultFiles {
  /** Null before the first write. */
  readonly document: VaultDocument | null
  readonly recovery: VaultRecovery | null
  /**
   * Puts this generation in place of the last one, durably. Old or new is there at every moment.
   *
   * @param options.forgets makes it the last good one too: what was before is in neither file any more
   * @throws VaultWriteFailed, VaultChangedOutside
   */
  commit(document: VaultDocument, options: CommitOptions): void
}

export interface CommitOptions {
  readonly forgets: boolean
}

interface Place {
  readonly directory: string
  readonly openStore: OpenStore
}

type Generation =
  | { readonly state: 'absent' | 'damaged' }
  | { readonly state: 'fine'; readonly document: VaultDocument }

/**
 * Reads the vault's files and repairs what a crash or a damaged disk left.
 *
 * @throws VaultNewerVersion, VaultUnreadable with nothing changed on disk
 * @throws VaultWriteFailed when the repair could not be written
 */
export function openVaultFiles(place: Place, clock: Clock): VaultFiles {
  makeFolder(place.directory)
  const current = readGeneration(place, CURRENT)
  if (current.state === 'fine') return filesFrom(place, current.document, null)
  const lastGood = readGeneration(place, LAST_GOOD)
  if (current.state === 'absent' && lastGood.state === 'absent') return filesFrom(place, null, null)
  try {
    const recovery = recover(place.directory, lastGood.state === 'fine', clock)
    return filesFrom(place, lastGood.state === 'fine' ? lastGood.document : null, recovery)
  } catch (cause) {
    throw new VaultWriteFailed(cause)
  }
}

/** Moves the vault and its last good generation aside; both are kept. */
export function setVaultAside(directory: string, clock: Clock): void {
  try {
    moveAside(directory, CURRENT, 'vault.set-aside', clock)
    moveAside(directory, LAST_GOOD, 'vault.last-good.set-aside', clock)
    syncFolder(directory)
  } catch (cause) {
    throw new VaultWriteFailed(cause)
  }
}

function makeFolder(directory: string): void {
  try {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new VaultUnreadable(cause)
  }
}

function fileOf(directory: string, name: string): string {
  return join(directory, `${name}.json`)
}

function readGeneration(place: Place, name: string): Generation {
  const path = fileOf(place.directory, name)
  try {
    if (fs.statSync(path, { throwIfNoEntry: false }) === undefined) return { state: 'absent' }
    const store = place.openStore({ directory: place.directory, name })
    const document = parseVaultDocument(store.read())
    return document === null ? { state: 'damaged' } : { state: 'fine', document }
  } catch (thrown) {
    if (thrown instanceof StoreDamaged) return { state: 'damaged' }
    throw isSystemError(thrown) ? new VaultUnreadable(thrown) : thrown
  }
}

function isSystemError(thrown: unknown): boolean {
  return thrown instanceof Error && 'syscall' in thrown
}

/** Keeps the damaged files and makes the last good generation the current one where it is fine. */
function recover(directory: string, isLastGoodFine: boolean, clock: Clock): VaultRecovery {
  const damaged = moveAside(directory, CURRENT, 'vault.damaged', clock)
  if (!isLastGoodFine) {
    const other = moveAside(directory, LAST_GOOD, 'vault.last-good.damaged', clock)
    syncFolder(directory)
    return { opened: 'empty', damagedFile: damaged ?? other ?? directory }
  }
  // A copy, renamed into place: the two generations must not be one and the same file.
  const staged = fileOf(directory, NEXT)
  fs.copyFileSync(fileOf(directory, LAST_GOOD), staged)
  syncFile(staged)
  fs.renameSync(staged, fileOf(directory, CURRENT))
  syncFolder(directory)
  // Where vault.json was simply gone, there is nothing but the folder to show.
  return { opened: 'last-good', damagedFile: damaged ?? directory }
}

/** @returns where the file is now; null where there was none */
function moveAside(directory: string, name: string, as: string, clock: Clock): string | null {
  const from = fileOf(directory, name)
  if (!fs.existsSync(from)) return null
  const time = new Date(clock.now()).toISOString().replace(/[-:]|\.\d+/g, '')
  for (let count = 1; ; count += 1) {
    const to = fileOf(directory, `${as}-${time}${count === 1 ? '' : `-${count}`}`)
    if (fs.existsSync(to)) continue
    fs.renameSync(from, to)
    return to
  }
}

function filesFrom(
  place: Place,
  document: VaultDocument | null,
  recovery: VaultRecovery | null,
): VaultFiles {
  removeLeftovers(place.directory)
  const current = fileOf(place.directory, CURRENT)
  let known = fingerprint(current)
  return {
    document,
    recovery,
    commit(next, options) {
      if (fingerprint(current) !== known) throw new VaultChangedOutside()
      try {
        replaceGeneration(place, next, options)
      } catch (cause) {
        throw new VaultWriteFailed(cause)
      }
      known = fingerprint(current)
      syncFolder(place.directory)
    },
  }
}

/**
 * Where it forgets, the last good generation goes first: interrupted between the two renames, the
 * change has not happened, and no later start has to finish what was promised.
 */
function replaceGeneration(place: Place, next: VaultDocument, { forgets }: CommitOptions): void {
  const store = place.openStore({ directory: place.directory, name: NEXT })
  try {
    store.write(vaultDocumentJson(next))
    if (forgets) stageLastGood(place.directory, store.path, copyFile)
    else keepLastGood(place.directory)
    fs.renameSync(store.path, fileOf(place.directory, CURRENT))
  } finally {
    fs.rmSync(store.path, { force: true })
  }
}

/** Names the current file a second time: the rename that follows leaves it under that name alone. */
function keepLastGood(directory: string): void {
  const current = fileOf(directory, CURRENT)
  if (!fs.existsSync(current)) return
  try {
    stageLastGood(directory, current, fs.linkSync)
  } catch {
    // No hard links on this file system (FAT, some network folders): a copy does the same.
    stageLastGood(directory, current, copyFile)
  }
}

function stageLastGood(
  directory: string,
  from: string,
  stage: (from: string, to: string) => void,
): void {
  const staged = fileOf(directory, `${LAST_GOOD}.next`)
  fs.rmSync(staged, { force: true })
  stage(from, staged)
  fs.renameSync(staged, fileOf(directory, LAST_GOOD))
  // POSIX rename does nothing when both names are one file already; then this one is left over.
  fs.rmSync(staged, { force: true })
}

function copyFile(from: string, to: string): void {
  fs.copyFileSync(from, to)
  syncFile(to)
}

/** Half-written files of a process that was killed. They hold sealed secrets alone, and are whole in no case. */
function removeLeftovers(directory: string): void {
  for (const name of fs.readdirSync(directory)) {
    if (/^vault\.(?:last-good\.)?next\.json/.test(name)) fs.rmSync(join(directory, name))
  }
}

/** Changes whenever somebody writes or replaces the file. */
function fingerprint(path: string): string {
  const stat = fs.statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? 'absent' : `${stat.ino} ${stat.size} ${stat.mtimeNs}`
}

function syncFile(path: string): void {
  const file = fs.openSync(path, 'r+')
  try {
    fs.fsyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}

/** Makes renames survive a power cut where the system can; Windows and some network folders cannot. */
function syncFolder(directory: string): void {
  try {
    const folder = fs.openSync(directory, 'r')
    try {
      fs.fsyncSync(folder)
    } finally {
      fs.closeSync(folder)
    }
  } catch {
    // Every reader sees the rename already; a power cut now brings back the old generation, whole.
  }
}
