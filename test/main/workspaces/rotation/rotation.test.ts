import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../main/platform/secret.ts'
import { slackRefused } from '../../../../main/slack/advice.ts'
import { SlackGarbage, SlackNoAnswer, SlackRateLimited } from '../../../../main/slack/errors.ts'
import type { RefreshedToken } from '../../../../main/slack/slack-api.ts'
import { HostRefused } from '../../../../main/workspaces/errors.ts'
import { createRevokeService } from '../../../../main/workspaces/revoke.ts'
import { refreshedOf } from '../../../fakes/fake-slack-api.ts'
import { fillDisk, HOUR, idle, LIFE, openRotation, type RotationDesk } from './rotation-fixture.ts'

const refused = (code: string) => slackRefused(code, { during: 'refresh' })
const tokensSent = (desk: RotationDesk) =>
  desk.slack.refreshes.map((one) =>
    'refreshToken' in one ? one.refreshToken.expose() : one.token.expose(),
  )

/** Answers when it is told to. */
function held(desk: RotationDesk) {
  const answers: { give: (pair: RefreshedToken) => void; refuse: (thrown: Error) => void }[] = []
  desk.slack.refreshed = () => new Promise((give, refuse) => void answers.push({ give, refuse }))
  return answers
}

describe('refreshing ahead', () => {
  it('happens by itself about 2 h before the end, again and again', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    desk.make().start()
    await desk.pass(9.5 * HOUR, HOUR / 2)
    expect(desk.slack.refreshes).toHaveLength(0)
    await desk.pass(HOUR, HOUR / 4)
    expect(tokensSent(desk)).toEqual(['refresh-1'])
    await desk.pass(10.5 * HOUR, HOUR / 4)
    expect(tokensSent(desk)).toEqual(['refresh-1', 'refresh-2'])
    expect(desk.sealed(id)).toMatchObject({ token: 'bot-3', refresh: 'refresh-3' })
    expect(desk.activity).toMatchObject([
      {
        what: 'refreshed',
        by: 'itself',
        installationId: id,
        workspace: 'T111',
        credentials: ['bot'],
      },
      { what: 'refreshed' },
    ])
  })

  it('fills Activity for no Slack that gives tokens for a second', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    desk.slack.refreshed = () => desk.nextPair({ expiresAtMs: desk.clock.now() + 1000 })
    const rotation = desk.make()
    rotation.start()
    await rotation.refreshNow(id)
    const passMinutes = async (minutes: number) => {
      for (let count = 0; count < minutes * 10; count += 1) {
        rotation.look()
        await desk.pass(6000, 1000)
      }
    }
    await passMinutes(5)
    expect(desk.slack.refreshes.length).toBeGreaterThan(40)
    expect(desk.activity).toMatchObject([{ what: 'refreshed' }])
    await rotation.refreshNow(id)
    expect(desk.activity).toHaveLength(2)
    await passMinutes(11)
    expect(desk.activity).toHaveLength(3)
  })

  it('happens at the start for what ended meanwhile', async () => {
    const desk = await openRotation()
    await desk.authorize()
    desk.fakeClock.advance(100 * HOUR)
    desk.make().start()
    await idle()
    expect(tokensSent(desk)).toEqual(['refresh-1'])
  })

  it('sees a token that came after the start', async () => {
    const desk = await openRotation()
    const rotation = desk.make()
    rotation.start()
    await desk.authorize('T111', 60_000)
    rotation.look()
    await desk.pass(60_000, 5000)
    expect(tokensSent(desk)).toEqual(['refresh-1'])
  })

  it('asks for four at a time, and leaves a host alone that asks to wait', async () => {
    const desk = await openRotation()
    for (let i = 0; i < 12; i += 1) await desk.authorize(`T${i}`)
    const answers = held(desk)
    desk.fakeClock.advance(LIFE)
    desk.make().start()
    await idle()
    expect(answers).toHaveLength(4)
    answers[0]?.give(desk.nextPair())
    await idle()
    expect(answers).toHaveLength(5)
    for (const { refuse } of answers.slice(1)) refuse(new SlackRateLimited(120))
    await idle()
    expect(answers).toHaveLength(5)
    await desk.pass(119_000, 1000)
    expect(answers).toHaveLength(5)
    await desk.pass(3000, 500)
    expect(answers).toHaveLength(9)
    expect(desk.shown).toEqual([])
  })

  it('neither storms nor starves, however the clock jumps', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    desk.make().start()
    let realEnd = LIFE
    let count = 0
    desk.slack.refreshed = () => {
      count += 1
      realEnd = desk.fakeClock.now() - startMs + LIFE
      return desk.nextPair()
    }
    const startMs = desk.fakeClock.now()
    const jumps = [-3, 5, -9, 40, -40, 24 * 365, -24 * 365, -2.5]
    for (const [step, hours] of jumps.entries()) {
      await desk.pass((3 + (step % 4)) * HOUR, 300_000)
      expect(realEnd).toBeGreaterThan(desk.fakeClock.now() - startMs)
      desk.jump.ms += hours * HOUR
      for (let look = 0; look < 40; look += 1) {
        await desk.pass(900_000, 300_000)
        expect(realEnd).toBeGreaterThan(desk.fakeClock.now() - startMs)
      }
    }
    const realHours = (desk.fakeClock.now() - startMs) / HOUR
    expect(count).toBeLessThanOrEqual(realHours / 9.7 + 2 * jumps.length)
    expect(desk.bot(id).state).toBe('working')
  })
})

