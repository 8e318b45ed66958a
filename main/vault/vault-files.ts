/**
 * The vault's files in one folder: `vault.json`, the generation before it in `vault.last-good.json`,
 * and whatever was damaged or set aside, which is never deleted; all that is changed in it is how its key
 * is wrapped, and that what the user removed is in it no more. Reading needs no
 * lock, since every write is one rename; whoever changes anything holds the lock `VAULT_LOCK`.
 */
import type { Clock } from '../platform/clock.ts'
import { LockBusy, StoreDamaged } from '../platform/errors.ts'
import type { ProcessLocks } from '../platform/process-lock.ts'
import type { OpenStore } from '../platform/store.ts'
import { VaultUnreadable, VaultWriteFailed } from './errors.ts'
import { keptCopies, rewrapped, withoutRecords } from './kept-copies.ts'
import {
  parseVaultDocument,
  type StoredKey,
  VAULT_VERSION,
  type VaultDocument,
  vaultDocumentJson,
} from './vault-document.ts'
import { type VaultDisk, VaultFolder } from './vault-folder.ts'

/** The lock that every process takes before it changes one of the files. */
export const VAULT_LOCK = 'vault'
/** Milliseconds to wait for another process: it holds the lock for a few saves in a row at most. */
export const LOCK_LIMIT_MS = 10_000

const CURRENT = 'vault'
const LAST_GOOD = 'vault.last-good'
/**
 * Written first and then renamed, so that no failed or interrupted write touches the vault itself, also
 * where the store writes in place (conf does so under SNAP, and where a rename is refused).
 */
const NEXT = 'vault.next'
const LAST_GOOD_NEXT = 'vault.last-good.next'

/**
 * What was opened in place of a damaged file, and where that file is kept now. `incomplete`: the file
 * itself, from which records were removed or put back without the key; a copy of it is kept.
 */
export interface VaultRecovery {
  readonly opened: 'last-good' | 'empty' | 'incomplete'
  readonly damagedFile: string
}

/** One of the two files as it was found. */
export type Generation = { readonly fingerprint: string } & (
  | { readonly state: 'absent' | 'damaged' }
  | { readonly state: 'fine'; readonly document: VaultDocument }
)

export interface CommitOptions {
  /** Makes it the last good generation too: what was before is in neither file any more. */
  readonly forgets: boolean
}

export interface VaultPlace {
  readonly directory: string
  readonly openStore: OpenStore
  readonly clock: Clock
  readonly locks: ProcessLocks
  /** The system's own unless a test says otherwise. */
  readonly disk?: VaultDisk
  /** Told once a file of an older version was brought to this one, durably, and where the original is kept. */
  readonly onMigrated?: (keptFile: string) => void
}

/**
 * Reads the vault's files and repairs what a crash or a damaged disk left; the repair is made under the
 * lock, since what looks half done may be another process at work.
 *
 * @throws VaultNewerVersion, VaultUnreadable with nothing changed on disk
 * @throws LockBusy, VaultWriteFailed when the repair could not be written
 */
export async function openVaultFiles(place: VaultPlace): Promise<VaultFiles> {
  const folder = new VaultFolder(place.directory, place.clock, place.disk)
  try {
    folder.make()
  } catch (cause) {
    throw new VaultUnreadable(cause)
  }
  const files = new VaultFiles(folder, place)
  const found = files.read()
  if (found.state !== 'fine') return withLock(place.locks, () => files.openOrRecover())
  files.accept(found)
  if (folder.leftovers().length > 0) clearUnlessBusy(folder, place.locks)
  return files
}

/**
 * Moves the vault and its last good generation aside; both are kept.
 *
 * @throws LockBusy, VaultWriteFailed
 */
export function setVaultAside(
  place: Pick<VaultPlace, 'directory' | 'clock' | 'locks' | 'disk'>,
): Promise<void> {
  const folder = new VaultFolder(place.directory, place.clock, place.disk)
  return withLock(place.locks, () => {
    writing(() => {
      folder.moveAside(CURRENT, 'vault.set-aside')
      folder.moveAside(LAST_GOOD, 'vault.last-good.set-aside')
      folder.syncFolder()
    })
  })
}

async function withLock<T>(locks: ProcessLocks, run: () => T): Promise<T> {
  const release = await locks.take(VAULT_LOCK, LOCK_LIMIT_MS)
  try {
    return run()
  } finally {
    release()
  }
}

function clearUnlessBusy(folder: VaultFolder, locks: ProcessLocks): void {
  let release: () => void
  try {
    release = locks.takeSync(VAULT_LOCK, 0)
  } catch (thrown) {
    // Then they are no leftovers: the other process is writing them.
    if (thrown instanceof LockBusy) return
    throw thrown
  }
  try {
    writing(() => folder.removeLeftovers())
  } finally {
    release()
  }
}

/** @throws VaultWriteFailed for what the system refuses */
function writing<T>(run: () => T): T {
  try {
    return run()
  } catch (cause) {
    throw new VaultWriteFailed(cause)
  }
}

