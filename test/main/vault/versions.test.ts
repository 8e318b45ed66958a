import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { Secret } from '../../../main/platform/secret.ts'
import type { OpenStore } from '../../../main/platform/store.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { createBox, type RecordJson, recordWith, type VaultBox } from './vault-fixture.ts'

const protector = createPassphraseProtector(Secret.of('correct horse'), {
  cost: { n: 16, r: 8, p: 1 },
})
/** Made by the Token Desk that wrote version 1: records `a`, `b` and `c`, each with its secret. */
const OLD = readFileSync(new URL('fixtures/vault-version-1.json', import.meta.url), 'utf8')
const SUSPECT = 'vault.suspect-20261123T120000Z.json'

function boxWith(text: string): VaultBox {
  const box = createBox()
  box.write(text)
  return box
}

function changed(text: string, change: (json: { records: RecordJson[]; version: number }) => void) {
  const json = JSON.parse(text)
  change(json)
  return JSON.stringify(json)
}

describe('a file of version 1', () => {
  it('is brought to this one by the first unlock; the original is kept', async () => {
    const box = boxWith(OLD)
    const { vault, recovery } = await box.open({ protector: null })
    expect(box.list()).toEqual(['vault.json'])
    expect(recovery).toBeNull()
    expect(await vault.unlock(protector)).toBeNull()
    expect(box.list()).toEqual(['vault.json', 'vault.last-good.json', 'vault.version-1.json'])
    expect(box.read('vault.version-1.json')).toBe(OLD)
    expect(box.json()).toMatchObject({ version: 2, revision: 1 })
    for (const id of ['a', 'b', 'c']) {
      expect(vault.secret(id, 'token').expose()).toBe(`secret of ${id}`)
    }
    // Nothing had to be sealed again.
    expect(box.json().records).toEqual(JSON.parse(OLD).records)
    vault.close()
    const again = await box.open({ protector })
    expect(again.recovery).toBeNull()
    expect(again.vault.damagedCount).toBe(0)
    expect(box.json().revision).toBe(1)
  })

  it('is kept as often as it comes back, and never over another one', async () => {
    const box = boxWith(OLD)
    ;(await box.open({ protector })).vault.close()
    const other = changed(OLD, ({ records }) => records.pop())
    for (const text of [OLD, other]) {
      box.write(text)
      ;(await box.open({ protector })).vault.close()
    }
    expect(box.read('vault.version-1.json')).toBe(OLD)
    expect(box.read('vault.version-1-2.json')).toBe(other)
    expect(box.list()).not.toContain('vault.version-1-3.json')
  })

  it('can be the last good one', async () => {
    const box = createBox()
    box.write(OLD, 'vault.last-good.json')
    const { vault, recovery } = await box.open({ protector })
    expect(recovery?.opened).toBe('last-good')
    expect(vault.secret('c', 'token').expose()).toBe('secret of c')
    expect(box.json().version).toBe(2)
  })

  it('opens also where it cannot be written yet', async () => {
    const box = boxWith(OLD)
    const full: OpenStore = (place) => ({
      ...openConfStore(place),
      write() {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' })
      },
    })
    const opened = await box.open({ protector, openStore: full })
    expect(opened.vault.secret('a', 'token').expose()).toBe('secret of a')
    expect(box.read()).toBe(OLD)
    await expect(opened.vault.save({ remove: ['a'] })).rejects.toMatchObject({
      code: 'VAULT_WRITE_FAILED',
    })
  })
})

