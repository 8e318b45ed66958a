import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { emptyDataFolder, removeDataFolder } from '../../../main/workspaces/data-folder.ts'

/** What the app and Chromium were seen to make. */
const OURS = [
  'vault.json',
  'vault.last-good.json',
  'vault.next.json.tmp-1234abc',
  'vault.damaged-20261201T003420Z.json',
  'vault.damaged-20261201T003420Z-2.json',
  'vault.last-good.set-aside-20261201T003420Z.json',
  'vault.suspect-20261201T003420Z.json',
  'vault.version-1.json',
  'settings.json',
  'settings.damaged.json',
  'activity.jsonl',
  'activity-00000000-0000-4000-8000-000000000000.tmp',
  'logs/token-desk.log',
  'logs/token-desk.log.1',
  'locks/vault.lock',
  'pending-writes/0123456789abcdef0123456789abcdef.json',
  'practice/practice.json',
  'practice/practice.json.tmp',
  'practice/practice.json.damaged-1796085296000',
]
const CHROMIUM = [
  'Local State',
  'Preferences',
  'Network Persistent State',
  'Cache/Cache_Data/data_0',
  'Code Cache/js/index-dir/the-real-index',
  'Local Storage/leveldb/LOCK',
  'Network/Cookies-journal',
  'Crashpad/client_id',
  'blob_storage/d71b60d0/x',
  'Shared Dictionary/db',
]

function createFolder(files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'data-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), file)
  }
  return folder
}

describe('the data folder', () => {
  it('is emptied of all that the app and Chromium make', () => {
    const folder = createFolder([...OURS, ...CHROMIUM])
    expect(emptyDataFolder(folder)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps every file of somebody else, and names it', () => {
    const others = [
      '.env',
      'notes.txt',
      'vault.json.txt~',
      'my-vault.json',
      'vault-keys.json',
      'activity.json',
      'Cache/mine.txt',
      'logs/nginx.log',
      'practice/lesson.md',
      'locks/door.txt',
      'Network/plan.md',
      'src/vault.json',
    ]
    const folder = createFolder([...others, ...OURS, ...CHROMIUM])
    const left = emptyDataFolder(folder)
    expect(left).toEqual([...new Set(others.map((name) => name.split('/')[0] ?? ''))].sort())
    for (const name of others) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(name)
    for (const name of OURS) expect(existsSync(join(folder, name)), name).toBe(false)
    expect(emptyDataFolder(folder)).toEqual(left)
  })

  it('follows no link out of it', () => {
    const outside = createFolder(['token-desk.log', 'practice.json', 'Cache_Data/x', 'vault.json'])
    const folder = createFolder([])
    for (const name of ['logs', 'practice', 'Cache', 'Local Storage', 'Partitions']) {
      symlinkSync(outside, join(folder, name))
    }
    symlinkSync(join(outside, 'vault.json'), join(folder, 'vault.json'))
    mkdirSync(join(folder, 'Crashpad'))
    symlinkSync(outside, join(folder, 'Crashpad/reports'))
    symlinkSync(outside, join(folder, 'mine'))
    expect(emptyDataFolder(folder)).toEqual(['mine'])
    expect(lstatSync(join(folder, 'mine')).isSymbolicLink()).toBe(true)
    expect(readdirSync(outside).sort()).toEqual([
      'Cache_Data',
      'practice.json',
      'token-desk.log',
      'vault.json',
    ])
    expect(readdirSync(join(outside, 'Cache_Data'))).toEqual(['x'])
  })

  it('leaves the running app its lock until the end, and then goes itself', () => {
    const folder = createFolder(['vault.json', 'SingletonLock'])
    expect(emptyDataFolder(folder)).toEqual([])
    expect(readdirSync(folder)).toEqual(['SingletonLock'])
    removeDataFolder(folder)
    expect(existsSync(folder)).toBe(false)
    // A second time there is nothing to do.
    removeDataFolder(folder)
    expect(emptyDataFolder(folder)).toEqual([])
  })

  it('stays where somebody else has a file in it', () => {
    const folder = createFolder(['vault.json', 'notes.txt'])
    removeDataFolder(folder)
    expect(readdirSync(folder)).toEqual(['notes.txt'])
  })
})
