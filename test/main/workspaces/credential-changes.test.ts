import { describe, expect, it } from 'vitest'
import type { Log } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import {
  type CredentialChange,
  createCredentialChanges,
  FOLLOW_LIMIT_MS,
} from '../../../main/workspaces/credential-changes.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { blankCredential } from '../../../main/workspaces/granted-credentials.ts'
import { refreshField } from '../../../main/workspaces/records.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces, type Workspaces } from './workspaces-fixture.ts'

async function start() {
  const desk = await openWorkspaces()
  const appId = await desk.slackApps.add(appInput())
  const authorize = (token: string, teamId = 'T111') => {
    const bot = { token: Secret.of(token), scopes: [], expiresAtMs: null, refreshToken: null }
    const grant = grantOf({ team: { id: teamId, name: teamId }, bot })
    return desk.installations.store(
      installationOf(grant, desk.slackApps.get(appId), desk.clock.now()),
    )
  }
  return { ...desk, authorize }
}

/** A start of the app on this vault, with a subscriber that remembers what it was told. */
function follow(
  desk: Workspaces,
  answer: (change: CredentialChange) => Promise<void> = async () => {},
  name = 'links',
) {
  const errors: unknown[] = []
  const log: Log = {
    debug() {},
    info() {},
    error: (event, fields) => void errors.push([event, fields]),
  }
  const { vault, installations, clock } = desk
  const changes = createCredentialChanges({ vault: () => vault, installations, clock, log })
  const told: string[] = []
  const end = changes.subscribe(name, async (change) => {
    const secret = installations.token(change.installationId, change.credentialId).expose()
    told.push(`${secret}@${change.generation}`)
    await answer(change)
  })
  return { changes, told, end, errors }
}

const generationOf = (desk: Workspaces, id: string) =>
  desk.installations.get(id).credentials.map(({ generation }) => generation)

describe('generation', () => {
  it('grows by one when a secret becomes another, whichever way, and never else', async () => {
    const desk = await start()
    const id = await desk.authorize('bot-1')
    expect(generationOf(desk, id)).toEqual([0])
    await desk.authorize('bot-1')
    await desk.installations.rename(id, 'Mine')
    await desk.installations.updateCredentials(id, (one) => ({ ...one, generation: 7 }))
    expect(generationOf(desk, id)).toEqual([0])
    await desk.authorize('bot-2')
    expect(generationOf(desk, id)).toEqual([1])
    await desk.installations.changeCredential(id, 'bot', (meta) => ({
      meta,
      secrets: { bot: Secret.of('bot-3') },
    }))
    expect(generationOf(desk, id)).toEqual([2])
    const { put } = desk.installations.prepareInto(id, {
      meta: { ...desk.installations.get(id), credentials: [blankCredential('bot', 'bot')] },
      secrets: { bot: Secret.of('bot-4') },
    })
    await desk.installations.storeAll([put])
    expect(generationOf(desk, id)).toEqual([3])
  })

  it('does not grow with the refresh token alone', async () => {
    const desk = await start()
    const id = await desk.authorize('bot-1')
    const secrets = { [refreshField('bot')]: Secret.of('refresh-2') }
    await desk.installations.changeCredential(id, 'bot', (meta) => ({ meta, secrets }))
    expect(generationOf(desk, id)).toEqual([0])
  })

  it('is taken from the vault when it is saved, not from when it was prepared', async () => {
    const desk = await start()
    const id = await desk.authorize('bot-1')
    const prepared = desk.installations.prepareInto(id, {
      meta: desk.installations.get(id),
      secrets: { bot: Secret.of('bot-3') },
    })
    await desk.authorize('bot-2')
    await desk.installations.storeAll([prepared.put])
    expect(generationOf(desk, id)).toEqual([2])
  })
})

