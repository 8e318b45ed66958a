import type { NewActivity } from '../../../../main/activity/activity.ts'
import type { SlackAppInput } from '../../../../main/contract/inputs.ts'
import type { Clock } from '../../../../main/platform/clock.ts'
import { silentLog } from '../../../../main/platform/log.ts'
import type { ProcessLocks } from '../../../../main/platform/process-lock.ts'
import { Secret } from '../../../../main/platform/secret.ts'
import type { RefreshedToken } from '../../../../main/slack/slack-api.ts'
import { VaultWriteFailed } from '../../../../main/vault/errors.ts'
import type { VaultChange } from '../../../../main/vault/vault.ts'
import { installationOf } from '../../../../main/workspaces/grant.ts'
import {
  previousField,
  previousRefreshField,
  refreshField,
} from '../../../../main/workspaces/records.ts'
import { createRotation, type Rotation } from '../../../../main/workspaces/rotation/rotation.ts'
import { grantOf, refreshedOf } from '../../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from '../workspaces-fixture.ts'

export const HOUR = 3600_000
export const LIFE = 12 * HOUR

/** Locks of one process alone, that complain where one is taken twice. */
export function createTestLocks(): ProcessLocks & { readonly held: Set<string> } {
  const held = new Set<string>()
  const take = (name: string) => {
    if (held.has(name)) throw new TypeError(`${name} is taken`)
    held.add(name)
    return () => void held.delete(name)
  }
  return { held, takeSync: take, take: async (name) => take(name) }
}

/** The room with rotation over a Slack that gives `bot-2`, `bot-3` … and a clock that can jump. */
export async function openRotation(input: Partial<SlackAppInput> = {}) {
  const desk = await openWorkspaces()
  const jump = { ms: 0 }
  const clock: Clock = { now: () => desk.clock.now() + jump.ms, after: desk.clock.after }
  const slackAppId = await desk.slackApps.add(appInput(input))
  let given = 1
  const nextPair = (change: Partial<RefreshedToken> = {}): RefreshedToken => {
    given += 1
    return refreshedOf({
      token: Secret.of(`bot-${given}`),
      refreshToken: Secret.of(`refresh-${given}`),
      expiresAtMs: clock.now() + LIFE,
      ...change,
    })
  }
  desk.slack.refreshed = () => nextPair()
  const activity: NewActivity[] = []
  const shown: { title: string; body: string; onClick: () => void }[] = []
  const visited: string[] = []
  const locks = createTestLocks()
  const wish = { notifies: true }
  const make = (): Rotation =>
    createRotation({
      ...{ vault: () => desk.vault, installations: desk.installations, slackApps: desk.slackApps },
      ...{ slack: desk.slack, locks, clock, log: silentLog },
      notifier: { show: (one) => void shown.push(one) },
      notifies: () => wish.notifies,
      showWorkspace: (id) => void visited.push(id),
      record: (entry) => void activity.push(entry),
    })
  const authorize = (teamId = 'T111', lifeMs: number | null = LIFE) =>
    desk.installations.store(
      installationOf(
        grantOf({
          team: { id: teamId, name: teamId },
          bot: {
            token: Secret.of('bot-1'),
            scopes: ['chat:write'],
            expiresAtMs: lifeMs === null ? null : clock.now() + lifeMs,
            refreshToken: lifeMs === null ? null : Secret.of('refresh-1'),
          },
        }),
        desk.slackApps.get(slackAppId),
        clock.now(),
      ),
    )
  const bot = (id: string) => {
    const found = desk.installations.get(id).credentials.find((one) => one.id === 'bot')
    if (found === undefined) throw new Error('no bot')
    return found
  }
  const sealed = (id: string) => {
    const fields = desk.vault.record(id)?.secretFields ?? []
    const textOf = (field: string) =>
      fields.includes(field) ? desk.vault.secret(id, field).expose() : null
    return {
      token: textOf('bot'),
      refresh: textOf(refreshField('bot')),
      previous: textOf(previousField('bot')),
      previousRefresh: textOf(previousRefreshField('bot')),
    }
  }
  /** Runs timers and what they began, until `ms` have passed. */
  const pass = async (ms: number, stepMs = ms) => {
    for (let done = 0; done < ms; done += stepMs) {
      desk.clock.advance(stepMs)
      await idle()
    }
  }
  return {
    ...{ ...desk, clock, fakeClock: desk.clock, jump, slackAppId, make, authorize, bot, sealed },
    ...{ nextPair, activity, shown, visited, locks, pass, wish },
  }
}

export type RotationDesk = Awaited<ReturnType<typeof openRotation>>

/** Lets everything that waits for nothing but other promises end. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** Saves fail while `isFull` says so of the change. */
export function fillDisk(
  { vault }: Pick<RotationDesk, 'vault'>,
  isFull: (change: VaultChange) => boolean,
): void {
  const save = vault.save.bind(vault)
  vault.save = async (given) => {
    const change = typeof given === 'function' ? given() : given
    if (isFull(change)) throw new VaultWriteFailed()
    return save(change)
  }
}
