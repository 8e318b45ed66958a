import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openExclusively, openLockFile } from '../../../main/platform/lock-file.ts'
import { createOsLocks } from '../../../main/platform/os-locks.ts'
import { builtChild } from '../built-child.ts'

const holder = builtChild(new URL('lock-child.ts', import.meta.url))
const busy = expect.objectContaining({ code: 'VAULT_BUSY', remedy: 'retry' })

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'locks-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return join(directory, 'locks')
}

function locksIn(directory: string, flockPaths?: readonly string[]) {
  return createOsLocks({
    ...{ directory, platform: process.platform },
    ...(flockPaths ? { flockPaths } : {}),
  })
}

/** A stand-in for the program, which may call the real one. */
function program(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'flock-')), 'flock')
  onTestFinished(() => rmSync(path, { force: true }))
  writeFileSync(path, `#!/bin/sh\n${text}\n`)
  chmodSync(path, 0o755)
  return path
}

describe('a lock that another process holds', () => {
  it('is busy, is waited for, and comes when the holder lets go', async () => {
    const directory = folder()
    const locks = locksIn(directory)
    const child = holder(directory, 'vault')
    await child.says('held')
    expect(() => locks.takeSync('vault', 0)).toThrow(busy)
    expect(() => locks.takeSync('vault', 60)).toThrow(busy)
    await expect(locks.take('vault', 60)).rejects.toEqual(busy)
    const taking = locks.take('vault', 10_000)
    child.process.stdin.write('go on\n')
    const release = await taking
    await child.says('released')
    release()
    expect(await child.ended()).toBe(0)
  })

  it('ends with its holder, killed without a word', async () => {
    const directory = folder()
    const locks = locksIn(directory)
    const child = holder(directory, 'vault')
    await child.says('held')
    expect(() => locks.takeSync('vault', 0)).toThrow(busy)
    child.process.kill('SIGKILL')
    expect(await child.ended()).toBe('SIGKILL')
    locks.takeSync('vault', 2_000)()
  })

  it('is not in the way of another name', async () => {
    const directory = folder()
    const child = holder(directory, 'vault')
    await child.says('held')
    locksIn(directory).takeSync('refresh-1', 0)()
  })
})

describe('a lock', () => {
  it('is one for everybody in this process too, and comes free again', async () => {
    const directory = folder()
    const [one, two] = [locksIn(directory), locksIn(directory)]
    const release = one.takeSync('vault', 0)
    expect(() => two.takeSync('vault', 0)).toThrow(busy)
    const taking = two.take('vault', 10_000)
    release()
    const other = await taking
    // Given back once: a second call must not end the lock of somebody else.
    release()
    expect(() => one.takeSync('vault', 0)).toThrow(busy)
    other()
    one.takeSync('vault', 0)()
  })

  it('keeps its empty file, which nobody else may read, in a folder of the same kind', () => {
    const directory = folder()
    locksIn(directory).takeSync('vault', 0)()
    const file = statSync(join(directory, 'vault.lock'))
    expect([file.size, file.mode & 0o777]).toEqual([0, 0o600])
    expect(statSync(directory).mode & 0o777).toBe(0o700)
  })

  it.each(['', '.', '..', '../vault', 'a/b', 'a\\b', 'a\0', '-a', 'a-', 'ä', 'x'.repeat(101)])(
    'has no name like %j',
    async (name) => {
      const directory = folder()
      const locks = locksIn(directory)
      expect(() => locks.takeSync(name, 0)).toThrow(TypeError)
      await expect(locks.take(name, 0)).rejects.toBeInstanceOf(TypeError)
      expect(existsSync(directory)).toBe(false)
    },
  )

  it('cannot be where the folder cannot be', () => {
    const directory = folder()
    writeFileSync(directory, '')
    expect(() => locksIn(directory).takeSync('vault', 0)).toThrow(
      expect.objectContaining({ code: 'VAULT_WRITE_FAILED' }),
    )
  })

  it('cannot be where its file cannot be', async () => {
    const directory = folder()
    mkdirSync(join(directory, 'vault.lock'), { recursive: true })
    await expect(locksIn(directory).take('vault', 0)).rejects.toMatchObject({
      code: 'VAULT_WRITE_FAILED',
    })
  })
})