/** The files of one vault, and what this process knows of them. `openVaultFiles` makes it. */
export class VaultFiles {
  readonly #folder: VaultFolder
  readonly #openStore: OpenStore
  readonly #onMigrated: (keptFile: string) => void
  #known = 'unread'
  #document: VaultDocument | null = null
  #recovery: VaultRecovery | null = null
  #isLastGoodOlder = false

  constructor(
    folder: VaultFolder,
    { openStore, onMigrated = () => {} }: Pick<VaultPlace, 'openStore' | 'onMigrated'>,
  ) {
    this.#folder = folder
    this.#openStore = openStore
    this.#onMigrated = onMigrated
  }

  /** What stands in the file, as far as this process knows; null before the first write. */
  get document(): VaultDocument | null {
    return this.#document
  }

  get recovery(): VaultRecovery | null {
    return this.#recovery
  }

  /** Where vault.json is. */
  get path(): string {
    return this.#folder.pathOf(CURRENT)
  }

  /** True where vault.json is another than the one that was last accepted or written; costs one look. */
  hasChanged(): boolean {
    return this.#folder.fingerprint(CURRENT) !== this.#known
  }

  /** Reads vault.json. @throws VaultNewerVersion, VaultUnreadable */
  read(): Generation {
    return this.#read(CURRENT)
  }

  /** @throws VaultNewerVersion, VaultUnreadable */
  readLastGood(): Generation {
    return this.#read(LAST_GOOD)
  }

  /** This is what the caller goes on from: it counts as known. */
  accept(found: Generation): void {
    this.#known = found.fingerprint
    this.#isLastGoodOlder = false
    if (found.state === 'fine') this.#document = found.document
  }

  /** Needs the lock. Opens what is there, or the last good generation in its place. */
  openOrRecover(): VaultFiles {
    writing(() => this.#folder.removeLeftovers())
    const current = this.read()
    if (current.state === 'fine') this.accept(current)
    else this.#openLastGood(current)
    return this
  }

  /**
   * Needs the lock. Puts this generation in place of the last one, durably: its bytes are synced before
   * they get the name, and the folder before this returns. Old or new is there at every moment.
   *
   * @throws VaultWriteFailed; where the folder alone could not be synced, the file counts as changed
   */
  commit(next: VaultDocument, options: CommitOptions): void {
    const original = writing(() => {
      const kept = this.#keepOlderVersion()
      this.#keepNewerLastGood()
      this.#replace(next, options)
      this.#folder.syncFolder()
      return kept
    })
    this.#known = this.#folder.fingerprint(CURRENT)
    this.#document = next
    if (original !== null) this.#onMigrated(original)
  }

  /**
   * Needs the lock. Keeps a copy of both files as they are, for who looks into them.
   *
   * @returns where that of vault.json is
   */
  keepCopies(as: 'suspect' | 'damaged'): string {
    return writing(() => {
      const copy = this.#folder.copyAside(CURRENT, `vault.${as}`)
      this.#folder.copyAside(LAST_GOOD, `vault.last-good.${as}`)
      this.#folder.syncFolder()
      return copy ?? this.#folder.directory
    })
  }

  /**
   * Needs the lock. Wraps the data key anew in the copies that were kept of this vault: they hold the
   * same key, and what opened them until now would open everything.
   *
   * @throws VaultWriteFailed, VaultUnreadable
   */
  rewrapCopies(key: StoredKey, isOurs: (check: string) => boolean): void {
    this.#changeCopies((copy) => rewrapped(copy, key, isOurs))
  }

  /**
   * Needs the lock. Takes these records out of the copies that were kept of this vault: what the user has
   * removed opens nowhere any more.
   *
   * @throws VaultWriteFailed, VaultUnreadable
   */
  forgetInCopies(ids: ReadonlySet<string>, isOurs: (check: string) => boolean): void {
    this.#changeCopies((copy) => withoutRecords(copy, ids, isOurs))
  }

  /** @param change answers null for a copy that stays as it is */
  #changeCopies(change: (copy: unknown) => unknown): void {
    for (const name of keptCopies(this.#folder.names())) {
      const copy = change(this.#readJson(name))
      if (copy !== null) writing(() => this.#writeTo(name, copy))
    }
  }

  #writeTo(name: string, value: unknown): void {
    const store = this.#openStore({ directory: this.#folder.directory, name: NEXT })
    store.write(value)
    this.#folder.syncFile(NEXT)
    this.#folder.replace(NEXT, name)
  }

  /** Undefined for what is no file, or no JSON: no key is read out of it. */
  #readJson(name: string): unknown {
    if (this.#folder.isOther(name)) return undefined
    try {
      return this.#openStore({ directory: this.#folder.directory, name }).read()
    } catch (thrown) {
      if (thrown instanceof StoreDamaged) return undefined
      throw isSystemError(thrown) ? new VaultUnreadable(thrown) : thrown
    }
  }

  #read(name: string): Generation {
    try {
      // Before the file is opened: replaced in between, it counts as changed the next time.
      const fingerprint = this.#folder.fingerprint(name)
      if (fingerprint === 'absent') return { state: 'absent', fingerprint }
      if (this.#folder.isOther(name)) throw new VaultUnreadable('no ordinary file')
      const store = this.#openStore({ directory: this.#folder.directory, name })
      return generationOf(store.read(), fingerprint)
    } catch (thrown) {
      if (thrown instanceof StoreDamaged) {
        return { state: 'damaged', fingerprint: this.#folder.fingerprint(name) }
      }
      throw isSystemError(thrown) ? new VaultUnreadable(thrown) : thrown
    }
  }

  #openLastGood(current: Generation): void {
    const lastGood = this.readLastGood()
    if (current.state === 'absent' && lastGood.state === 'absent') {
      this.accept(current)
      return
    }
    this.#recovery = writing(() => this.#recover(lastGood.state === 'fine'))
    this.accept(this.read())
  }

  /** Keeps the damaged files and makes the last good generation the current one where it is fine. */
  #recover(isLastGoodFine: boolean): VaultRecovery {
    const folder = this.#folder
    const damaged = folder.moveAside(CURRENT, 'vault.damaged')
    if (!isLastGoodFine) {
      const other = folder.moveAside(LAST_GOOD, 'vault.last-good.damaged')
      folder.syncFolder()
      return { opened: 'empty', damagedFile: damaged ?? other ?? folder.directory }
    }
    // A copy, renamed into place: the two generations must not be one and the same file.
    folder.copy(LAST_GOOD, NEXT)
    folder.replace(NEXT, CURRENT)
    folder.syncFolder()
    // Where vault.json was simply gone, there is nothing but the folder to show.
    return { opened: 'last-good', damagedFile: damaged ?? folder.directory }
  }

  /**
   * For the day when the user goes back to an older Token Desk.
   *
   * @returns where it is kept; null where there is nothing older
   */
  #keepOlderVersion(): string | null {
    const version = this.#document?.version ?? VAULT_VERSION
    if (version >= VAULT_VERSION) return null
    return this.#folder.copyTo(CURRENT, `vault.version-${version}`)
  }