describe('records that are not as they were saved', () => {
  /** Three saves: `a`; `a` changed and `b`; `c`. */
  async function boxWithHistory() {
    const box = createBox()
    const { vault } = await box.open({ protector })
    await vault.save({ put: [recordWith('a', 'old')] })
    const earlier = box.json()
    await vault.save({ put: [recordWith('a', 'new'), recordWith('b', 'x')] })
    await vault.save({ put: [recordWith('c', 'x')] })
    vault.close()
    return { box, earlier }
  }

  it.each<{ name: string; change: (records: RecordJson[], earlier: RecordJson[]) => void }>([
    { name: 'one is removed', change: (records) => records.splice(1, 1) },
    { name: 'the last one is removed', change: (records) => records.pop() },
    { name: 'all are removed', change: (records) => records.splice(0) },
    {
      name: 'one is rolled back',
      change: (records, [a]) => a && records.splice(0, 1, a),
    },
    { name: 'they are in another order', change: (records) => records.reverse() },
  ])('are said once, and a copy is kept: $name', async ({ change }) => {
    const { box, earlier } = await boxWithHistory()
    const lastGood = box.read('vault.last-good.json')
    box.tamper(({ records }) => change(records, earlier.records))
    const found = box.read()
    const { vault, recovery } = await box.open({ protector })
    const damagedFile = join(box.directory, SUSPECT)
    expect(recovery).toEqual({ opened: 'incomplete', damagedFile })
    expect(box.read(SUSPECT)).toBe(found)
    // The generation before may hold what is missing.
    expect(box.read(`vault.last-good.${SUSPECT.slice('vault.'.length)}`)).toBe(lastGood)
    expect(vault.damagedCount).toBe(0)
    vault.close()
    expect((await box.open({ protector })).recovery).toBeNull()
  })

  it('are said when a removed one is put back', async () => {
    const { box } = await boxWithHistory()
    const { vault } = await box.open({ protector })
    const removed = box.json().records[0]
    await vault.save({ remove: ['a'] })
    vault.close()
    box.tamper(({ records }) => removed && records.unshift(removed))
    expect((await box.open({ protector })).recovery?.opened).toBe('incomplete')
  })

  it.each<{ name: string; change: (json: ReturnType<VaultBox['json']>) => void }>([
    { name: 'another revision', change: (json) => (json.revision += 1) },
    { name: 'no MAC of the list', change: (json) => (json.recordsMac = '') },
    {
      name: 'an older version is claimed',
      change: (json) => {
        json.version = 1
        json.records.pop()
      },
    },
  ])('cannot be hidden by $name', async ({ change }) => {
    const { box } = await boxWithHistory()
    box.tamper(change)
    expect((await box.open({ protector })).recovery?.opened).toBe('incomplete')
  })

  it('are open also where nothing can be written', async () => {
    const { box } = await boxWithHistory()
    box.tamper(({ records }) => records.pop())
    const found = box.read()
    const release = box.locks.takeSync('vault', 0)
    const impatient = { ...box.locks, take: (name: string) => box.locks.take(name, 10) }
    const { vault, recovery } = await box.open({ protector, locks: impatient })
    release()
    expect(recovery).toEqual({
      opened: 'incomplete',
      damagedFile: join(box.directory, 'vault.json'),
    })
    expect(box.read()).toBe(found)
    expect(vault.record('a')).not.toBeNull()
  })
})

describe('generations that were swapped', () => {
  it('loses neither: the newer one is set aside by the next change', async () => {
    const box = createBox()
    const { vault } = await box.open({ protector })
    await vault.save({ put: [recordWith('a', 'x')] })
    await vault.save({ put: [recordWith('b', 'x')] })
    vault.close()
    const [current, lastGood] = [box.read(), box.read('vault.last-good.json')]
    box.write(lastGood)
    box.write(current, 'vault.last-good.json')
    const again = (await box.open({ protector })).vault
    expect(again.records('installation').map(({ id }) => id)).toEqual(['a'])
    await again.save({ put: [recordWith('c', 'x')] })
    expect(box.read('vault.last-good.set-aside-20261123T120000Z.json')).toBe(current)
    expect(box.read('vault.last-good.json')).toBe(lastGood)
  })

  it('sets nothing aside in the ordinary case', async () => {
    const box = createBox()
    for (const id of ['a', 'b', 'c']) {
      const { vault } = await box.open({ protector })
      await vault.save({ put: [recordWith(id, 'x')] })
      await vault.save({ put: [recordWith(id, 'y')] })
      vault.close()
    }
    rmSync(join(box.directory, 'vault.last-good.json'))
    await (await box.open({ protector })).vault.save({ remove: ['a'] })
    expect(box.list()).toEqual(['vault.json', 'vault.last-good.json'])
  })
})
