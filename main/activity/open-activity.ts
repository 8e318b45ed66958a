import type { ActivityEntry } from '../contract/views.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { ProcessLocks } from '../platform/process-lock.ts'
import type { Activity, NewActivity } from './activity.ts'
import {
  appendLine,
  endOf,
  type FileMark,
  makeFolder,
  readNews,
  replaceLines,
  sizeOf,
  watchFile,
} from './activity-file.ts'
import { entryOf, lineOf, readLine } from './entry-line.ts'

/** Entries that are kept. */
export const MAX_ENTRIES = 5000

/** Lines that the file may have before it is shortened to the entries that are kept. */
const SHORTEN_FROM = 6000

/** Bytes of a file that is looked at, by one who did not read it yet, whether it is too long. */
const LOOK_FROM_BYTES = 3 * 1024 * 1024

export interface OpenActivityOptions {
  /** `activity.jsonl` in the data folder. */
  readonly path: string
  readonly by: 'window' | 'command-line'
  /** One process at a time shortens the file. */
  readonly locks: ProcessLocks
  readonly clock: Clock
  readonly log: Log
}

/**
 * The Activity of one data folder, mode 0600, one JSON line an entry. Nothing is read before somebody
 * asks for the list. Whatever is wrong with the file is logged and stops nobody: entries that cannot
 * be written are known until the end of this process.
 *
 * The caller closes it.
 */
export function openActivity(options: OpenActivityOptions): Activity {
  return new FileActivity(options)
}

type Listener = (entries: readonly ActivityEntry[]) => void

class FileActivity implements Activity {
  readonly #options: OpenActivityOptions
  readonly #listeners = new Set<Listener>()
  /** Oldest first. Until the file was read: only what came since. */
  #entries: ActivityEntry[] = []
  readonly #ids = new Set<string>()
  /** Lines of the file that were seen, also those that make no entry. */
  #lineCount = 0
  /** The file, and how far it was read, or is not to be told of. */
  #at: FileMark | null
  /** What stood in the file at the start was read, too. */
  #isRead = false
  readonly #openedAtMs: number
  #stopWatching: (() => void) | null = null
  #isClosed = false

  constructor(options: OpenActivityOptions) {
    this.#options = options
    this.#openedAtMs = options.clock.now()
    this.#at =
      this.#quietly('looked at', () => {
        makeFolder(options.path)
        return endOf(options.path)
      }) ?? null
  }

  readonly record = (told: NewActivity): void => {
    if (this.#isClosed) return
    const { clock, by, path } = this.#options
    const entry = entryOf(told, { atMs: clock.now(), by })
    this.#quietly('written', () => appendLine(path, lineOf(entry)))
    this.#follow()
    // Not in the file: known here all the same.
    if (!this.#ids.has(entry.id)) this.#add([entry], () => true)
    this.#shorten()
  }

  list(): ActivityEntry[] {
    this.#readAll()
    this.#follow()
    this.#shorten()
    return this.#entries.slice(-MAX_ENTRIES)
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    this.#watch()
    return () => {
      this.#listeners.delete(listener)
    }
  }

  close(): void {
    this.#isClosed = true
    this.#listeners.clear()
    this.#stopWatching?.()
    this.#stopWatching = null
  }

  #watch(): void {
    const { path, log } = this.#options
    this.#stopWatching ??=
      this.#quietly('watched', () =>
        watchFile(
          path,
          () => this.#follow(),
          (thrown) => log.error('activity not watched any more', { thrown }),
        ),
      ) ?? null
  }

  /** The whole file, with what stood in it at the start. */
  #readAll(): void {
    if (this.#isRead) return
    this.#follow()
    // Also where it cannot be read: it is not tried again with each entry.
    this.#isRead = true
    this.#quietly('read', () => {
      const { lines, mark } = readNews(this.#options.path, null)
      this.#beginAnew()
      this.#at = mark
      this.#take(lines, () => false)
    })
  }

  /** Reads what came to the file since. */
  #follow(): void {
    if (this.#isClosed) return
    this.#quietly('read', () => {
      const { lines, mark, isSame } = readNews(this.#options.path, this.#at)
      const isTold = isSame ? () => true : this.#beginAnew()
      this.#at = mark
      this.#take(lines, isTold)
    })
  }

  /**
   * The file was shortened, emptied, taken away or put in place of another: what is in it now counts.
   * Answers which of it nobody was told of: not what was known, and not what is older than this start.
   */
  #beginAnew(): (entry: ActivityEntry) => boolean {
    const known = new Set(this.#ids)
    this.#isRead = true
    this.#lineCount = 0
    this.#entries = []
    this.#ids.clear()
    return ({ id, atMs }) => atMs >= this.#openedAtMs && !known.has(id)
  }

  #take(lines: readonly string[], isTold: (entry: ActivityEntry) => boolean): void {
    this.#lineCount += lines.length
    this.#add(
      lines.flatMap((line) => readLine(line) ?? []),
      isTold,
    )
  }

  #add(entries: readonly ActivityEntry[], isTold: (entry: ActivityEntry) => boolean): void {
    const added = entries.filter(({ id }) => !this.#ids.has(id))
    for (const entry of added) {
      // One line may stand there twice, also within what was read at once.
      if (this.#ids.has(entry.id)) continue
      this.#ids.add(entry.id)
      this.#entries.push(entry)
    }
    const told = added.filter(isTold)
    if (told.length === 0) return
    for (const listener of this.#listeners) listener(told)
  }

  #shorten(): void {
    if (!this.#isRead) {
      if (sizeOf(this.#options.path) < LOOK_FROM_BYTES) return
      this.#readAll()
    }
    this.#forgetOldest()
    if (this.#lineCount <= SHORTEN_FROM) return
    this.#quietly('shortened', () => this.#shortenFile())
  }

  #shortenFile(): void {
    const { path, locks } = this.#options
    const release = locks.takeSync('activity', 0)
    try {
      // Another process may have shortened it meanwhile.
      this.#follow()
      this.#forgetOldest()
      if (this.#at === null || this.#lineCount <= SHORTEN_FROM) return
      replaceLines(path, this.#entries.map(lineOf), this.#at.end)
      this.#follow()
    } finally {
      release()
    }
  }

  #forgetOldest(): void {
    const gone = this.#entries.splice(0, Math.max(0, this.#entries.length - MAX_ENTRIES))
    for (const { id } of gone) this.#ids.delete(id)
  }

  /** Never throws: what happened has happened. Undefined after a failure. */
  #quietly<T>(what: string, run: () => T): T | undefined {
    try {
      return run()
    } catch (thrown) {
      this.#options.log.error(`activity not ${what}`, { thrown })
      return undefined
    }
  }
}