  /** One that is newer than the file itself: somebody swapped them, or put back a copy. */
  #keepNewerLastGood(): void {
    if (this.#isLastGoodOlder) return
    const revision = this.#document?.revision ?? 0
    const isReadable = this.#folder.has(LAST_GOOD) && !this.#folder.isOther(LAST_GOOD)
    const other = isReadable ? revisionIn(this.#folder.beginning(LAST_GOOD, 300)) : null
    if (other !== null && other > revision) {
      this.#folder.moveAside(LAST_GOOD, 'vault.last-good.set-aside')
    }
    this.#isLastGoodOlder = true
  }

  /**
   * Where it forgets, the last good generation goes first: interrupted between the two renames, the
   * change has not happened, and no later start has to finish what was promised.
   */
  #replace(next: VaultDocument, { forgets }: CommitOptions): void {
    const folder = this.#folder
    const store = this.#openStore({ directory: folder.directory, name: NEXT })
    try {
      store.write(vaultDocumentJson(next))
      folder.syncFile(NEXT)
      if (forgets) this.#stageLastGood(() => folder.copy(NEXT, LAST_GOOD_NEXT))
      else if (folder.has(CURRENT)) this.#keepLastGood()
      folder.replace(NEXT, CURRENT)
    } finally {
      folder.remove(NEXT)
    }
  }

  /** Names the current file a second time: the rename that follows leaves it under that name alone. */
  #keepLastGood(): void {
    try {
      this.#stageLastGood(() => this.#folder.link(CURRENT, LAST_GOOD_NEXT))
    } catch {
      // No hard links on this file system (FAT, some network folders): a copy does the same.
      this.#stageLastGood(() => this.#folder.copy(CURRENT, LAST_GOOD_NEXT))
    }
  }

  #stageLastGood(stage: () => void): void {
    this.#folder.remove(LAST_GOOD_NEXT)
    stage()
    this.#folder.replace(LAST_GOOD_NEXT, LAST_GOOD)
    // POSIX rename does nothing when both names are one file already; then this one is left over.
    this.#folder.remove(LAST_GOOD_NEXT)
  }
}

function generationOf(value: unknown, fingerprint: string): Generation {
  const document = parseVaultDocument(value)
  return document === null
    ? { state: 'damaged', fingerprint }
    : { state: 'fine', fingerprint, document }
}

/** From the beginning of the text that we write; null for any other. */
function revisionIn(text: string): number | null {
  const found = /^\{"format":"[\w-]+","version":\d+,"savedAtMs":[\d.e+]+,"revision":(\d+),/.exec(
    text,
  )
  return found ? Number(found[1]) : null
}

function isSystemError(thrown: unknown): boolean {
  return thrown instanceof Error && 'syscall' in thrown
}
