import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createOsLocks } from '../../../main/platform/os-locks.ts'
import type { ProcessLocks } from '../../../main/platform/process-lock.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createKeyringProtector } from '../../../main/vault/keyring-protector.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { startAfresh } from '../../../main/vault/vault.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { builtChild } from '../built-child.ts'
import { createBox, fakeToken, recordWith, type VaultBox } from './vault-fixture.ts'

const cost = { n: 16, r: 8, p: 1 }
const WORDS = 'correct horse'
const passphrase = (text: string) => createPassphraseProtector(Secret.of(text), { cost })
const counting = builtChild(new URL('hammer-child.ts', import.meta.url))

describe('two processes that save at once', () => {
  it('lose nothing of each other', async () => {
    const box = createBox()
    const times = 40
    // Neither makes it alone: the second finds what the first one made.
    const children = ['a', 'b'].map((name) => counting(box.directory, WORDS, name, `${times}`))
    for (const child of children) await child.says('ready')
    for (const child of children) child.process.stdin.write('go on\n')
    for (const child of children) expect(await child.ended()).toBe(0)
    const { vault, recovery } = await box.open({ protector: passphrase(WORDS) })
    expect(recovery).toBeNull()
    for (const [id, count] of [
      ['a', times],
      ['b', times],
      ['shared', 2 * times],
    ] as const) {
      expect(vault.record(id)?.meta).toBe(count)
      expect(vault.secret(id, 'token').expose()).toBe(`${id} ${count}`)
    }
    // One for each save, and one for making it.
    expect(box.json().revision).toBe(2 * times + 1)
    expect(box.list()).toEqual(['vault.json', 'vault.last-good.json'])
  }, 30_000)

  it('do not wait for one that was killed in the middle', async () => {
    const box = createBox()
    const killed = counting(box.directory, WORDS, 'a', '1000000')
    await killed.says('ready')
    const other = counting(box.directory, WORDS, 'b', '30')
    await other.says('ready')
    killed.process.stdin.write('go on\n')
    await killed.says('5')
    other.process.stdin.write('go on\n')
    await other.says('2')
    killed.process.kill('SIGKILL')
    expect(await killed.ended()).toBe('SIGKILL')
    expect(await other.ended()).toBe(0)
    const { vault, recovery } = await box.open({ protector: passphrase(WORDS) })
    expect(recovery).toBeNull()
    const durable = Number(killed.said().trimEnd().split('\n').at(-1))
    const [a, b] = ['a', 'b'].map((id) => Number(vault.record(id)?.meta))
    expect([durable, durable + 1]).toContain(a)
    expect(b).toBe(30)
    expect(vault.record('shared')?.meta).toBe(Number(a) + Number(b))
  }, 30_000)
})

/** The same vault opened twice, as two processes do; each has locks of its own. */
async function openTwice() {
  const box = createBox()
  const one = (await box.open()).vault
  await one.save({ put: [recordWith('a', fakeToken('a')), recordWith('b', fakeToken('b'))] })
  const two = (await box.open({ locks: locksBeside(box) })).vault
  return { box, one, two }
}

function locksBeside(box: VaultBox): ProcessLocks {
  return createOsLocks({ directory: `${box.directory}-locks`, platform: process.platform })
}

const renamed = (id: string, name: string) => ({ id, kind: 'installation', meta: { name } })

