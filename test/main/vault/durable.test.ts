import * as fs from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import type { OpenStore } from '../../../main/platform/store.ts'
import type { VaultDisk } from '../../../main/vault/vault-folder.ts'
import { createBox, recordWith } from './vault-fixture.ts'

/** Writes down what is asked of the disk, by file names, and fails where it is told to. */
function watchedDisk(fail: (step: string) => string | null = () => null) {
  const steps: string[] = []
  const names = new Map<number, string>()
  const step = (text: string) => {
    const code = fail(text)
    if (code !== null) throw Object.assign(new Error(code), { code, syscall: 'x' })
    steps.push(text)
  }
  const nameOf = (path: fs.PathLike) => basename(String(path)).replace(/^vault-\w{6}$/, 'folder')
  const disk: VaultDisk = {
    ...fs,
    openSync(path, ...rest) {
      const file = fs.openSync(path, ...rest)
      names.set(file, nameOf(path))
      return file
    },
    fsyncSync(file) {
      step(`sync ${names.get(file)}`)
      fs.fsyncSync(file)
    },
    renameSync(from, to) {
      step(`${nameOf(from)} becomes ${nameOf(to)}`)
      fs.renameSync(from, to)
    },
    linkSync(from, to) {
      step(`link ${nameOf(from)} as ${nameOf(to)}`)
      fs.linkSync(from, to)
    },
  }
  const openStore: OpenStore = (place) => {
    const store = openConfStore(place)
    return {
      ...store,
      write(document) {
        step(`write ${place.name}.json`)
        store.write(document)
      },
    }
  }
  return { steps, disk, openStore }
}

function underSnap(): void {
  process.env.SNAP = '/snap/token-desk/1'
  onTestFinished(() => {
    delete process.env.SNAP
  })
}

async function boxWithOne() {
  const box = createBox()
  const { vault } = await box.open()
  await vault.save({ put: [recordWith('a', 'x')] })
  vault.close()
  return box
}

describe.each([
  { name: 'renames', prepare: () => {} },
  { name: 'writes in place', prepare: underSnap },
])('over a store that $name', ({ prepare }) => {
  it('syncs the file before it is the vault, and the folder before a save is done', async () => {
    prepare()
    const box = await boxWithOne()
    const { steps, ...watched } = watchedDisk()
    const { vault } = await box.open(watched)
    await vault.save({ put: [recordWith('b', 'x')] })
    expect(steps).toEqual([
      'write vault.next.json',
      'sync vault.next.json',
      'link vault.json as vault.last-good.next.json',
      'vault.last-good.next.json becomes vault.last-good.json',
      'vault.next.json becomes vault.json',
      'sync folder',
    ])
  })

  it('syncs both generations where it forgets', async () => {
    prepare()
    const box = await boxWithOne()
    const { steps, ...watched } = watchedDisk()
    const { vault } = await box.open(watched)
    await vault.save({ remove: ['a'], forgets: true })
    expect(steps).toEqual([
      'write vault.next.json',
      'sync vault.next.json',
      'sync vault.last-good.next.json',
      'vault.last-good.next.json becomes vault.last-good.json',
      'vault.next.json becomes vault.json',
      'sync folder',
    ])
  })

  it('never writes into vault.json: who has it open reads the old one to the end', async () => {
    prepare()
    const box = await boxWithOne()
    const { vault } = await box.open()
    const before = box.read()
    const file = fs.openSync(`${box.directory}/vault.json`, 'r')
    onTestFinished(() => fs.closeSync(file))
    await vault.save({ put: [recordWith('b', 'x'.repeat(5_000))] })
    expect(fs.readFileSync(file, 'utf8')).toBe(before)
    expect(box.read()).not.toBe(before)
    expect(fs.statSync(`${box.directory}/vault.json`).mode & 0o777).toBe(0o600)
  })
})

it('keeps the vault whole when a store dies in the middle of writing in place', async () => {
  const box = await boxWithOne()
  const dying: OpenStore = (place) => ({
    ...openConfStore(place),
    write(document) {
      const text = JSON.stringify(document)
      fs.writeFileSync(`${place.directory}/${place.name}.json`, text.slice(0, text.length / 2))
      throw new Error('killed')
    },
  })
  const before = box.read()
  const { vault } = await box.open({ openStore: dying })
  await expect(vault.save({ put: [recordWith('b', 'x')] })).rejects.toMatchObject({
    code: 'VAULT_WRITE_FAILED',
  })
  expect(box.read()).toBe(before)
})

it.each(['sync vault.next.json', 'vault.next.json becomes vault.json'])(
  'is as it was when this fails: %s',
  async (failing) => {
    const box = await boxWithOne()
    const before = box.read()
    const watched = watchedDisk((step) => (step === failing ? 'EIO' : null))
    const { vault } = await box.open(watched)
    await expect(vault.save({ remove: ['a'] })).rejects.toMatchObject({
      code: 'VAULT_WRITE_FAILED',
    })
    expect(box.read()).toBe(before)
    expect(vault.record('a')).not.toBeNull()
    expect(box.list().filter((name) => name.includes('next'))).toEqual([])
  },
)

describe('a folder that cannot be synced', () => {
  it.each(['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'])(
    'is none of ours to report: %s',
    async (code) => {
      const box = await boxWithOne()
      const { vault } = await box.open(
        watchedDisk((step) => (step === 'sync folder' ? code : null)),
      )
      await vault.save({ remove: ['a'] })
      expect(vault.record('a')).toBeNull()
    },
  )

  it.each(['EIO', 'ENOSPC', 'EACCES'])('is reported: %s', async (code) => {
    const box = await boxWithOne()
    let fails = true
    const watched = watchedDisk((step) => (fails && step === 'sync folder' ? code : null))
    const { vault } = await box.open(watched)
    await expect(vault.save({ remove: ['a'] })).rejects.toMatchObject({
      code: 'VAULT_WRITE_FAILED',
    })
    fails = false
    // It may be on disk or not: the next change goes on from what is there.
    await vault.save({ put: [recordWith('b', 'x')] })
    expect(box.json().records.map(({ id }) => id)).toEqual(['b'])
    expect(vault.record('a')).toBeNull()
  })
})

it('copies the last good one where files cannot have two names', async () => {
  const box = await boxWithOne()
  const { steps, ...watched } = watchedDisk((step) => (step.startsWith('link ') ? 'EPERM' : null))
  const { vault } = await box.open(watched)
  await vault.save({ put: [recordWith('b', 'x')] })
  expect(steps).toContain('sync vault.last-good.next.json')
  expect(box.json('vault.last-good.json').records.map(({ id }) => id)).toEqual(['a'])
})