describe('a refresh', () => {
  it('is one request for 50 callers, and all of them find the new token', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    desk.fakeClock.advance(LIFE - 60_000)
    const answers = held(desk)
    const rotation = desk.make()
    const callers = Array.from({ length: 50 }, async () => {
      await rotation.ensureFresh(id, 'bot')
      return desk.sealed(id).token
    })
    await idle()
    answers[0]?.give(desk.nextPair())
    expect(new Set(await Promise.all(callers))).toEqual(new Set(['bot-2']))
    expect(desk.slack.refreshes).toHaveLength(1)
    await rotation.ensureFresh(id, 'bot')
    expect(desk.slack.refreshes).toHaveLength(1)
  })

  it('marks the record before Slack is asked, and nobody hears of the pair before it is sealed', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    const answers = held(desk)
    let isTold = false
    const refreshing = desk
      .make()
      .refreshNow(id)
      .then(() => {
        isTold = true
      })
    await idle()
    expect(desk.bot(id).refresh?.inFlightSinceMs).toBe(desk.clock.now())
    const save = desk.vault.save.bind(desk.vault)
    let finish = () => {}
    desk.vault.save = async (change) => {
      await save(change)
      await new Promise<void>((resolve) => {
        finish = resolve
      })
    }
    answers[0]?.give(desk.nextPair({ scopes: ['chat:write', 'users:read'] }))
    await idle()
    expect(isTold).toBe(false)
    finish()
    await refreshing
    expect(desk.bot(id)).toMatchObject({
      scopes: ['chat:write', 'users:read'],
      expiresAtMs: desk.clock.now() + LIFE,
      refreshExpiresAtMs: null,
      generation: 1,
      refresh: { inFlightSinceMs: null, lastRefreshedAtMs: desk.clock.now(), hasPrevious: true },
    })
    expect(desk.installations.views()[0]?.credentials[0]).toMatchObject({
      refresh: { isRunning: false, failure: null, lastRefreshedAtMs: desk.clock.now() },
    })
  })

  it('asks nothing where the mark could not be saved', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    fillDisk(desk, () => true)
    await expect(desk.make().refreshNow(id)).rejects.toMatchObject({ code: 'VAULT_WRITE_FAILED' })
    expect(desk.slack.refreshes).toEqual([])
  })

  it('keeps the pair before until the new one was seen working', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    const rotation = desk.make()
    rotation.start()
    await rotation.refreshNow(id)
    const both = { previous: 'bot-1', previousRefresh: 'refresh-1' }
    expect(desk.sealed(id)).toEqual({ token: 'bot-2', refresh: 'refresh-2', ...both })
    rotation.look()
    await desk.pass(60_000, 1000)
    expect(desk.sealed(id)).toMatchObject(both)
    await desk.installations.updateCredentials(id, (one) => ({
      ...one,
      ...{ state: 'working', lastCheckedAtMs: desk.clock.now() },
    }))
    rotation.look()
    await desk.pass(1000)
    expect(desk.sealed(id)).toEqual({
      ...{ token: 'bot-2', refresh: 'refresh-2', previous: null, previousRefresh: null },
    })
    expect(desk.bot(id).refresh?.hasPrevious).toBe(false)
  })

  it('replaces the pair before by the one that a later refresh has shown to work', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    const rotation = desk.make()
    await rotation.refreshNow(id)
    await rotation.refreshNow(id)
    expect(desk.sealed(id)).toEqual({
      ...{ token: 'bot-3', refresh: 'refresh-3', previous: 'bot-2', previousRefresh: 'refresh-2' },
    })
  })

  it('goes back to the pair before where the new one was never good', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    const rotation = desk.make()
    await rotation.refreshNow(id)
    desk.slack.refreshed = (sent) => {
      if ('refreshToken' in sent && sent.refreshToken.expose() === 'refresh-2') {
        throw refused('invalid_refresh_token')
      }
      return desk.nextPair()
    }
    await rotation.refreshNow(id)
    expect(tokensSent(desk)).toEqual(['refresh-1', 'refresh-2', 'refresh-1'])
    expect(desk.sealed(id)).toMatchObject({ token: 'bot-3', refresh: 'refresh-3' })
  })

  it('takes bot and user apart: one that fails does not stop the other, and is told', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    const bot = desk.bot(id)
    const meta = desk.installations.get(id)
    const user = { ...bot, id: 'user:U1', kind: 'user' as const, userId: 'U1' }
    await desk.installations.save(
      id,
      { ...meta, credentials: [bot, user] },
      {
        'user:U1': Secret.of('user-1'),
        'user:U1#refresh': Secret.of('user-refresh-1'),
      },
    )
    desk.slack.refreshed = (sent) => {
      if ('kind' in sent && sent.kind === 'bot') throw refused('internal_error')
      return desk.nextPair()
    }
    await expect(desk.make().refreshNow(id)).rejects.toMatchObject({ slackCode: 'internal_error' })
    expect(tokensSent(desk)).toEqual(['refresh-1', 'user-refresh-1'])
    expect(desk.installations.token(id, 'user:U1').expose()).toBe('bot-2')
    expect(desk.sealed(id)).toMatchObject({ token: 'bot-1', refresh: 'refresh-1' })
  })

  it('sends no secret for a PKCE app, and renews its 30 days', async () => {
    const desk = await openRotation({
      ...{ strategy: 'pkce', clientSecret: null, botScopes: [], userScopes: ['search:read'] },
    })
    const id = await desk.authorize()
    await desk.make().refreshNow(id)
    expect(desk.slack.refreshes).toMatchObject([{ clientSecret: null }])
    expect(desk.bot(id).refreshExpiresAtMs).toBe(desk.clock.now() + 30 * 24 * HOUR)
  })

  it('is not sent to a Slack that the app entry has moved away from', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    const { id: _id, ...app } = desk.slackApps.get(desk.slackAppId)
    await desk.vault.save({
      put: [
        {
          id: desk.slackAppId,
          kind: 'slack-app',
          meta: { ...app, environment: { kind: 'gov-slack' } },
        },
      ],
    })
    await expect(desk.make().refreshNow(id)).rejects.toMatchObject({ code: 'REFRESH_IMPOSSIBLE' })
    expect(desk.slack.refreshes).toEqual([])
  })

  it('is impossible for a token that lasts', async () => {
    const desk = await openRotation()
    const id = await desk.authorize('T111', null)
    await expect(desk.make().refreshNow(id)).rejects.toMatchObject({ code: 'REFRESH_IMPOSSIBLE' })
  })

  it.each([
    { name: 'team', change: { teamId: 'T999' } },
    { name: 'app', change: { appId: 'A999' } },
    { name: 'bot', change: { userId: 'U999' } },
    { name: 'kind', change: { kind: 'user' as const } },
  ])(
    'whose answer is for another $name is sealed apart, and asked no more by itself',
    async ({ change }) => {
      const desk = await openRotation()
      const id = await desk.authorize()
      const rotation = desk.make()
      rotation.start()
      desk.slack.refreshed = () => desk.nextPair(change)
      await expect(rotation.refreshNow(id)).rejects.toMatchObject({ code: 'REFRESH_OTHER_TOKEN' })
      expect(desk.sealed(id)).toMatchObject({
        token: 'bot-1',
        refresh: 'refresh-1',
        previous: null,
      })
      expect(desk.vault.secret(id, 'bot#stray').expose()).toBe('bot-2')
      expect(desk.vault.secret(id, 'bot#stray-refresh').expose()).toBe('refresh-2')
      expect(desk.installations.views()[0]?.credentials[0]?.refresh).toMatchObject({
        failure: { code: 'REFRESH_OTHER_TOKEN', message: 'Slack’s answer was for another token' },
        nextAtMs: null,
      })
      await desk.pass(24 * HOUR, HOUR)
      expect(desk.slack.refreshes).toHaveLength(1)
    },
  )

  it('leaves a token alone that was authorized anew while Slack answered', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    const answers = held(desk)
    const refreshing = desk.make().refreshNow(id)
    await idle()
    const secrets = { bot: Secret.of('bot-anew'), 'bot#refresh': Secret.of('refresh-anew') }
    await desk.installations.changeCredential(id, 'bot', (meta) => ({ meta, secrets }))
    answers[0]?.give(desk.nextPair())
    await refreshing
    expect(desk.sealed(id)).toMatchObject({ token: 'bot-anew', refresh: 'refresh-anew' })
  })

  it('ends in peace where the workspace was removed while Slack answered', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    const answers = held(desk)
    const rotation = desk.make()
    const refreshing = rotation.refreshNow(id)
    await idle()
    await desk.installations.remove(id)
    answers[0]?.give(desk.nextPair())
    await expect(refreshing).rejects.toMatchObject({ code: 'WORKSPACE_NOT_FOUND' })
    await rotation.settle()
    expect(desk.locks.held.size).toBe(0)
  })
})