describe.runIf(process.platform === 'linux')('the program flock', () => {
  it('is named where it is missing', async () => {
    const locks = locksIn(folder(), ['/nowhere/flock'])
    const missing = expect.objectContaining({
      code: 'VAULT_WRITE_FAILED',
      message: expect.stringContaining('flock'),
      advice: expect.stringContaining('util-linux'),
    })
    expect(() => locks.takeSync('vault', 0)).toThrow(missing)
    await expect(locks.take('vault', 0)).rejects.toEqual(missing)
  })

  it('may be one that cannot wait', async () => {
    const directory = folder()
    const flock = program('case "$2" in -w) exit 1;; esac\nexec /usr/bin/flock "$@"')
    const locks = locksIn(directory, ['/nowhere/flock', flock])
    const child = holder(directory, 'vault')
    await child.says('held')
    expect(() => locks.takeSync('vault', 40)).toThrow(busy)
    const taking = locks.take('vault', 10_000)
    child.process.stdin.write('go on\n')
    ;(await taking)()
    expect(await child.ended()).toBe(0)
  })

  it('is not believed to hold what it failed to lock', async () => {
    const locks = locksIn(folder(), [program('exit 71')])
    const failed = expect.objectContaining({ code: 'VAULT_WRITE_FAILED' })
    expect(() => locks.takeSync('vault', 0)).toThrow(failed)
    await expect(locks.take('vault', 100)).rejects.toEqual(failed)
  })

  it('is told nothing of the environment, and gets no file but the lock', () => {
    const directory = folder()
    const told = join(directory, 'told')
    mkdirSync(directory, { recursive: true })
    const flock = program(`/usr/bin/env > ${told}; /bin/ls -l /proc/self/fd >> ${told}`)
    locksIn(directory, [flock]).takeSync('vault', 0)()
    const text = readFileSync(told, 'utf8')
    expect(text).not.toMatch(/^(?:HOME|USER|PATH=.*node_modules|NODE_OPTIONS)=?/m)
    const files = text
      .split('\n')
      .filter((line) => line.includes(' -> ') && line.includes(directory))
    expect(files.filter((line) => !line.includes(told))).toEqual([
      expect.stringMatching(/ 3 -> .*vault\.lock$/),
    ])
  })
})

describe('systems that lock a file as it is opened', () => {
  /** Says busy so often, and then opens. */
  function opener(times: number, code: string) {
    const flags: (number | undefined)[] = []
    const open = (path: string, given?: number) => {
      flags.push(given)
      if (flags.length <= times) throw Object.assign(new Error(code), { code })
      return openLockFile(path)
    }
    return { flags, open }
  }

  it.each([
    { platform: 'darwin', code: 'EAGAIN', flag: 0x24 },
    { platform: 'freebsd', code: 'EWOULDBLOCK', flag: 0x24 },
    { platform: 'win32', code: 'EBUSY', flag: 0x1000_0000 },
  ] as const)('are asked again while it is busy: $platform', async ({ platform, code, flag }) => {
    const directory = folder()
    mkdirSync(directory)
    const path = join(directory, 'vault.lock')
    const first = opener(2, code)
    openExclusively(platform, first.open).takeSync(path, 1_000)?.()
    expect(first.flags).toEqual([flag, flag, flag])
    const second = opener(2, code)
    ;(await openExclusively(platform, second.open).take(path, 1_000))?.()
    expect(second.flags).toEqual([flag, flag, flag])
    const third = opener(Number.POSITIVE_INFINITY, code)
    expect(openExclusively(platform, third.open).takeSync(path, 0)).toBeNull()
    expect(await openExclusively(platform, third.open).take(path, 30)).toBeNull()
    expect(third.flags.length).toBeGreaterThan(2)
  })

  it('say what else is wrong', () => {
    const { open } = opener(1, 'EROFS')
    expect(() => openExclusively('darwin', open).takeSync('/x/vault.lock', 100)).toThrow(
      expect.objectContaining({ code: 'VAULT_WRITE_FAILED' }),
    )
  })
})
