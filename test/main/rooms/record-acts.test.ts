import { expect, it } from 'vitest'
import type { NewActivity } from '../../../main/activity/activity.ts'
import type { Handlers } from '../../../main/contract/api.ts'
import { AppError } from '../../../main/errors.ts'
import { recordActs } from '../../../main/rooms/record-acts.ts'
import { WrongPassphrase } from '../../../main/vault/errors.ts'
import type { VaultSession } from '../../../main/vault/vault-session.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { openWorkspaces } from '../workspaces/workspaces-fixture.ts'

class NotSaved extends AppError {
  constructor() {
    super('VAULT_WRITE_FAILED', { message: 'Not saved', advice: 'Try again.', remedy: 'retry' })
  }
}

type Acted = Pick<
  Handlers,
  'workspaces/remove' | 'vault/unlock' | 'security/change' | 'sharing/reveal'
>

async function start() {
  const { installations, slackApps } = await openWorkspaces()
  const clock = createFakeClock()
  const noted: NewActivity[] = []
  const handlers = recordActs<Acted>(
    {
      async 'workspaces/remove'() {
        throw new NotSaved()
      },
      async 'vault/unlock'() {
        throw new WrongPassphrase()
      },
      async 'security/change'() {},
      async 'sharing/reveal'() {
        return { value: 'shown', seconds: 20 }
      },
    },
    {
      ...{ installations, slackApps, clock },
      configurationTokens: { views: () => [] } as never,
      session: { view: { state: 'locked' } } as VaultSession,
      record: (entry) => void noted.push(entry),
    },
  )
  const fail = (call: unknown) => Promise.resolve(call).catch(() => {})
  return { handlers, clock, noted, fail }
}

it('notes the same failure, and the same settings, once in a minute', async () => {
  const { handlers, clock, noted, fail } = await start()
  for (let count = 0; count < 200; count += 1) {
    await fail(handlers['workspaces/remove']('one'))
    await handlers['security/change']({ notifies: count % 2 === 0 })
  }
  expect(noted).toMatchObject([
    { what: 'removed', outcome: 'failed', code: 'VAULT_WRITE_FAILED' },
    { what: 'settings-changed', detail: 'notifies' },
  ])
  clock.advance(60_000)
  await fail(handlers['workspaces/remove']('one'))
  expect(noted).toHaveLength(3)
  clock.advance(-3600_000)
  await fail(handlers['workspaces/remove']('one'))
  expect(noted).toHaveLength(4)
})

it('notes each secret that left, and each wrong passphrase', async () => {
  const { handlers, noted, fail } = await start()
  const ref = { of: 'credential', installationId: 'a', credentialId: 'bot' } as const
  for (let count = 0; count < 3; count += 1) {
    await handlers['sharing/reveal'](ref)
    await fail(handlers['vault/unlock']('four unrelated words'))
  }
  expect(noted.map(({ what }) => what)).toEqual(
    Array.from({ length: 3 }, () => ['revealed', 'unlock-refused']).flat(),
  )
})