describe('a failure', () => {
  it.each([
    { name: 'no answer', thrown: () => new SlackNoAnswer() },
    { name: 'garbage', thrown: () => new SlackGarbage() },
    { name: 'invalid_auth', thrown: () => refused('invalid_auth') },
    { name: 'internal_error', thrown: () => refused('internal_error') },
    { name: 'bad_client_secret', thrown: () => refused('bad_client_secret') },
    { name: 'a defect', thrown: () => new TypeError('oops') },
  ])('drops nothing, is shown, and is tried again: $name', async ({ thrown }) => {
    const desk = await openRotation()
    const id = await desk.authorize()
    desk.fakeClock.advance(LIFE - HOUR)
    const answer = desk.slack.refreshed
    desk.slack.refreshed = () => {
      throw thrown()
    }
    desk.make().start()
    await idle()
    expect(desk.sealed(id)).toMatchObject({ token: 'bot-1', refresh: 'refresh-1' })
    const view = desk.installations.views()[0]?.credentials[0]
    expect(view).toMatchObject({ state: 'working', refresh: { failedCount: 1, isDead: false } })
    expect(view?.refresh?.failure).toMatchObject({ atMs: desk.clock.now() })
    expect(view?.refresh?.failure?.retryAtMs).toBe(view?.refresh?.nextAtMs)
    desk.slack.refreshed = answer
    await desk.pass(20_000, 1000)
    expect(desk.sealed(id)).toMatchObject({ token: 'bot-2' })
    expect(desk.installations.views()[0]?.credentials[0]?.refresh).toMatchObject({
      ...{ failure: null, failedCount: 0 },
    })
  })

  it('survives long times offline, is one line of Activity and one notification, and ends at the wake', async () => {
    const desk = await openRotation()
    const ids = [await desk.authorize('T111', HOUR), await desk.authorize('T222', HOUR)]
    const answer = desk.slack.refreshed
    desk.slack.refreshed = () => {
      throw new SlackNoAnswer()
    }
    const rotation = desk.make()
    rotation.start()
    await desk.pass(5 * HOUR, 900_000)
    // For 4 hours, quickly at first and then a few times an hour: no storm, and no giving up.
    expect(desk.slack.refreshes.length).toBeGreaterThan(2 * 4 * 2)
    expect(desk.slack.refreshes.length).toBeLessThan(2 * (9 + 4 * 5))
    expect(desk.shown).toHaveLength(1)
    expect(desk.shown[0]?.body).toBe('Slack did not answer. Check the connection, then try again.')
    expect(desk.activity.map(({ what, outcome, code }) => [what, outcome, code])).toEqual(
      ids.map(() => ['refreshed', 'warning', 'SLACK_NO_ANSWER']),
    )
    desk.shown[0]?.onClick()
    expect(ids).toContain(desk.visited[0])
    expect(ids.map((id) => desk.bot(id).state)).toEqual(['expired', 'expired'])
    desk.slack.refreshed = answer
    rotation.wake()
    await idle()
    expect(ids.map((id) => desk.bot(id).state)).toEqual(['working', 'working'])
    expect(desk.shown).toHaveLength(1)
    desk.slack.refreshed = () => {
      throw new SlackNoAnswer()
    }
    await desk.pass(11 * HOUR, 900_000)
    expect(desk.shown).toHaveLength(2)
  })

  it('shows no notification where the user wants none', async () => {
    const desk = await openRotation()
    await desk.authorize()
    desk.wish.notifies = false
    desk.slack.refreshed = () => {
      throw refused('invalid_refresh_token')
    }
    desk.fakeClock.advance(LIFE)
    desk.make().start()
    await idle()
    expect(desk.slack.refreshes).toHaveLength(1)
    expect(desk.shown).toEqual([])
  })

  it('tries all others again as soon as Slack has answered one', async () => {
    const desk = await openRotation()
    const ids = [await desk.authorize('T111', HOUR), await desk.authorize('T222', HOUR)]
    const answer = desk.slack.refreshed
    desk.slack.refreshed = () => {
      throw new SlackNoAnswer()
    }
    const rotation = desk.make()
    rotation.start()
    await desk.pass(2 * HOUR, 900_000)
    desk.slack.refreshed = answer
    await rotation.refreshNow(ids[0] ?? '')
    await idle()
    expect(ids.map((id) => desk.bot(id).state)).toEqual(['working', 'working'])
  })

  it.each([
    { code: 'invalid_refresh_token', alive: 'working', later: 'expired' },
    { code: 'token_expired', alive: 'working', later: 'expired' },
    { code: 'token_revoked', alive: 'revoked', later: 'revoked' },
    { code: 'account_inactive', alive: 'revoked', later: 'revoked' },
  ])('$code ends the refreshing; the token lives till its end', async ({ code, alive, later }) => {
    const desk = await openRotation()
    const id = await desk.authorize()
    desk.slack.refreshed = () => {
      throw refused(code)
    }
    const rotation = desk.make()
    rotation.start()
    desk.fakeClock.advance(LIFE - HOUR)
    await idle()
    expect(desk.bot(id)).toMatchObject({ state: alive, refresh: { isDead: true } })
    expect(desk.installations.views()[0]?.credentials[0]?.refresh).toMatchObject({
      failure: { slackCode: code, remedy: 'authorize-again' },
      nextAtMs: null,
    })
    await expect(rotation.ensureFresh(id, 'bot')).resolves.toBeUndefined()
    await desk.pass(3 * HOUR, 300_000)
    expect(desk.bot(id).state).toBe(later)
    expect(desk.slack.refreshes).toHaveLength(1)
    expect(desk.shown).toHaveLength(1)
    expect(desk.activity).toMatchObject([{ what: 'refreshed', outcome: 'failed', slackCode: code }])
    if (later === 'expired') {
      await expect(rotation.ensureFresh(id, 'bot')).rejects.toMatchObject({ slackCode: code })
    }
  })

  it('waits for the client secret, and goes on once it is there', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    const { id: appId, ...app } = desk.slackApps.get(desk.slackAppId)
    const seal = (secret: Secret | null) =>
      desk.vault.save({
        put: [{ id: appId, kind: 'slack-app', meta: app, secrets: { clientSecret: secret } }],
      })
    await seal(null)
    const rotation = desk.make()
    rotation.start()
    await desk.pass(24 * HOUR, HOUR)
    expect(desk.bot(id).refresh).toMatchObject({
      failure: { code: 'REFRESH_IMPOSSIBLE' },
      failedCount: 1,
    })
    await seal(Secret.of('placeholder-client-secret'))
    rotation.look()
    await desk.pass(1000)
    expect(desk.sealed(id).token).toBe('bot-2')
  })

  it('asks no second time by itself where the user did not allow the host', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    desk.slack.refreshed = () => {
      throw new HostRefused('slack.example')
    }
    desk.fakeClock.advance(LIFE)
    const rotation = desk.make()
    rotation.start()
    await desk.pass(24 * HOUR, HOUR)
    rotation.wake()
    await idle()
    expect(desk.slack.refreshes).toHaveLength(1)
    await expect(rotation.refreshNow(id)).rejects.toMatchObject({ code: 'SLACK_HOST_REFUSED' })
    expect(desk.slack.refreshes).toHaveLength(2)
  })

  it('says how long Slack wants to be left alone, and sends nothing', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    desk.slack.refreshed = () => {
      throw new SlackRateLimited(90)
    }
    const rotation = desk.make()
    await expect(rotation.refreshNow(id)).rejects.toMatchObject({ code: 'SLACK_RATE_LIMITED' })
    desk.fakeClock.advance(30_000)
    await expect(rotation.refreshNow(id)).rejects.toMatchObject({
      code: 'REFRESH_WAITS',
      advice: 'Try again in 60 s.',
    })
    expect(desk.slack.refreshes).toHaveLength(1)
  })

  it('hands out a token that still works, and asks a Slack in trouble no second time for it', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    desk.slack.refreshed = () => {
      throw new SlackNoAnswer()
    }
    const rotation = desk.make()
    desk.fakeClock.advance(LIFE - 60_000)
    await rotation.ensureFresh(id, 'bot')
    await rotation.ensureFresh(id, 'bot')
    expect(desk.slack.refreshes).toHaveLength(1)
    desk.fakeClock.advance(60_000)
    await expect(rotation.ensureFresh(id, 'bot')).rejects.toMatchObject({ code: 'SLACK_NO_ANSWER' })
  })
})

