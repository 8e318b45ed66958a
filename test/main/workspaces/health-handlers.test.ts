import { expect, it } from 'vitest'
import { answerConsent, openPlace, type Place, startApp } from '../rooms-fixture.ts'

/** The app with one practice workspace, its first check over. */
async function startWithWorkspace(place: Place) {
  const app = await startApp(place)
  await app.handlers['practice/try']()
  await answerConsent(place, app.opened.at(-1) ?? '')
  const installation = () => {
    const [found] = app.sources.installations()
    if (!found) throw new Error('no workspace in the list')
    return found
  }
  // The user's name is learned by the last question of the first check.
  await expect.poll(() => installation().credentials.at(-1)?.userName).toBeTypeOf('string')
  const checkCount = () => place.watch.addresses.filter((url) => url.endsWith('/auth.test')).length
  return { ...app, installation, checkCount }
}

it('shows a run on the page, and tells of each workspace', async () => {
  const place = await openPlace()
  const { handlers, checkCount, sources } = await startWithWorkspace(place)
  const before = checkCount()
  place.watch.page.length = 0
  const report = await handlers['workspaces/check-all']()
  expect(report).toEqual({ checked: 1, failed: 0, wasCancelled: false })
  expect(checkCount()).toBe(before + 2)
  expect(sources.checking()).toBeNull()
  await expect.poll(() => place.watch.page.join('\n')).toContain('"checking":null')
  const shown = '"checking":{"done":0,"total":1,"failed":0,"waitsUntilMs":null}'
  expect(place.watch.page.join('\n')).toContain(shown)
})

it('ends the run when the vault is locked', async () => {
  const { handlers, desk } = await startWithWorkspace(await openPlace())
  const running = handlers['workspaces/check-all']()
  await handlers['vault/lock']()
  expect(await running).toEqual({ checked: 0, failed: 0, wasCancelled: true })
  expect(desk.snapshot().checking).toBeNull()
})

it('can be cancelled', async () => {
  const { handlers } = await startWithWorkspace(await openPlace())
  const running = handlers['workspaces/check-all']()
  await handlers['workspaces/cancel-check-all']()
  expect(await running).toMatchObject({ wasCancelled: true })
})

it('uninstalls the app, keeps the workspace in sight, and does not try twice', async () => {
  const { handlers, installation } = await startWithWorkspace(await openPlace())
  expect(installation().uninstallBlock).toBeNull()
  await handlers['workspaces/uninstall'](installation().id)
  expect(installation().credentials.map(({ kind, state }) => [kind, state])).toEqual([
    ['bot', 'revoked'],
    ['user', 'revoked'],
  ])
  expect(installation().history.at(-1)).toMatchObject({ what: 'revoked' })
  expect(installation().uninstallBlock).toBe('no-token')
  const again = handlers['workspaces/uninstall'](installation().id)
  await expect(again).rejects.toMatchObject({ code: 'UNINSTALL_IMPOSSIBLE' })
  // Slack says the same.
  const checked = await handlers['workspaces/check-all']()
  expect(checked).toEqual({ checked: 1, failed: 1, wasCancelled: false })
  const codes = installation().credentials.map(({ slackCode }) => slackCode)
  expect(codes).toEqual(['token_revoked', 'token_revoked'])
})

it('looks for the certificate’s stores, and says which program is missing', async () => {
  const { handlers } = await startWithWorkspace(await openPlace())
  const view = await handlers['certificate/look']()
  // The authorization made it.
  expect(view.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  expect(view.failure).toMatchObject({ code: 'CERTIFICATE_TOOL_MISSING' })
  expect(await handlers['certificate/trust']()).toEqual(view)
})