describe('credential changes', () => {
  it('are told once, and again only when the secret becomes another', async () => {
    const desk = await start()
    await desk.authorize('bot-1')
    const { changes, told } = follow(desk)
    await expect.poll(() => told).toEqual(['bot-1@0'])
    await changes.settle()
    changes.deliver()
    await changes.settle()
    await desk.authorize('bot-2')
    changes.deliver()
    await expect.poll(() => told).toEqual(['bot-1@0', 'bot-2@1'])
  })

  it('are not told again at the next start once they are confirmed', async () => {
    const desk = await start()
    await desk.authorize('bot-1')
    const first = follow(desk)
    await expect.poll(() => first.told).toHaveLength(1)
    await first.changes.settle()
    const second = follow(desk)
    await second.changes.settle()
    expect(second.told).toEqual([])
  })

  it('are told again at the next start, and not before, to who did not follow', async () => {
    const desk = await start()
    await desk.authorize('bot-1')
    await desk.authorize('bot-2', 'T222')
    const first = follow(desk, async () => {
      throw new Error('disk on fire')
    })
    await expect.poll(() => first.told).toHaveLength(2)
    first.changes.deliver()
    first.changes.deliver()
    await expect.poll(() => first.errors).toHaveLength(2)
    expect(first.told).toEqual(['bot-1@0', 'bot-2@0'])
    const second = follow(desk)
    await expect.poll(() => second.told).toEqual(['bot-1@0', 'bot-2@0'])
  })

  it('reach the others where one of them hangs, and that one again at the next start', async () => {
    const desk = await start()
    await desk.authorize('bot-1')
    await desk.authorize('bot-2', 'T222')
    const { changes, told } = follow(desk, (change) =>
      change.installationId === desk.installations.all()[0]?.id
        ? new Promise(() => {})
        : Promise.resolve(),
    )
    const others: number[] = []
    changes.subscribe('run', async ({ generation }) => void others.push(generation))
    await expect.poll(() => others).toEqual([0, 0])
    expect(told).toEqual(['bot-1@0'])
    desk.clock.advance(FOLLOW_LIMIT_MS)
    await expect.poll(() => told).toEqual(['bot-1@0', 'bot-2@0'])
    expect(await changes.settle()).toBe(true)
    const second = follow(desk)
    await expect.poll(() => second.told).toEqual(['bot-1@0'])
  })

  it('wait for the next unlock once a lock is near: only the one that runs is finished', async () => {
    const desk = await start()
    await desk.authorize('bot-1')
    await desk.authorize('bot-2', 'T222')
    const finish: (() => void)[] = []
    const { changes, told } = follow(
      desk,
      () => new Promise((resolve) => void finish.push(resolve)),
    )
    await expect.poll(() => told).toHaveLength(1)
    const settled = changes.settle()
    finish[0]?.()
    expect(await settled).toBe(true)
    expect(await changes.settle()).toBe(false)
    expect(told).toEqual(['bot-1@0'])
    changes.deliver()
    await expect.poll(() => told).toEqual(['bot-1@0', 'bot-2@0'])
  })

  it('are kept for each name apart, in one save for many, without what is gone', async () => {
    const desk = await start()
    const gone = await desk.authorize('bot-1')
    await desk.authorize('bot-2', 'T222')
    let saves = 0
    const save = desk.vault.save.bind(desk.vault)
    desk.vault.save = (change) => {
      saves += 1
      return save(change)
    }
    const { changes, told } = follow(desk)
    await expect.poll(() => told).toHaveLength(2)
    await changes.settle()
    expect(saves).toBe(1)
    const kept = () => desk.vault.record('credential-follower:links')?.meta
    expect(kept()).toHaveLength(2)
    await desk.installations.remove(gone)
    changes.deliver()
    await expect.poll(kept).toHaveLength(1)
    expect(JSON.stringify(kept())).not.toContain('bot-')
    const other = follow(desk, undefined, 'other')
    await expect.poll(() => other.told).toEqual(['bot-2@0'])
  })

  it('are told afresh where a credential begins anew under its old name', async () => {
    const desk = await start()
    const id = await desk.authorize('bot-1')
    await desk.authorize('bot-2')
    const first = follow(desk)
    await expect.poll(() => first.told).toEqual(['bot-2@1'])
    await first.changes.settle()
    await desk.installations.remove(id)
    await desk.vault.save({
      put: [
        desk.installations.prepareStore({
          meta: { ...sampleMeta(desk) },
          secrets: { bot: Secret.of('bot-3') },
        }).put,
      ].map((put) => ({ ...put, id })),
    })
    first.changes.deliver()
    await expect.poll(() => first.told).toEqual(['bot-2@1', 'bot-3@0'])
  })

  it('pass over a locked vault in silence, and are told after the unlock', async () => {
    const desk = await start()
    await desk.authorize('bot-1')
    const { protector } = await lockOf(desk)
    const { changes, told, errors } = follow(desk)
    await changes.settle()
    expect([...told, ...errors]).toEqual([])
    await desk.vault.unlock(protector)
    changes.deliver()
    await expect.poll(() => told).toEqual(['bot-1@0'])
  })
})

function sampleMeta(desk: Workspaces) {
  const app = desk.slackApps.all()[0]
  if (app === undefined) throw new Error('no app')
  return installationOf(grantOf({}), app, desk.clock.now()).meta
}

async function lockOf(desk: Workspaces) {
  const { createKeyringProtector } = await import('../../../main/vault/keyring-protector.ts')
  desk.vault.lock()
  return { protector: createKeyringProtector(desk.keyring) }
}