it('revoking ends the pair before the last refresh, too: it would live on', async () => {
  const desk = await openRotation()
  const id = await desk.authorize()
  await desk.make().refreshNow(id)
  await createRevokeService(desk).revoke(id, ['bot'])
  expect(desk.slack.revoked).toEqual(['refresh-2', 'bot-2', 'refresh-1', 'bot-1'])
})

describe('durability', () => {
  const isPair = (change: { put?: readonly { secrets?: object }[] }) =>
    change.put?.some(({ secrets = {} }) => 'bot#refresh' in secrets) ?? false

  it('a pair that the full disk does not take is kept, and saved without asking Slack again', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    let isFull = true
    fillDisk(desk, (change) => isFull && isPair(change))
    const rotation = desk.make()
    rotation.start()
    await expect(rotation.refreshNow(id)).rejects.toMatchObject({ code: 'VAULT_WRITE_FAILED' })
    await expect(rotation.refreshNow(id)).rejects.toMatchObject({
      message: 'Slack gave a new token, but it could not be kept',
    })
    await desk.pass(3600_000, 60_000)
    expect(desk.slack.refreshes).toHaveLength(1)
    expect(desk.locks.held.size).toBe(1)
    isFull = false
    await desk.pass(60_000, 1000)
    expect(desk.sealed(id)).toMatchObject({ token: 'bot-2', refresh: 'refresh-2' })
    expect(desk.locks.held.size).toBe(0)
    expect(desk.slack.refreshes).toHaveLength(1)
    expect(desk.activity.at(-1)).toMatchObject({ what: 'refreshed' })
  })

  it('a lock waits for the pair on its way, and tries once more what could not be kept', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    const answers = held(desk)
    const rotation = desk.make()
    rotation.start()
    const refreshing = rotation.refreshNow(id)
    await idle()
    rotation.stop()
    let isSettled = false
    const settling = rotation.settle().then((hadWork) => {
      isSettled = true
      return hadWork
    })
    await idle()
    expect(isSettled).toBe(false)
    let isFull = true
    fillDisk(desk, (change) => {
      const wasFull = isFull && isPair(change)
      if (wasFull) isFull = false
      return wasFull
    })
    answers[0]?.give(desk.nextPair())
    await expect(refreshing).rejects.toMatchObject({ code: 'VAULT_WRITE_FAILED' })
    expect(await settling).toBe(true)
    expect(await rotation.settle()).toBe(false)
    expect(desk.sealed(id).token).toBe('bot-2')
    await expect(rotation.refreshNow(id)).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
  })

  it('begins nothing that waited for its turn once a lock is near', async () => {
    const desk = await openRotation()
    for (let i = 0; i < 9; i += 1) await desk.authorize(`T${i}`)
    const answers = held(desk)
    desk.fakeClock.advance(LIFE)
    const rotation = desk.make()
    rotation.start()
    await idle()
    rotation.stop()
    for (const { give } of answers) give(desk.nextPair())
    await rotation.settle()
    expect(answers).toHaveLength(4)
  })

  it('a mark that a crash left is looked at with the next start', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    let isDying = true
    fillDisk(desk, (change) => isDying && isPair(change))
    const dying = desk.make()
    await expect(dying.refreshNow(id)).rejects.toMatchObject({ code: 'VAULT_WRITE_FAILED' })
    isDying = false
    expect(desk.bot(id).refresh?.inFlightSinceMs).not.toBeNull()
    // The process is gone, and its locks with it.
    desk.locks.held.clear()
    desk.make().start()
    await idle()
    expect(tokensSent(desk)).toEqual(['refresh-1', 'refresh-1'])
    expect(desk.sealed(id)).toMatchObject({ token: 'bot-3', refresh: 'refresh-3' })
    expect(desk.bot(id).refresh?.inFlightSinceMs).toBeNull()
  })

  it('says to authorize again where Slack does not take the old refresh token any more', async () => {
    const desk = await openRotation()
    const id = await desk.authorize()
    await desk.installations.changeCredential(id, 'bot', (meta) => ({
      meta: { ...meta, refresh: { ...blank, inFlightSinceMs: desk.clock.now() } },
    }))
    desk.slack.refreshed = () => {
      throw refused('invalid_refresh_token')
    }
    desk.make().start()
    await idle()
    expect(desk.installations.views()[0]?.credentials[0]).toMatchObject({
      state: 'working',
      refresh: { isDead: true, isRunning: false, failure: { remedy: 'authorize-again' } },
    })
    expect(desk.sealed(id)).toMatchObject({ token: 'bot-1', refresh: 'refresh-1' })
  })
})

