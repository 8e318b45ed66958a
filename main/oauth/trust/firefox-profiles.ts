/** The Firefox profiles of this user on Linux: where they are, and which of them are open. */
import { readFile, readlink, realpath, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'

/** One profile that was started at least once. */
export interface FirefoxProfile {
  readonly folder: string
  /** As Firefox calls it, such as `default-release`. */
  readonly name: string
}

/** Packages of distributions, Snap, Flatpak, and the XDG folder of newer Firefox. */
const FOLDERS = [
  '.mozilla/firefox',
  '.config/mozilla/firefox',
  'snap/firefox/common/.mozilla/firefox',
  '.var/app/org.mozilla.firefox/.mozilla/firefox',
  '.var/app/org.mozilla.firefox/config/mozilla/firefox',
]

/** Those of every Firefox that this user has, each once. */
export async function findFirefoxProfiles(homeDirectory: string): Promise<FirefoxProfile[]> {
  const found = new Map<string, FirefoxProfile>()
  for (const folder of FOLDERS.map((name) => join(homeDirectory, name))) {
    for (const profile of profilesIn(
      (await readText(join(folder, 'profiles.ini'))) ?? '',
      folder,
    )) {
      const real = await started(profile)
      if (real !== null && !found.has(real)) found.set(real, profile)
    }
  }
  return [...found.values()]
}

/** What a `profiles.ini` lists, with absolute folders. Source: Firefox's toolkit/profile. */
export function profilesIn(ini: string, folder: string): FirefoxProfile[] {
  return ini.split(/^\s*\[/m).flatMap((section) => {
    const [title = '', ...lines] = section.split(/\r?\n/)
    const values = new Map(lines.map((line) => splitLine(line)))
    const path = values.get('Path') ?? ''
    if (!/^Profile\d+\]/.test(title) || path === '') return []
    const absolute = values.get('IsRelative') === '0' ? resolve(path) : resolve(folder, path)
    return [{ folder: absolute, name: values.get('Name') ?? basename(path) }]
  })
}

/**
 * True while Firefox has a profile open. It holds a lock on `.parentlock`, and a link `lock` names its
 * process as `ADDRESS:+PID`; that number is another one outside of a sandbox, so either sign counts.
 *
 * @param locksFile the system's list of locks
 */
export async function isProfileOpen(folder: string, locksFile = '/proc/locks'): Promise<boolean> {
  const pid = /:\+?(\d+)$/.exec((await readLink(join(folder, 'lock'))) ?? '')?.[1]
  if (pid !== undefined && isAlive(Number(pid))) return true
  const inode = await inodeOf(join(folder, '.parentlock'))
  return inode !== null && isLocked((await readText(locksFile)) ?? '', inode)
}

/** A line is `1: POSIX  ADVISORY  WRITE 1234 fd:01:5678 0 EOF`, the inode last in the sixth word. Source: proc_locks(5). */
function isLocked(locks: string, inode: number): boolean {
  return locks.split('\n').some((line) => line.split(/\s+/)[5]?.endsWith(`:${inode}`))
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (thrown) {
    // EPERM: it is there, and another user's.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

/** The real folder of a profile that has a certificate database; Firefox makes it at the first start. */
async function started(profile: FirefoxProfile): Promise<string | null> {
  return unlessAbsent(async () => {
    await stat(join(profile.folder, 'cert9.db'))
    return realpath(profile.folder)
  })
}

function splitLine(line: string): [key: string, value: string] {
  const at = line.indexOf('=')
  return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
}

const readText = (path: string) => unlessAbsent(() => readFile(path, 'utf8'))
const readLink = (path: string) => unlessAbsent(() => readlink(path))
const inodeOf = (path: string) => unlessAbsent(async () => (await stat(path)).ino)

/** What cannot be read is as good as absent: there is no Firefox to be found there. */
async function unlessAbsent<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown) return null
    throw thrown
  }
}
