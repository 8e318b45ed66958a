import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint } from '../../../scripts/lib/fingerprint.mjs'

let folder = ''
const take = () => fingerprint(['src', 'lock', 'absent'], folder)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fingerprint-'))
  mkdirSync(join(folder, 'src/deep'), { recursive: true })
  writeFileSync(join(folder, 'src/deep/a.ts'), 'a')
  writeFileSync(join(folder, 'lock'), 'lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('fingerprint', () => {
  it('stays while nothing changes', async () => {
    expect(await take()).toBe(await take())
  })

  it.each([
    ['a file grows', () => writeFileSync(join(folder, 'src/deep/a.ts'), 'aa')],
    ['a file is written again', () => utimesSync(join(folder, 'src/deep/a.ts'), 1, 1)],
    ['a file is added', () => writeFileSync(join(folder, 'src/b.ts'), '')],
    ['a file is removed', () => rmSync(join(folder, 'src/deep/a.ts'))],
    ['a missing one appears', () => writeFileSync(join(folder, 'absent'), '')],
  ])('changes when %s', async (_name, change) => {
    const before = await take()
    change()
    expect(await take()).not.toBe(before)
  })
})
