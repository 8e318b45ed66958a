import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { openSettings } from '../../../main/platform/settings.ts'
import { createCollectingLog } from '../oauth/support.ts'

const SECURITY = {
  autoLockMinutes: null,
  lockOnScreenLock: false,
  lockOnSuspend: false,
  asksBeforeSecrets: false,
  clipboardSeconds: 30,
  notifies: true,
}
const DEFAULTS = { theme: 'system', recentEnvFiles: {}, ...SECURITY }

/** A folder whose settings file holds this text; null for none. */
function folderWith(text: string | null) {
  const directory = mkdtempSync(join(tmpdir(), 'settings-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const file = join(directory, 'settings.json')
  if (text !== null) writeFileSync(file, text)
  const open = (log = silentLog) =>
    openSettings(() => openConfStore({ directory, name: 'settings' }), log)
  return { directory, file, open }
}

describe('settings', () => {
  it('begin by removing what killed writes left, and nothing else', () => {
    const { directory, open } = folderWith('{"theme":"dark"}')
    const place = (name: string) => join(directory, name)
    const left = place('settings.json.tmp-6091186606aa567e')
    const others = [
      'settings.json.tmp-6091186607aa567e',
      'other.json.tmp-6091186606aa567e',
      'settings.json.old',
    ]
    for (const path of [left, ...others.map(place)]) writeFileSync(path, '{')
    const before = new Date(Date.now() - 1_500)
    for (const path of [
      left,
      place('other.json.tmp-6091186606aa567e'),
      place('settings.json.old'),
    ]) {
      utimesSync(path, before, before)
    }
    expect(open().get().theme).toBe('dark')
    // The young one may be another process's, which is writing just now.
    expect(readdirSync(directory).sort()).toEqual([...others, 'settings.json'].sort())
  })

  it('keep a change over a restart, and leave the rest', () => {
    const { open } = folderWith(null)
    const first = open()
    expect(first.get()).toEqual(DEFAULTS)
    first.update({ theme: 'dark' })
    first.update({ recentEnvFiles: { one: ['/home/a/.env'] } })
    expect(open().get()).toEqual({
      ...DEFAULTS,
      theme: 'dark',
      recentEnvFiles: { one: ['/home/a/.env'] },
    })
  })

  it.each([
    { name: 'a list', text: '[]' },
    { name: 'nothing', text: 'null' },
    { name: 'a number', text: '7' },
    { name: 'a theme that does not exist', text: '{"theme":"pink"}' },
    { name: 'files of the wrong shape', text: '{"recentEnvFiles":{"one":"/x"}}' },
    { name: 'no JSON', text: '{"theme":' },
    { name: 'an empty file', text: '' },
  ])('count as none for $name, and can be saved again', ({ text }) => {
    const { open } = folderWith(text)
    const settings = open()
    expect(settings.get()).toEqual(DEFAULTS)
    settings.update({ theme: 'light' })
    expect(open().get().theme).toBe('light')
  })

  it('keep what is right beside what is not', () => {
    const { open } = folderWith('{"theme":"dark","recentEnvFiles":7,"more":1}')
    expect(open().get()).toEqual({ ...DEFAULTS, theme: 'dark' })
  })

  it('move a damaged file aside and do not quote it in the log', () => {
    const { directory, file, open } = folderWith('{"theme": words of the file')
    const log = createCollectingLog()
    open(log)
    expect(existsSync(file)).toBe(false)
    expect(readFileSync(join(directory, 'settings.damaged.json'), 'utf8')).toContain('words of')
    expect(log.text()).toContain('settings not read')
    expect(log.text()).not.toContain('words of')
  })

  it('hold until the end where the disk takes no writes', () => {
    const log = createCollectingLog()
    const store = {
      path: 'x',
      read: () => undefined,
      write: () => {
        throw new Error('disk full')
      },
    }
    const settings = openSettings(() => store, log)
    settings.update({ theme: 'dark' })
    expect(settings.get().theme).toBe('dark')
    expect(log.text()).toContain('settings not saved')
  })

  it('hold until the end where the file cannot be opened', () => {
    const settings = openSettings(() => {
      throw Object.assign(new Error('no rights'), { code: 'EACCES' })
    }, silentLog)
    settings.update({ theme: 'dark' })
    expect(settings.get().theme).toBe('dark')
  })
})
