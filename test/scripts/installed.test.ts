import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installedRuntime, overriddenRuntime } from '../../scripts/runtime/installed.mjs'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installed-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function lay(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const WHOLE = {
  'package.json': '{"version":"45.4.1"}',
  'path.txt': 'electron',
  'dist/version': '45.4.1',
  'dist/electron': '',
}

describe('installedRuntime', () => {
  it('finds what the installer finished', () => {
    lay(WHOLE)
    expect(installedRuntime(folder)).toEqual({
      executable: join(folder, 'dist', 'electron'),
      version: '45.4.1',
    })
  })

  it.each([
    { name: 'cut short before its last file', without: 'path.txt' },
    { name: 'without a version', without: 'dist/version' },
    { name: 'whose program was removed', without: 'dist/electron' },
  ])('takes no download $name', ({ without }) => {
    lay(Object.fromEntries(Object.entries(WHOLE).filter(([path]) => path !== without)))
    lay({ 'package.json': WHOLE['package.json'] })
    expect(installedRuntime(folder)).toBeNull()
  })

  it('takes no download of another version', () => {
    lay({ ...WHOLE, 'dist/version': 'v44.0.0' })
    expect(installedRuntime(folder)).toBeNull()
  })
})

describe('overriddenRuntime', () => {
  it.each([{}, { ELECTRON_OVERRIDE_DIST_PATH: '' }])('is nothing when it is not set: %j', (env) => {
    expect(overriddenRuntime(env, 'linux')).toBeNull()
  })

  it.each([
    ['linux', 'electron'],
    ['win32', 'electron.exe'],
    ['darwin', 'Electron.app/Contents/MacOS/Electron'],
  ] as const)('finds the program of %s', (platform, program) => {
    lay({ version: 'v44.1.0\n', [program]: '' })
    expect(overriddenRuntime({ ELECTRON_OVERRIDE_DIST_PATH: folder }, platform)).toEqual({
      executable: join(folder, program),
      version: '44.1.0',
    })
  })

  it('says so when there is no Electron in it, instead of taking another', () => {
    const find = () => overriddenRuntime({ ELECTRON_OVERRIDE_DIST_PATH: folder }, 'linux')
    expect(find).toThrow(expect.objectContaining({ code: 'OVERRIDE_NOT_FOUND' }))
  })
})
