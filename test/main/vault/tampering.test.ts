import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { createBox, fakeToken, type RecordJson } from './vault-fixture.ts'

const damaged = expect.objectContaining({ code: 'VAULT_RECORD_DAMAGED' })

/** A record as installations keep theirs: where its tokens are sent, and which secret is which. */
function workspace(id: string) {
  return {
    id,
    kind: 'installation',
    meta: { name: id, environment: { kind: 'slack' }, credentials: [{ id: 'bot' }], expires: null },
    secrets: {
      bot: Secret.of(fakeToken(`${id}bot`)),
      'bot#refresh': Secret.of(fakeToken(`${id}refresh`)),
    },
  }
}

async function boxWithTwo() {
  const box = createBox()
  const { vault } = await box.open()
  await vault.save({ put: [workspace('a'), workspace('b')] })
  vault.close()
  return box
}

type Change = (a: RecordJson, b: RecordJson) => void
interface Row {
  readonly name: string
  readonly change: Change
  /** Records that are not fine afterwards; `a` alone unless said. */
  readonly bad?: readonly string[]
  /** The list of records is not as it was written either. */
  readonly isIncomplete?: boolean
}

const rows: Row[] = [
  {
    name: 'another host for the token',
    change: (a) => {
      const environment = { kind: 'custom', baseUrl: 'https://evil.example' }
      a.meta = { ...Object(a.meta), environment }
    },
  },
  {
    name: 'swapped metadata',
    change: (a, b) => {
      const { meta } = a
      a.meta = b.meta
      b.meta = meta
    },
    bad: ['a', 'b'],
  },
  {
    name: 'a credential that is called like another secret',
    change: (a) => {
      a.meta = { ...Object(a.meta), credentials: [{ id: 'bot#refresh' }] }
    },
  },
  {
    name: 'swapped secrets of one record',
    change: (a) => {
      const { bot = '', 'bot#refresh': refresh = '' } = a.secrets
      a.secrets = { bot: refresh, 'bot#refresh': bot }
    },
  },
  {
    name: 'a secret that is gone',
    change: (a) => {
      delete a.secrets['bot#refresh']
    },
  },
  {
    name: 'a secret that was added',
    change: (a, b) => {
      a.secrets.other = b.secrets.bot ?? ''
    },
  },
  {
    name: 'a damaged secret',
    change: (a) => {
      a.secrets.bot = `A${a.secrets.bot?.slice(1)}=`
    },
  },
  {
    name: 'another kind',
    change: (a) => {
      a.kind = 'slack-app'
    },
  },
  {
    name: 'swapped IDs',
    change: (a, b) => {
      a.id = 'b'
      b.id = 'a'
    },
    bad: ['a', 'b'],
    isIncomplete: true,
  },
  {
    name: 'the MAC of another record',
    change: (a, b) => {
      a.mac = b.mac ?? ''
    },
    isIncomplete: true,
  },
  {
    name: 'no MAC',
    change: (a) => {
      delete a.mac
    },
    isIncomplete: true,
  },
  {
    name: 'a MAC that is cut',
    change: (a) => {
      a.mac = a.mac?.slice(0, 8) ?? ''
    },
    isIncomplete: true,
  },
  {
    name: 'metadata that says nothing',
    change: (a) => {
      a.meta = null
    },
  },
]

describe('a record that was changed without the key', () => {
  it.each(rows)('is not handed out: $name', async ({ change, bad = ['a'], isIncomplete }) => {
    const box = await boxWithTwo()
    box.tamper(({ records: [a, b] }) => a && b && change(a, b))
    const { vault, recovery } = await box.open()
    expect(recovery?.opened).toBe(isIncomplete ? 'incomplete' : undefined)
    const fine = ['a', 'b'].filter((id) => !bad.includes(id))
    expect(vault.records('installation').map(({ id }) => id)).toEqual(fine)
    expect(vault.records('slack-app')).toEqual([])
    expect(vault.damagedCount).toBe(bad.length)
    for (const id of bad) {
      expect(() => vault.record(id)).toThrow(damaged)
      for (const field of ['bot', 'bot#refresh', 'other']) {
        expect(() => vault.secret(id, field)).toThrow(damaged)
      }
    }
    for (const id of fine) {
      expect(vault.secret(id, 'bot').expose()).toBe(fakeToken(`${id}bot`))
    }
  })

  it.each(rows)('stays in the file as it is: $name', async ({ change, bad = ['a'] }) => {
    const box = await boxWithTwo()
    box.tamper(({ records: [a, b] }) => a && b && change(a, b))
    const kept = () => box.json().records.filter(({ id }) => bad.includes(id))
    const before = kept()
    const { vault } = await box.open()
    await vault.save({ put: [workspace('c')] })
    await expect(vault.save({ put: [workspace('a')] })).rejects.toMatchObject({
      code: 'VAULT_RECORD_DAMAGED',
    })
    expect(kept()).toMatchObject(before)
    expect(vault.damagedCount).toBe(bad.length)
    vault.close()
    expect((await box.open()).vault.damagedCount).toBe(bad.length)
  })

  it('can be replaced as a whole, by who says so', async () => {
    const box = await boxWithTwo()
    box.tamper(({ records: [a] }) => delete a?.mac)
    const { vault } = await box.open()
    await vault.save({ remove: ['a'], put: [{ id: 'a', kind: 'installation', meta: 1 }] })
    expect(vault.damagedCount).toBe(0)
    expect(vault.record('a')).toMatchObject({ meta: 1, secretFields: [] })
  })

  it('is found in a vault of another key', async () => {
    const [box, other] = [await boxWithTwo(), await boxWithTwo()]
    const foreign = other.json().records[0]
    box.tamper(({ records }) => foreign && records.splice(0, 1, foreign))
    const { vault } = await box.open()
    expect(() => vault.record('a')).toThrow(damaged)
  })

  it('cannot hide behind a spelling that reads as one value and writes as another', async () => {
    const box = await boxWithTwo()
    const text = JSON.stringify(box.json())
    box.write(text.replaceAll('"expires":null', '"expires":1e999'))
    const { vault } = await box.open()
    expect(vault.record('a')?.meta).toMatchObject({ expires: null })
  })

  it('is told also where it is nested too deep to be spelled', async () => {
    const box = await boxWithTwo()
    const depth = 200_000
    const text = JSON.stringify(box.json())
    box.write(text.replace('"expires":null', `"expires":${'['.repeat(depth)}${']'.repeat(depth)}`))
    const { vault } = await box.open()
    expect(vault.damagedCount).toBe(1)
    expect(vault.secret('b', 'bot').expose()).toBe(fakeToken('bbot'))
  })
})

it('vouches for a record over a restart, whatever the order of its secrets in the file', async () => {
  const box = await boxWithTwo()
  box.tamper(({ records: [a] }) => {
    if (a) a.secrets = Object.fromEntries(Object.entries(a.secrets).reverse())
  })
  const { vault } = await box.open()
  expect(vault.damagedCount).toBe(0)
  await vault.save({ put: [{ ...workspace('a'), secrets: { extra: Secret.of('x') } }] })
  vault.close()
  const again = (await box.open()).vault
  expect(again.damagedCount).toBe(0)
  expect(again.record('a')?.secretFields).toEqual(['bot', 'bot#refresh', 'extra'])
})
