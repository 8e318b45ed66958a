import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
// Read beforehand, so that no test waits for a part of the page to be built.
import '../../../../renderer/app/confirm-user/confirm-user-dialog.tsx'
import type { ReactNode } from 'react'
import type { CallName } from '../../../../main/contract/calls.ts'
import type { Place } from '../../../../renderer/app/navigation.ts'
import { SlackAppsView } from '../../../../renderer/views/slack-apps/slack-apps-view.tsx'
import { WorkspacesView } from '../../../../renderer/views/workspaces/workspaces-view.tsx'
import { fail, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { SAMPLE_NOW_MS, sampleSecurity, sampleSnapshot } from '../../sample-snapshot.ts'

// The tokens of the sample still work then.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: SAMPLE_NOW_MS })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const PASSPHRASE = 'four unrelated words'
const SHOWN = 'EXAMPLE-ONLY-THIS-IS-NOT-A-TOKEN-k3Zq'
const northwind = { workspaceId: 'inst-northwind' }
const app = { screen: 'slack-apps', slackAppId: 'app-deploy' } as const
const page = () => document.documentElement.outerHTML
const field = () => screen.findByLabelText('Passphrase', { selector: 'input' })

/** main wants to know who it is, once. */
async function show(view: ReactNode, start: Partial<Place>, call: CallName, value: unknown) {
  const answers = [fail('USER_CHECK_REQUIRED', { message: 'It has to be you' })]
  const base = sampleSnapshot(6)
  return renderView(view, {
    start,
    overrides: { [call]: () => answers.shift() ?? ok(value) },
    snapshot: {
      ...base,
      vault: { ...base.vault, protection: 'passphrase' },
      security: { ...sampleSecurity({ asksBeforeSecrets: true }), userCheck: 'passphrase' },
    },
  })
}

const revealed = { value: SHOWN, seconds: 20 }
const line = { variable: 'SLACK_BOT_TOKEN', clearedAfterSeconds: 10 }
const lines = { variables: ['SLACK_CLIENT_ID'], clearedAfterSeconds: 10 }

const CASES = [
  ['Reveal', 'Bot token', 'sharing/reveal', revealed, <WorkspacesView key="1" />, northwind],
  ['Copy env line', 'Bot token', 'sharing/copy-line', line, <WorkspacesView key="2" />, northwind],
  ['Reveal', 'Client secret', 'sharing/reveal', revealed, <SlackAppsView key="3" />, app],
  ['Copy env line', 'Client secret', 'sharing/copy-line', line, <SlackAppsView key="4" />, app],
] as const

const done = (call: CallName) =>
  call === 'sharing/reveal' ? page().includes(SHOWN) : page().includes('Cleared in 10 s')

it.each(CASES)('%s of %s asks, then does it', async (name, group, call, value, view, start) => {
  const { api, user } = await show(view, start, call, value)
  const button = within(screen.getByRole('group', { name: group })).getByRole('button', { name })
  await user.click(button)
  expect(screen.queryByText('It has to be you')).toBeNull()
  await user.type(await field(), `${PASSPHRASE}{Enter}`)
  await waitFor(() => expect(done(call)).toBe(true))
  expect(api.callsTo(call)).toHaveLength(2)
  expect(page()).not.toContain(PASSPHRASE)
  await waitFor(() => expect(document.activeElement).toBe(button))
})

it.each(CASES)('%s of %s does nothing on Cancel', async (name, group, call, value, view, start) => {
  const { api, user } = await show(view, start, call, value)
  const button = within(screen.getByRole('group', { name: group })).getByRole('button', { name })
  await user.click(button)
  await field()
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(api.callsTo(call)).toHaveLength(1)
  expect(done(call)).toBe(false)
  expect(screen.queryByRole('alert')).toBeNull()
  await waitFor(() => expect(document.activeElement).toBe(button))
})

it('copies the lines of an app after it asked', async () => {
  const { api, user } = await show(<SlackAppsView />, app, 'sharing/copy-app-lines', lines)
  await user.click(screen.getByRole('button', { name: 'Copy env lines' }))
  await user.type(await field(), `${PASSPHRASE}{Enter}`)
  await waitFor(() => expect(page()).toContain('Cleared in 10 s'))
  expect(api.callsTo('sharing/copy-app-lines')).toHaveLength(2)
})

it('still reveals after the window was left to look the passphrase up', async () => {
  const { user } = await show(<WorkspacesView />, northwind, 'sharing/reveal', revealed)
  const row = within(screen.getByRole('group', { name: 'Bot token' }))
  await user.click(row.getByRole('button', { name: 'Reveal' }))
  const input = await field()
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  await act(async () => document.dispatchEvent(new Event('visibilitychange')))
  visibility.mockRestore()
  await user.type(input, `${PASSPHRASE}{Enter}`)
  await waitFor(() => expect(page()).toContain(SHOWN))
})

it('reveals nothing while the window is out of sight', async () => {
  const { user } = await show(<WorkspacesView />, northwind, 'sharing/reveal', revealed)
  const row = within(screen.getByRole('group', { name: 'Bot token' }))
  await user.click(row.getByRole('button', { name: 'Reveal' }))
  await user.type(await field(), PASSPHRASE)
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(page()).not.toContain(SHOWN)
})
