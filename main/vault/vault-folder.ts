import * as fs from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../platform/clock.ts'

/** What is asked of the file system; handed in, so that its faults and the order of things can be seen. */
export type VaultDisk = Pick<
  typeof fs,
  | 'closeSync'
  | 'copyFileSync'
  | 'existsSync'
  | 'fsyncSync'
  | 'linkSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readdirSync'
  | 'readSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
>

/** Steps on the files of one folder, by their names without `.json`. Each throws what the system says. */
export class VaultFolder {
  readonly directory: string
  readonly #disk: VaultDisk
  readonly #clock: Clock

  constructor(directory: string, clock: Clock, disk: VaultDisk = fs) {
    this.directory = directory
    this.#clock = clock
    this.#disk = disk
  }

  make(): void {
    this.#disk.mkdirSync(this.directory, { recursive: true, mode: 0o700 })
  }

  pathOf(name: string): string {
    return join(this.directory, `${name}.json`)
  }

  has(name: string): boolean {
    return this.#disk.existsSync(this.pathOf(name))
  }

  /** True for a folder, a pipe or a device of that name: reading a pipe would wait for ever. */
  isOther(name: string): boolean {
    const stat = this.#disk.statSync(this.pathOf(name), { throwIfNoEntry: false })
    return stat !== undefined && !stat.isFile()
  }

  /** Changes whenever somebody writes or replaces the file. */
  fingerprint(name: string): string {
    const stat = this.#disk.statSync(this.pathOf(name), { bigint: true, throwIfNoEntry: false })
    if (stat === undefined) return 'absent'
    return `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`
  }

  /** The first `bytes` of the file, or less. */
  beginning(name: string, bytes: number): string {
    const file = this.#disk.openSync(this.pathOf(name), 'r')
    try {
      const buffer = Buffer.alloc(bytes)
      return buffer.toString('utf8', 0, this.#disk.readSync(file, buffer, 0, bytes, 0))
    } finally {
      this.#disk.closeSync(file)
    }
  }

  /** Puts the file in the place of the other one, at once. */
  replace(from: string, to: string): void {
    this.#disk.renameSync(this.pathOf(from), this.pathOf(to))
  }

  /** A second name for the same file. */
  link(from: string, to: string): void {
    this.#disk.linkSync(this.pathOf(from), this.pathOf(to))
  }

  /** Never over another file. */
  copy(from: string, to: string): void {
    this.#disk.copyFileSync(this.pathOf(from), this.pathOf(to), fs.constants.COPYFILE_EXCL)
    this.syncFile(to)
  }

  remove(name: string): void {
    this.#disk.rmSync(this.pathOf(name), { force: true })
  }

  /**
   * Moves the file to a name with the time in it, never over another one.
   *
   * @returns where it is now; null where there was none
   */
  moveAside(name: string, as: string): string | null {
    if (!this.has(name)) return null
    const to = this.#freeName(`${as}-${this.#time()}`)
    this.replace(name, to)
    return this.pathOf(to)
  }

  /** As `moveAside`, and leaves the file where it is. */
  copyAside(name: string, as: string): string | null {
    return this.has(name) ? this.#copyOnce(name, `${as}-${this.#time()}`) : null
  }

  /** Keeps the file under this very name, unless that keeps the same bytes already. */
  copyTo(name: string, as: string): string {
    return this.#copyOnce(name, as)
  }

  /** Half-written files of a process that was killed. They hold sealed secrets alone, and are whole in no case. */
  leftovers(): string[] {
    return this.names().filter((name) => /^vault\.(?:last-good\.)?next\.json/.test(name))
  }

  /** Of all files, with their endings. */
  names(): string[] {
    return this.#disk.readdirSync(this.directory)
  }

  removeLeftovers(): void {
    for (const name of this.leftovers()) this.#disk.rmSync(join(this.directory, name))
  }

  syncFile(name: string): void {
    this.#sync(this.pathOf(name), 'r+')
  }

  /** Makes renames survive a power cut, where the system can do that for a folder. */
  syncFolder(): void {
    try {
      this.#sync(this.directory, 'r')
    } catch (thrown) {
      if (!isNotForFolders(thrown)) throw thrown
      // Every reader sees the rename already; a power cut now brings back the old generation, whole.
    }
  }

  #sync(path: string, flags: string): void {
    const file = this.#disk.openSync(path, flags)
    try {
      this.#disk.fsyncSync(file)
    } finally {
      this.#disk.closeSync(file)
    }
  }

  #copyOnce(name: string, as: string): string {
    const bytes = this.#disk.readFileSync(this.pathOf(name))
    const isSame = (other: string) => this.#disk.readFileSync(this.pathOf(other)).equals(bytes)
    for (const to of numbered(as)) {
      if (!this.has(to)) this.copy(name, to)
      else if (!isSame(to)) continue
      return this.pathOf(to)
    }
    throw new Error('no free name')
  }

  #freeName(as: string): string {
    for (const name of numbered(as)) if (!this.has(name)) return name
    throw new Error('no free name')
  }

  #time(): string {
    return new Date(this.#clock.now()).toISOString().replace(/[-:]|\.\d+/g, '')
  }
}

/** The name, and then `-2`, `-3` and so on. */
function* numbered(name: string): Generator<string> {
  yield name
  for (let count = 2; ; count += 1) yield `${name}-${count}`
}

/** How systems say that a folder cannot be opened or synced: Windows, and some network folders. */
const NOT_FOR_FOLDERS: ReadonlySet<unknown> = new Set([
  'EINVAL',
  'EPERM',
  'EISDIR',
  'ENOTSUP',
  ...(process.platform === 'win32' ? ['EACCES', 'EBADF'] : []),
])

function isNotForFolders(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && NOT_FOR_FOLDERS.has(thrown.code)
}