const blank = {
  ...{ inFlightSinceMs: null, lastRefreshedAtMs: null, hasPrevious: false, failedCount: 0 },
  ...{ failure: null, nextTryAtMs: null, isDead: false },
}

describe('an exchange', () => {
  it('makes a long-lived token a rotating one, and keeps it until the pair was seen working', async () => {
    const desk = await openRotation()
    const id = await desk.authorize('T111', null)
    const canExchange = () => desk.installations.views()[0]?.credentials[0]?.canExchange
    expect(canExchange()).toBe(true)
    await desk.make().exchange(id, 'bot')
    expect(tokensSent(desk)).toEqual(['bot-1'])
    expect(desk.sealed(id)).toEqual({
      ...{ token: 'bot-2', refresh: 'refresh-2', previous: 'bot-1', previousRefresh: null },
    })
    expect(desk.bot(id)).toMatchObject({ rotates: true, generation: 1 })
    expect(canExchange()).toBe(false)
    expect(desk.activity).toMatchObject([{ what: 'exchanged', credentials: ['bot'] }])
  })

  it.each([
    { name: 'a rotating token', input: {}, lifeMs: LIFE },
    {
      name: 'a PKCE app',
      input: { strategy: 'pkce' as const, clientSecret: null, botScopes: [], userScopes: ['a:b'] },
      lifeMs: null,
    },
  ])('is impossible for $name, and sends nothing', async ({ input, lifeMs }) => {
    const desk = await openRotation(input)
    const id = await desk.authorize('T111', lifeMs)
    expect(desk.installations.views()[0]?.credentials[0]?.canExchange).toBe(false)
    await expect(desk.make().exchange(id, 'bot')).rejects.toMatchObject({
      code: 'TOKEN_EXCHANGE_IMPOSSIBLE',
    })
    expect(desk.slack.refreshes).toEqual([])
  })

  it.each([
    { name: 'a classic token', change: { isClassic: true } },
    { name: 'a webhook', change: { kind: 'webhook' as const } },
    { name: 'a token that was revoked', change: { state: 'revoked' as const } },
    { name: 'a token that ends', change: { expiresAtMs: 1 } },
  ])('is impossible for $name', async ({ change }) => {
    const desk = await openRotation()
    const id = await desk.authorize('T111', null)
    await desk.installations.updateCredentials(id, (one) => ({ ...one, ...change }))
    await expect(desk.make().exchange(id, 'bot')).rejects.toMatchObject({
      code: 'TOKEN_EXCHANGE_IMPOSSIBLE',
    })
  })

  it('whose answer was lost leaves the long-lived token as it was', async () => {
    const desk = await openRotation()
    const id = await desk.authorize('T111', null)
    await desk.installations.changeCredential(id, 'bot', (meta) => ({
      meta: { ...meta, refresh: { ...blank, inFlightSinceMs: desk.clock.now() } },
    }))
    desk.make().start()
    await idle()
    expect(desk.bot(id)).toMatchObject({ rotates: false, refresh: { inFlightSinceMs: null } })
    expect(desk.sealed(id).token).toBe('bot-1')
    expect(desk.slack.refreshes).toEqual([])
    desk.slack.refreshed = () => {
      throw refused('token_already_exchanged')
    }
    await expect(desk.make().exchange(id, 'bot')).rejects.toMatchObject({
      remedy: 'authorize-again',
    })
    expect(desk.bot(id)).toMatchObject({ state: 'working', refresh: { isDead: false } })
    expect(refreshedOf({}).token.expose()).not.toBe(desk.sealed(id).token)
  })
})
