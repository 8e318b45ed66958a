/** Two processes on one data folder, as the window and the command line are: rooms twice over one place. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { SecretRef } from '../../main/contract/views.ts'
import { systemClock } from '../../main/platform/clock.ts'
import { createOsLocks } from '../../main/platform/os-locks.ts'
import { startAfresh } from '../../main/vault/vault.ts'
import { type App, answerConsent, openPlace, startApp } from './rooms-fixture.ts'

const CHEAP = { passphraseCost: { n: 16, r: 8, p: 1 } }
const [FIRST, SECOND] = ['four unrelated words', 'five other unrelated words']

/** The rooms read these when they are needed; compiling them is no part of what is waited for. */
beforeAll(async () => {
  await Promise.all([import('../../main/practice/practice-slack.ts'), import('@slack/web-api')])
}, 60_000)

async function start() {
  const place = await openPlace()
  const one = await startApp(place, CHEAP)
  await one.handlers['practice/try']()
  await answerConsent(place, one.opened.at(-1) ?? '')
  await expect.poll(() => one.sources.installations()[0]?.lastCheckedAtMs).toBeTypeOf('number')
  const id = one.sources.installations()[0]?.id ?? ''
  const two = await startApp(place, CHEAP)
  expect(two.sources.installations().map((found) => found.id)).toEqual([id])
  const ref: SecretRef = { of: 'credential', installationId: id, credentialId: 'bot' }
  return { place, one, two, id, ref }
}

const tokenOf = async (app: App, ref: SecretRef) =>
  (await app.handlers['sharing/reveal'](ref)).value
const maskOf = (app: App) => app.sources.installations()[0]?.credentials[0]?.masked

describe('what one process did', () => {
  it('is what the other hands out: the token that the first has refreshed', async () => {
    const { place, one, two, id, ref } = await start()
    const before = await tokenOf(two, ref)
    await one.handlers['workspaces/refresh'](id)
    await two.handlers['sharing/copy-line'](ref)
    expect(place.clipboard.text).toBe(`SLACK_BOT_TOKEN=${await tokenOf(one, ref)}`)
    expect(place.clipboard.text).not.toContain(before)
  })

  it('is shown by the other, and told to who follows credentials there, once it is read', async () => {
    const { one, two, id } = await start()
    const told: string[] = []
    two.credentialChanges.subscribe('links', async ({ credentialId, generation }) => {
      told.push(`${credentialId.split(':')[0]} ${generation}`)
    })
    await expect.poll(() => told).toEqual(['bot 0', 'user 0'])
    await one.handlers['workspaces/refresh'](id)
    expect(maskOf(two)).not.toBe(maskOf(one))
    const shown: unknown[] = []
    two.changes.listen((slice) => shown.push(slice))
    two.vault.vault().reload()
    await expect.poll(() => shown).toContain('vault')
    expect(maskOf(two)).toBe(maskOf(one))
    await expect.poll(() => told).toEqual(['bot 0', 'user 0', 'bot 1', 'user 1'])
  })

  it('spends no refresh token twice, whoever asks', async () => {
    const { place, one, two, id, ref } = await start()
    const sent = () =>
      place.watch.addresses.filter((url) => url.endsWith('/oauth.v2.access')).length
    const before = sent()
    const asked = [one, two].flatMap((app) =>
      Array.from({ length: 25 }, () => app.handlers['workspaces/refresh'](id)),
    )
    expect(await Promise.all(asked)).toEqual(asked.map(() => ({ refreshed: 2 })))
    expect(sent() - before).toBe(2)
    expect(await tokenOf(one, ref)).toBe(await tokenOf(two, ref))
    await two.handlers['workspaces/check'](id)
  })
})

describe('what one process removed', () => {
  it('is handed out, refreshed and brought back by no other', async () => {
    const { place, one, two, id, ref } = await start()
    await one.handlers['workspaces/remove'](id)
    const gone = { code: 'WORKSPACE_NOT_FOUND' }
    await expect(two.handlers['sharing/copy-line'](ref)).rejects.toMatchObject(gone)
    expect(place.clipboard.text).toBe('')
    for (const call of [
      () => two.handlers['sharing/reveal'](ref),
      () => two.handlers['workspaces/refresh'](id),
      () => two.handlers['workspaces/set-note'](id, 'still here'),
    ]) {
      await expect(call()).rejects.toMatchObject(gone)
    }
    expect(two.sources.installations()).toEqual([])
    const slackAppId = one.sources.slackApps()[0]?.id ?? ''
    await one.handlers['slack-apps/remove'](slackAppId)
    await expect(two.handlers['sharing/copy-app-lines'](slackAppId)).rejects.toMatchObject({
      code: 'SLACK_APP_NOT_FOUND',
    })
  })
})

describe('the protection that one process chose', () => {
  it('holds in the other from its next lock on, and neither loses what the other stores', async () => {
    const { one, two, id, ref } = await start()
    const token = await tokenOf(one, ref)
    await one.handlers['vault/set-passphrase'](null, FIRST)
    await two.handlers['workspaces/set-note'](id, 'after it')
    await expect.poll(() => two.sources.vault().protection).toBe('passphrase')
    await two.handlers['vault/lock']()
    await two.handlers['vault/unlock'](null)
    expect(two.sources.vault().state).toBe('locked')
    await two.handlers['vault/unlock'](FIRST)
    await one.handlers['vault/set-passphrase'](FIRST, SECOND)
    await two.handlers['vault/lock']()
    await expect(two.handlers['vault/unlock'](FIRST)).rejects.toMatchObject({
      code: 'VAULT_WRONG_PASSPHRASE',
    })
    await two.handlers['vault/unlock'](SECOND)
    expect(await tokenOf(two, ref)).toBe(token)
    expect(one.sources.installations()[0]?.note).toBe('after it')
  })

  it('locks the other where the vault is another one now, and says so', async () => {
    const { place, one, two, ref } = await start()
    await one.close()
    const locks = createOsLocks({ directory: `${place.home}/locks`, platform: process.platform })
    await startAfresh({ directory: place.dataFolder, clock: systemClock, locks })
    const other = await startApp(place, CHEAP)
    expect(other.sources.installations()).toEqual([])
    await expect(two.handlers['sharing/reveal'](ref)).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
    })
    await expect.poll(() => two.desk.snapshot().vault.state).toBe('locked')
    const locked = two.activity.list().filter(({ what }) => what === 'locked')
    expect(locked).toMatchObject([{ by: 'itself', detail: 'another-vault' }])
    await two.handlers['vault/unlock'](null)
    expect(two.sources.installations()).toEqual([])
  })
})
