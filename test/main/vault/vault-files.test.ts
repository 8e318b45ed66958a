import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import type { OpenStore } from '../../../main/platform/store.ts'
import { createBox, fakeToken, recordWith, type VaultBox } from './vault-fixture.ts'

const DAMAGED = 'vault.damaged-20261123T120000Z.json'

/** Two generations: `a` in both, `b` in the current one alone. */
async function boxWithTwoGenerations(): Promise<VaultBox> {
  const box = createBox()
  const { vault } = await box.open()
  await vault.save({ put: [recordWith('a', fakeToken('a'))] })
  await vault.save({ put: [recordWith('b', fakeToken('b'))] })
  vault.close()
  return box
}

const damages: { name: string; damage: (text: string) => string }[] = [
  { name: 'empty', damage: () => '' },
  { name: 'truncated', damage: (text) => text.slice(0, text.length / 2) },
  { name: 'not JSON', damage: () => 'PK\u0003\u0004' },
  { name: 'zeros', damage: (text) => '\0'.repeat(text.length) },
  { name: 'an array', damage: () => '[]' },
  { name: 'null', damage: () => 'null' },
  { name: 'another format', damage: (text) => text.replace('token-desk-vault', 'x') },
  {
    name: 'an older version that never was',
    damage: (t) => t.replace('"version":2', '"version":0'),
  },
  { name: 'no key', damage: (text) => text.replace('"key":', '"keys":') },
  { name: 'records no list', damage: (text) => text.replace('"records":[', '"records":{},"x":[') },
  { name: 'the same record twice', damage: (text) => text.replace('"id":"b"', '"id":"a"') },
  { name: 'a secret that is no text', damage: (t) => t.replace(/"token":"[^"]*"/, '"token":1') },
]

describe('a damaged file', () => {
  it.each(damages)('is kept aside and the last good one opened: $name', async ({ damage }) => {
    const box = await boxWithTwoGenerations()
    const damaged = damage(box.read())
    box.write(damaged)
    const { vault, recovery } = await box.open()
    const damagedFile = join(box.directory, DAMAGED)
    expect(recovery).toEqual({ opened: 'last-good', damagedFile })
    expect(readFileSync(damagedFile, 'utf8')).toBe(damaged)
    expect(vault.secret('a', 'token').expose()).toBe(fakeToken('a'))
    expect(vault.record('b')).toBeNull()
    vault.close()
    expect((await box.open()).recovery).toBeNull()
  })

  it.each(damages)('is kept aside and an empty vault opened when both are: $name', async (row) => {
    const box = await boxWithTwoGenerations()
    const damaged = row.damage(box.read())
    box.write(damaged)
    box.write('', 'vault.last-good.json')
    const { vault, recovery } = await box.open()
    expect(recovery).toEqual({ opened: 'empty', damagedFile: join(box.directory, DAMAGED) })
    expect(vault.records('installation')).toEqual([])
    await vault.save({ put: [recordWith('c', 'x')] })
    expect(box.read(DAMAGED)).toBe(damaged)
    expect(box.read('vault.last-good.damaged-20261123T120000Z.json')).toBe('')
  })

  it('never takes the place of another damaged file', async () => {
    const box = await boxWithTwoGenerations()
    box.write('first')
    ;(await box.open()).vault.close()
    box.write('second')
    const { recovery } = await box.open()
    const second = 'vault.damaged-20261123T120000Z-2.json'
    expect(recovery?.damagedFile).toBe(join(box.directory, second))
    expect([box.read(DAMAGED), box.read(second)]).toEqual(['first', 'second'])
  })

  it('brings the last good one back when the file is gone', async () => {
    const box = await boxWithTwoGenerations()
    rmSync(join(box.directory, 'vault.json'))
    const { vault, recovery } = await box.open()
    expect(recovery).toEqual({ opened: 'last-good', damagedFile: box.directory })
    expect(vault.record('a')).not.toBeNull()
  })

  it('reads a file that an editor gave a byte order mark', async () => {
    const box = await boxWithTwoGenerations()
    box.write(`\uFEFF${box.read()}`)
    const { vault, recovery } = await box.open()
    expect(recovery).toBeNull()
    expect(vault.record('b')).not.toBeNull()
  })
})

describe('a file that is not ours to touch', () => {
  it.each([
    { name: 'newer', file: 'vault.json', other: 'vault.last-good.json' },
    { name: 'newer behind a damaged one', file: 'vault.last-good.json', other: 'vault.json' },
  ])('is left alone: $name', async ({ file, other }) => {
    const box = await boxWithTwoGenerations()
    box.write(box.read(file).replace('"version":2', '"version":3'), file)
    if (other === 'vault.json') box.write('{', other)
    const before = box.list().map((name) => box.read(name))
    await expect(box.open()).rejects.toMatchObject({ code: 'VAULT_NEWER_VERSION', remedy: 'quit' })
    expect(box.list().map((name) => box.read(name))).toEqual(before)
  })

  it('is left alone when it cannot be read', async () => {
    const box = createBox()
    mkdirSync(join(box.directory, 'vault.json'))
    await expect(box.open()).rejects.toMatchObject({ code: 'VAULT_UNREADABLE' })
    expect(box.list()).toEqual(['vault.json'])
  })
})

// A pipe would be read for ever without this; a device tells that nothing was read without making a test wait.
describe('what is no ordinary file', () => {
  it('is left where it is, and the vault is not opened', async () => {
    const box = createBox()
    symlinkSync('/dev/null', join(box.directory, 'vault.json'))
    await expect(box.open()).rejects.toMatchObject({ code: 'VAULT_UNREADABLE' })
    expect(box.list()).toEqual(['vault.json'])
  })

  it('stands in the way of no save and of no removal', async () => {
    const box = createBox()
    const { vault } = await box.open()
    await vault.save({ put: [recordWith('a', fakeToken('a'))] })
    for (const name of ['vault.last-good.json', 'vault.damaged-1.json']) {
      rmSync(join(box.directory, name), { force: true })
      execFileSync('mkfifo', [join(box.directory, name)])
    }
    vault.close()
    const again = (await box.open()).vault
    await again.save({ remove: ['a'], forgets: true })
    expect(again.record('a')).toBeNull()
    expect(box.json('vault.last-good.json').records).toEqual([])
  })
})

describe('writing', () => {
  it('leaves the generation before it', async () => {
    const box = await boxWithTwoGenerations()
    expect(box.json('vault.last-good.json').records.map((r) => r.id)).toEqual(['a'])
    expect(box.json().records.map((r) => r.id)).toEqual(['a', 'b'])
  })

  it.each([
    { name: 'before anything is written', write: () => {} },
    { name: 'in the middle', write: (path: string, box: VaultBox) => box.write('{"fo', path) },
  ])('keeps the old one when the disk fails $name', async ({ write }) => {
    const box = await boxWithTwoGenerations()
    const full: OpenStore = (place) => ({
      ...openConfStore(place),
      write() {
        write('vault.next.json', box)
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'write' })
      },
    })
    const { vault } = await box.open({ openStore: full })
    const before = [box.read(), box.read('vault.last-good.json')]
    await expect(vault.save({ remove: ['a'] })).rejects.toMatchObject({
      code: 'VAULT_WRITE_FAILED',
    })
    expect(vault.record('a')).not.toBeNull()
    expect([box.read(), box.read('vault.last-good.json')]).toEqual(before)
    expect(box.list()).toEqual(['vault.json', 'vault.last-good.json'])
  })

  it('goes on after a crash between its two renames, and clears what was left', async () => {
    const box = await boxWithTwoGenerations()
    rmSync(join(box.directory, 'vault.last-good.json'))
    linkSync(join(box.directory, 'vault.json'), join(box.directory, 'vault.last-good.json'))
    for (const left of [
      'vault.next.json',
      'vault.next.json.tmp-1234567890abcdef',
      'vault.last-good.next.json',
    ]) {
      box.write('{"half', left)
    }
    const { vault, recovery } = await box.open()
    expect(recovery).toBeNull()
    await vault.save({ remove: ['b'] })
    expect(box.list()).toEqual(['vault.json', 'vault.last-good.json'])
    expect(box.json('vault.last-good.json').records.map((r) => r.id)).toEqual(['a', 'b'])
    expect(box.json().records.map((r) => r.id)).toEqual(['a'])
  })
})