describe('what the other process wrote', () => {
  it('is seen by reload and by the next change, and stays', async () => {
    const { box, one, two } = await openTwice()
    await one.save({ put: [renamed('a', 'by one')] })
    expect(two.record('a')?.meta).toEqual({ name: 'a' })
    two.reload()
    expect(two.record('a')?.meta).toEqual({ name: 'by one' })
    await one.save({ put: [renamed('a', 'by one again')] })
    await two.save({ put: [renamed('b', 'by two')] })
    expect(two.record('a')?.meta).toEqual({ name: 'by one again' })
    const again = (await box.open()).vault
    expect(again.records('installation').map(({ meta }) => meta)).toEqual([
      { name: 'by one again' },
      { name: 'by two' },
    ])
    expect(again.secret('a', 'token').expose()).toBe(fakeToken('a'))
  })

  it('is what a change that is asked for under the lock reads', async () => {
    const { one, two } = await openTwice()
    await one.save({ put: [renamed('a', 'x')] })
    await two.save(() => {
      const meta = two.record('a')?.meta
      return { put: [{ id: 'a', kind: 'installation', meta: { ...Object(meta), note: 'n' } }] }
    })
    expect(two.record('a')?.meta).toEqual({ name: 'x', note: 'n' })
  })

  it.each([
    { name: 'changed', act: { put: [renamed('a', 'by one')] } },
    { name: 'removed', act: { remove: ['a'] } },
  ])('is not overwritten by a change that knows nothing of it: $name', async ({ act }) => {
    const { box, one, two } = await openTwice()
    await one.save(act)
    const before = box.read()
    // Both were asked for before either could look.
    const late = [{ put: [renamed('a', 'by two')] }, { remove: ['b', 'a'] }].map((change) =>
      two.save(change),
    )
    for (const saving of late) {
      await expect(saving).rejects.toMatchObject({
        code: 'VAULT_RECORD_CHANGED',
        remedy: 'retry',
      })
    }
    expect(box.read()).toBe(before)
    // Read by now: the user saw it, and says so again.
    await two.save({ put: [renamed('a', 'by two')] })
    expect(two.record('a')?.meta).toEqual({ name: 'by two' })
  })

  it('may be a new record of the same ID', async () => {
    const { one, two } = await openTwice()
    await one.save({ put: [recordWith('c', 'x')] })
    await expect(two.save({ put: [recordWith('c', 'y')] })).rejects.toMatchObject({
      code: 'VAULT_RECORD_CHANGED',
    })
    expect(two.secret('c', 'token').expose()).toBe('x')
  })

  it('may be another protection of the same key: this process goes on', async () => {
    const { box, one, two } = await openTwice()
    await one.protect(passphrase(WORDS))
    await two.save({ put: [renamed('b', 'by two')] })
    expect(two.protection).toBe('passphrase')
    expect(box.json().key.protection).toBe('passphrase')
    await two.verify(passphrase(WORDS))
    two.lock()
    await two.unlock(passphrase(WORDS))
    expect(two.record('b')?.meta).toEqual({ name: 'by two' })
  })

  it('is read by an unlock: a passphrase that was replaced opens nothing', async () => {
    const { one, two } = await openTwice()
    two.lock()
    await one.protect(passphrase(WORDS))
    await expect(two.unlock(passphrase('wrong horse'))).rejects.toMatchObject({
      code: 'VAULT_WRONG_PASSPHRASE',
    })
    await two.unlock(passphrase(WORDS))
    expect(two.isUnlocked).toBe(true)
  })

  it.each(['save', 'reload'] as const)('may be another vault: %s locks', async (act) => {
    const { box, one, two } = await openTwice()
    one.close()
    const place = { directory: box.directory, clock: createFakeClock(), locks: box.locks }
    await startAfresh(place)
    const fresh = (await box.open()).vault
    await fresh.save({ put: [recordWith('new', 'x')] })
    const before = box.read()
    const acting = async () => (act === 'save' ? two.save({ remove: ['a'] }) : two.reload())
    await expect(acting()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(two.isUnlocked).toBe(false)
    expect(box.read()).toBe(before)
    await two.unlock(createKeyringProtector(box.keyring))
    expect(two.record('new')).not.toBeNull()
  })

  it('may be that the vault was put away: nothing brings it back', async () => {
    const { box, one, two } = await openTwice()
    one.close()
    for (const name of readdirSync(box.directory)) rmSync(join(box.directory, name))
    await expect(two.save({ remove: ['a'] })).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(two.isUnlocked).toBe(false)
    expect(box.list()).toEqual([])
  })

  it('may be of a newer Token Desk: it is left alone', async () => {
    const { box, two } = await openTwice()
    box.write(box.read().replace('"version":2', '"version":3'))
    const before = box.read()
    await expect(two.save({ remove: ['a'] })).rejects.toMatchObject({ code: 'VAULT_NEWER_VERSION' })
    expect(box.read()).toBe(before)
    expect(two.record('a')).not.toBeNull()
  })

  it('is made only once, by two that begin', async () => {
    const box = createBox()
    const one = (await box.open({ protector: null })).vault
    const two = (await box.open({ protector: null, locks: locksBeside(box) })).vault
    const protector = createKeyringProtector(box.keyring)
    await Promise.all([one.unlock(protector), two.unlock(protector)])
    await one.save({ put: [recordWith('a', 'x')] })
    await two.save({ put: [recordWith('b', 'y')] })
    expect(two.secret('a', 'token').expose()).toBe('x')
    one.reload()
    expect(one.secret('b', 'token').expose()).toBe('y')
  })
})

describe('a file that was damaged while it is open', () => {
  it.each([
    { name: 'cut', damage: (text: string) => text.slice(0, -9), as: 'damaged' },
    {
      name: 'without a record',
      damage: (text: string) => {
        const json = JSON.parse(text)
        json.records.pop()
        return JSON.stringify(json)
      },
      as: 'suspect',
    },
  ])('is kept, and nothing is lost by it: $name', async ({ damage, as }) => {
    const { box, one } = await openTwice()
    const damaged = damage(box.read())
    box.write(damaged)
    one.reload()
    expect(one.record('b')).not.toBeNull()
    await one.save({ put: [recordWith('c', 'x')] })
    expect(box.read(`vault.${as}-20261123T120000Z.json`)).toBe(damaged)
    const again = await box.open()
    expect(again.recovery).toBeNull()
    expect(again.vault.records('installation').map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('is written again where it is simply gone', async () => {
    const { box, one } = await openTwice()
    rmSync(join(box.directory, 'vault.json'))
    await one.save({ put: [recordWith('c', 'x')] })
    expect(box.json().records.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('is no earlier file that somebody put back: what is known goes on, and the copy is kept', async () => {
    const { box, one } = await openTwice()
    const earlier = box.read()
    await one.save({ remove: ['b'], forgets: true })
    await one.save({ put: [recordWith('c', fakeToken('c'))] })
    box.write(earlier)
    one.reload()
    expect(one.record('b')).toBe(null)
    await one.save({ put: [renamed('a', 'by one')] })
    expect(box.json().records.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(one.secret('c', 'token').expose()).toBe(fakeToken('c'))
    const suspect = box.list().filter((name) => name.startsWith('vault.suspect-'))
    expect(suspect.map((name) => box.read(name))).toEqual([earlier])
  })

  it('goes on from the last good one, where that is newer than what this process knew', async () => {
    const { box, one, two } = await openTwice()
    await one.save({ put: [recordWith('c', 'x')] })
    await one.save({ put: [recordWith('d', 'x')] })
    box.write('')
    await two.save({ put: [recordWith('e', 'x')] })
    expect(box.json().records.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'e'])
  })
})

describe('the lock', () => {
  /** Counts how often the system was asked, and says busy while told to. */
  function counted(locks: ProcessLocks) {
    const counts = { sync: 0, later: 0 }
    const watched: ProcessLocks = {
      takeSync(name, limitMs) {
        counts.sync += 1
        return locks.takeSync(name, limitMs)
      },
      take(name, limitMs) {
        counts.later += 1
        return locks.take(name, limitMs)
      },
    }
    return { counts, watched }
  }

  it('is kept over changes in a row, and given back at a lock', async () => {
    const box = createBox()
    ;(await box.open()).vault.close()
    const { counts, watched } = counted(locksBeside(box))
    const { vault } = await box.open({ locks: watched })
    for (let count = 0; count < 30; count += 1) await vault.save({ put: [recordWith('a', 'x')] })
    // Not once alone where the machine is slow: others may wait for it.
    expect(counts.sync).toBeLessThan(10)
    expect(counts.later).toBe(0)
    expect(() => box.locks.takeSync('vault', 0)).toThrow()
    vault.lock()
    box.locks.takeSync('vault', 0)()
  })

  it('comes free by itself, also while changes go on', async () => {
    const box = createBox()
    const { vault } = await box.open()
    const other = locksBeside(box)
    await vault.save({ put: [recordWith('a', 'x')] })
    ;(await other.take('vault', 5_000))()
    let goesOn = true
    const saving = (async () => {
      while (goesOn) {
        await vault.save({ put: [recordWith('b', 'x')] })
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    const release = await other.take('vault', 5_000)
    goesOn = false
    release()
    await saving
    expect(vault.record('b')).not.toBeNull()
  })

  it('lets changes wait in their order, and a lock ends them', async () => {
    const box = createBox()
    const { vault } = await box.open()
    vault.lock()
    await vault.unlock(createKeyringProtector(box.keyring))
    const release = locksBeside(box).takeSync('vault', 0)
    onTestFinished(release)
    const order: string[] = []
    const put = (id: string) => () => {
      order.push(id)
      return { put: [recordWith(id, 'x')] }
    }
    const saving = ['a', 'b', 'c'].map((id) => vault.save(put(id)))
    expect(order).toEqual([])
    release()
    await Promise.all(saving)
    expect(order).toEqual(['a', 'b', 'c'])
    vault.lock()
    await vault.unlock(createKeyringProtector(box.keyring))
    const again = locksBeside(box).takeSync('vault', 0)
    const late = vault.save(put('d'))
    vault.lock()
    again()
    await expect(late).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(order).toEqual(['a', 'b', 'c'])
    expect(box.json().records.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('says that it is busy when nobody gives it back', async () => {
    const box = createBox()
    ;(await box.open()).vault.close()
    const real = locksBeside(box)
    const impatient: ProcessLocks = { ...real, take: (name) => real.take(name, 20) }
    const { vault } = await box.open({ locks: impatient })
    const release = box.locks.takeSync('vault', 0)
    onTestFinished(release)
    await expect(vault.save({ put: [recordWith('a', 'x')] })).rejects.toMatchObject({
      code: 'VAULT_BUSY',
    })
    expect(vault.record('a')).toBeNull()
    release()
    await vault.save({ put: [recordWith('a', 'x')] })
  })

  it('guards what looks like leftovers: they may be another process at work', async () => {
    const box = createBox()
    ;(await box.open()).vault.close()
    const release = locksBeside(box).takeSync('vault', 0)
    onTestFinished(release)
    box.write('{"half', 'vault.next.json')
    ;(await box.open()).vault.close()
    expect(box.read('vault.next.json')).toBe('{"half')
    release()
    await box.open()
    expect(box.list()).not.toContain('vault.next.json')
  })

  it('is held to the end of a change in which the vault is locked', async () => {
    const box = createBox()
    const { vault } = await box.open()
    const before = box.read()
    const saving = vault.save(() => {
      vault.lock()
      expect(() => locksBeside(box).takeSync('vault', 0)).toThrow()
      return { put: [recordWith('a', 'x')] }
    })
    await expect(saving).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    locksBeside(box).takeSync('vault', 0)()
    expect(box.read()).toBe(before)
  })

  it('holds a change that asks for another one', async () => {
    const box = createBox()
    const { vault } = await box.open()
    let inner: Promise<void> | null = null
    await vault.save(() => {
      inner = vault.save({ put: [recordWith('inner', 'x')] })
      expect(() => locksBeside(box).takeSync('vault', 0)).toThrow()
      return { put: [recordWith('outer', 'x')] }
    })
    await inner
    expect(box.json().records.map(({ id }) => id)).toEqual(['inner', 'outer'])
  })
})

it('writes nothing for an empty change', async () => {
  const { box, one } = await openTwice()
  const before = box.read()
  await one.save({})
  await one.save(() => ({ put: [], remove: [] }))
  expect(box.read()).toBe(before)
})
