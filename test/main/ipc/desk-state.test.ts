import { describe, expect, it, vi } from 'vitest'
import type { Snapshot } from '../../../main/contract/views.ts'
import { openDeskState } from '../../../main/ipc/desk-state.ts'
import { type Log, silentLog } from '../../../main/platform/log.ts'
import { VaultLocked } from '../../../main/vault/errors.ts'
import { createChanges } from '../../../main/workspaces/changes.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

const VAULT: Snapshot['vault'] = {
  state: 'ready',
  protection: 'keyring',
  failure: null,
  lockedBy: null,
  retryAtMs: null,
  recovery: null,
  unreadableCount: 0,
}
const FULL = {
  info: { version: '1' },
  vault: VAULT,
  slackApps: [{ id: 'app' }],
  installations: [{ id: 'workspace' }],
  authorizations: [{ id: 'authorization' }],
  checking: null,
} as unknown as Snapshot

function start() {
  const state: { snapshot: Snapshot } = { snapshot: FULL }
  const read = <K extends keyof Snapshot>(slice: K) => vi.fn(() => state.snapshot[slice])
  const sources = {
    info: read('info'),
    vault: read('vault'),
    slackApps: read('slackApps'),
    installations: read('installations'),
    authorizations: read('authorizations'),
    configurationTokens: read('configurationTokens'),
    checking: read('checking'),
    security: read('security'),
  }
  const changes = createChanges()
  const sent: Partial<Snapshot>[] = []
  const logged: { event: string; slice: unknown }[] = []
  const log: Log = {
    ...silentLog,
    error: (event, fields) => void logged.push({ event, slice: fields?.slice }),
  }
  const clock = createFakeClock()
  const send = (slices: Partial<Snapshot>) => void sent.push(slices)
  const desk = openDeskState({ sources, changes, send, clock, log })
  const lock = (vault: Snapshot['vault']['state']) => {
    state.snapshot = { ...FULL, vault: { ...VAULT, state: vault } }
  }
  const runs = (checking: Snapshot['checking']) => {
    state.snapshot = { ...FULL, checking }
  }
  return { sources, changes, sent, desk, lock, logged, clock, runs }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

describe('the state of the desk', () => {
  it('is whole when it is asked for', () => {
    expect(start().desk.snapshot()).toEqual(FULL)
  })

  it('sends a changed slice alone, once for all changes of a turn', async () => {
    const { changes, sent, sources } = start()
    for (let count = 0; count < 100; count += 1) changes.tell('installations')
    changes.tell('info')
    expect(sent).toEqual([])
    await nextTurn()
    expect(sent).toEqual([{ installations: FULL.installations, info: FULL.info }])
    expect(sources.installations).toHaveBeenCalledOnce()
    expect(sources.slackApps).not.toHaveBeenCalled()
  })

  it('sends the next change in a message of its own', async () => {
    const { changes, sent } = start()
    changes.tell('slackApps')
    await nextTurn()
    changes.tell('authorizations')
    await nextTurn()
    expect(sent.map((slices) => Object.keys(slices))).toEqual([['slackApps'], ['authorizations']])
  })

  it('sends what is true when it is sent, not when it was told', async () => {
    const { changes, sent, lock } = start()
    changes.tell('installations')
    lock('locked')
    await nextTurn()
    expect(sent).toEqual([{ installations: [] }])
  })

  it('sends everything that is read from the vault when that opened', async () => {
    const { changes, sent } = start()
    changes.tell('vault')
    await nextTurn()
    const { info: _, ...fromVault } = FULL
    expect(sent).toEqual([fromVault])
  })

  it.each(['opening', 'locked', 'choose-passphrase', 'blocked'] as const)(
    'shows no name and reads no record while the vault is %s',
    async (state) => {
      const { desk, changes, sent, lock, sources } = start()
      lock(state)
      changes.tell('vault')
      await nextTurn()
      const empty = { slackApps: [], installations: [], authorizations: [] }
      expect(sent).toMatchObject([empty])
      expect(desk.snapshot()).toMatchObject(empty)
      expect(sources.installations).not.toHaveBeenCalled()
    },
  )

  it('counts a vault that locks while it is read as locked, and hides no defect', () => {
    const { desk, sources } = start()
    sources.installations.mockImplementation(() => {
      throw new VaultLocked()
    })
    expect(desk.snapshot().installations).toEqual([])
    sources.installations.mockImplementation(() => {
      throw new TypeError('a defect')
    })
    expect(() => desk.snapshot()).toThrow(TypeError)
  })

  it('sends the other slices when one cannot be read, and logs which', async () => {
    const { sources, changes, sent, logged } = start()
    sources.installations.mockImplementation(() => {
      throw new TypeError('a defect')
    })
    changes.tell('installations')
    await nextTurn()
    expect(sent).toEqual([])
    changes.tell('installations')
    changes.tell('slackApps')
    await nextTurn()
    expect(sent).toEqual([{ slackApps: FULL.slackApps }])
    expect(logged).toEqual(Array(2).fill({ event: 'slice not read', slice: 'installations' }))
  })

  it('sends nothing once it was closed, not even what was told before', async () => {
    const { desk, changes, sent, sources } = start()
    changes.tell('installations')
    desk.close()
    changes.tell('info')
    await nextTurn()
    expect(sent).toEqual([])
    expect(sources.installations).not.toHaveBeenCalled()
  })
})

describe('while all are checked', () => {
  const RUN = { done: 0, total: 9, failed: 0, waitsUntilMs: null }

  it('shows the first change at once, and the others every quarter of a second', async () => {
    const { changes, sent, clock, runs } = start()
    runs(RUN)
    changes.tell('checking')
    await nextTurn()
    expect(sent).toEqual([{ checking: RUN }])
    for (let count = 0; count < 10; count += 1) {
      changes.tell('installations')
      changes.tell('checking')
      await nextTurn()
    }
    clock.advance(249)
    expect(sent).toHaveLength(1)
    clock.advance(1)
    expect(sent.slice(1)).toEqual([{ installations: FULL.installations, checking: RUN }])
    clock.advance(1000)
    expect(sent).toHaveLength(2)
  })

  it('shows its end at once, and nothing of it twice', async () => {
    const { changes, sent, clock, runs } = start()
    runs(RUN)
    changes.tell('checking')
    await nextTurn()
    changes.tell('installations')
    runs(null)
    changes.tell('checking')
    await nextTurn()
    expect(sent.slice(1)).toEqual([{ installations: FULL.installations, checking: null }])
    clock.advance(1000)
    expect(sent).toHaveLength(2)
  })

  it('holds back nothing else', async () => {
    const { changes, sent, runs } = start()
    runs(RUN)
    changes.tell('checking')
    await nextTurn()
    changes.tell('authorizations')
    await nextTurn()
    expect(sent.slice(1)).toEqual([{ authorizations: FULL.authorizations }])
  })

  it('sends nothing once it was closed', async () => {
    const { changes, sent, desk, clock, runs } = start()
    runs(RUN)
    changes.tell('checking')
    await nextTurn()
    changes.tell('installations')
    desk.close()
    clock.advance(1000)
    expect(sent).toHaveLength(1)
  })
})
