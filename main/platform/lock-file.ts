import * as fs from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { LocksUnavailable } from './errors.ts'

/** One way of the operating system to lock a file for one process. */
export interface LockSystem {
  /** The function that lets go; null when another holds it until the time is up. */
  takeSync(path: string, limitMs: number): (() => void) | null
  take(path: string, limitMs: number): Promise<(() => void) | null>
}

/** Milliseconds between two tries. */
const PAUSE_MS = 10

/** Source: `O_EXLOCK` and `O_NONBLOCK` in sys/fcntl.h of macOS and the BSDs. */
const BSD_EXLOCK = 0x20
const BSD_NONBLOCK = 0x4
/**
 * Source: `UV_FS_O_EXLOCK` in uv/win.h. Opens with share mode 0: nobody else can open the file
 * meanwhile.
 */
const WINDOWS_EXLOCK = 0x1000_0000

/** What the system says while another holds the file. */
const BUSY: ReadonlySet<unknown> = new Set(['EAGAIN', 'EWOULDBLOCK', 'EBUSY'])

/**
 * macOS, the BSDs and Windows lock a file as it is opened; it is free again once it is closed.
 *
 * @param open the system's own unless a test says otherwise
 */
export function openExclusively(platform: NodeJS.Platform, open = openLockFile): LockSystem {
  const exclusive = platform === 'win32' ? WINDOWS_EXLOCK : BSD_EXLOCK | BSD_NONBLOCK
  const attempt = (path: string) => {
    try {
      return closing(open(path, exclusive))
    } catch (cause) {
      if (BUSY.has(codeOf(cause))) return null
      throw new LocksUnavailable({ cause })
    }
  }
  return {
    takeSync: (path, limitMs) => tryUntil(limitMs, () => attempt(path)),
    take: (path, limitMs) => tryUntilLater(limitMs, async () => attempt(path)),
  }
}

/** Made when it is missing; nothing is written to it. The caller closes it. */
export function openLockFile(path: string, flags = 0): number {
  return fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT | flags, 0o600)
}

/** The function that closes the file, and lets go of it by that. */
export function closing(file: number): () => void {
  return () => fs.closeSync(file)
}

/** Tries again and again until the time is up, and lets nothing else run meanwhile. */
export function tryUntil<T>(limitMs: number, attempt: () => T | null): T | null {
  const untilMs = performance.now() + limitMs
  for (;;) {
    const found = attempt()
    if (found !== null || performance.now() >= untilMs) return found
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
  }
}

/** As `tryUntil`, and lets the rest of the process go on meanwhile. */
export async function tryUntilLater<T>(
  limitMs: number,
  attempt: () => Promise<T | null>,
): Promise<T | null> {
  const untilMs = performance.now() + limitMs
  for (;;) {
    const found = await attempt()
    if (found !== null || performance.now() >= untilMs) return found
    await pause(PAUSE_MS)
  }
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
}
