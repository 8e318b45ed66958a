import { spawn } from 'node:child_process'
import { mkdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  findFirefoxProfiles,
  isProfileOpen,
  profilesIn,
} from '../../../../main/oauth/trust/firefox-profiles.ts'
import { temporaryHome, writeText } from './support.ts'

let home: string
let remove: () => Promise<void>
beforeEach(async () => {
  const made = await temporaryHome()
  home = made.home
  remove = made.remove
})
afterEach(() => remove())

/** A profile that was started, as far as this room looks. */
async function start(folder: string): Promise<string> {
  await writeText(join(folder, 'cert9.db'), '')
  return folder
}

describe('profiles.ini', () => {
  it.each([
    { name: 'empty', ini: '', found: [] },
    { name: 'no profiles', ini: '[General]\nStartWithLastProfile=1\n', found: [] },
    {
      name: 'relative and absolute, CRLF, comments',
      ini: '; x\r\n[Profile1]\r\nName=work\r\nIsRelative=0\r\nPath=/else/work\r\n\r\n[Profile0]\r\nName=default\r\nIsRelative=1\r\nPath=Profiles/a=b\r\n',
      found: [
        { folder: '/else/work', name: 'work' },
        { folder: '/root/Profiles/a=b', name: 'default' },
      ],
    },
    {
      name: 'no name',
      ini: '[Profile0]\nPath=x.y',
      found: [{ folder: '/root/x.y', name: 'x.y' }],
    },
    { name: 'no path', ini: '[Profile0]\nName=x\n[Profile1]\nPath=\n', found: [] },
    { name: 'sections of installations', ini: '[Install4F96D1932A9F858E]\nPath=x\n', found: [] },
    { name: 'junk', ini: '\0[[Profile\n===\nPath', found: [] },
  ])('$name', ({ ini, found }) => {
    expect(profilesIn(ini, '/root')).toEqual(found)
  })
})

describe('the profiles of a user', () => {
  it('are those of every Firefox, each once, and started', async () => {
    const roots = [
      '.mozilla/firefox',
      '.config/mozilla/firefox',
      'snap/firefox/common/.mozilla/firefox',
    ]
    for (const [i, root] of [...roots, '.var/app/org.mozilla.firefox/.mozilla/firefox'].entries()) {
      await writeText(join(home, root, 'profiles.ini'), `[Profile0]\nName=p${i}\nPath=x.p\n`)
      await start(join(home, root, 'x.p'))
    }
    const names = (await findFirefoxProfiles(home)).map(({ name }) => name)
    expect(names).toEqual(['p0', 'p1', 'p2', 'p3'])
  })

  it('that were never started, or lead to the same folder, are left out', async () => {
    const root = join(home, '.mozilla/firefox')
    await start(join(root, 'a'))
    await symlink('a', join(root, 'b'))
    const ini = ['a', 'b', 'c'].map((path, i) => `[Profile${i}]\nPath=${path}\n`).join('')
    await writeText(join(root, 'profiles.ini'), ini)
    expect(await findFirefoxProfiles(home)).toEqual([{ folder: join(root, 'a'), name: 'a' }])
  })

  it('are none without Firefox', async () => {
    expect(await findFirefoxProfiles(home)).toEqual([])
  })
})

describe('an open profile', () => {
  const locks = () => join(home, 'locks')

  it.each(['127.0.1.1:+PID', '127.0.1.1:PID', '[::1]:+PID'])('by its link %s', async (target) => {
    await symlink(target.replace('PID', String(process.pid)), join(home, 'lock'))
    expect(await isProfileOpen(home)).toBe(true)
  })

  it.each(['127.0.1.1:+0', 'nonsense', '127.0.1.1:+', ':+99999999999'])(
    'not by a link %s',
    async (target) => {
      await symlink(target, join(home, 'lock'))
      expect(await isProfileOpen(home)).toBe(false)
    },
  )

  it('not by the link of a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => child.once('close', resolve))
    await symlink(`127.0.1.1:+${child.pid}`, join(home, 'lock'))
    expect(await isProfileOpen(home)).toBe(false)
  })

  it('by the lock that is held on its file, seen from outside of a sandbox', async () => {
    await writeFile(join(home, '.parentlock'), '')
    const { ino } = await stat(join(home, '.parentlock'))
    const line = (inode: number) => `3: POSIX  ADVISORY  WRITE 4242 fd:01:${inode} 0 EOF\n`
    await writeFile(locks(), line(ino + 1))
    expect(await isProfileOpen(home, locks())).toBe(false)
    await writeFile(locks(), line(1) + line(ino))
    expect(await isProfileOpen(home, locks())).toBe(true)
  })

  it('not where neither is, nor where the system tells no locks', async () => {
    expect(await isProfileOpen(home)).toBe(false)
    await mkdir(join(home, '.parentlock'))
    expect(await isProfileOpen(home, locks())).toBe(false)
  })
})
