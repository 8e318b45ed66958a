import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Failure, Result } from '../../../../main/contract/errors.ts'
import type { CredentialView, Snapshot } from '../../../../main/contract/views.ts'
import { WorkspacesView } from '../../../../renderer/views/workspaces/workspaces-view.tsx'
import { fail, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import {
  DEAD,
  FAILING,
  NO_ANSWER,
  REFRESH_REFUSED,
  sampleRotating,
  sampleRotatingUser,
} from '../../sample-refresh.ts'
import {
  SAMPLE_NOW_MS,
  sampleCredential,
  sampleInstallation,
  sampleSnapshot,
} from '../../sample-snapshot.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: SAMPLE_NOW_MS })
})
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE = 60_000
const start = { workspaceId: 'inst-northwind' }
const over = { expiresAtMs: SAMPLE_NOW_MS - MINUTE }
const inMs = (ms: number) => ({ expiresAtMs: SAMPLE_NOW_MS + ms })
const row = (name = 'Bot token') => within(screen.getByRole('group', { name }))
const detail = () => within(screen.getByRole('region', { name: 'Northwind Test' }))
const button = (name: string) => screen.getByRole('button', { name })
const option = (name: RegExp) => screen.getByRole('option', { name })

/** Northwind Test with these credentials, beside Acme Sandbox. */
function desk(...credentials: CredentialView[]): Snapshot {
  return sampleSnapshot(6, {
    installations: [
      sampleInstallation({ id: 'inst-acme', name: 'Acme Sandbox' }),
      sampleInstallation({ credentials }),
    ],
  })
}

describe('Refresh now', () => {
  it('refreshes what rotates, and says so', async () => {
    const { user, api } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating(), sampleRotatingUser()),
      overrides: { 'workspaces/refresh': ok({ refreshed: 2 }) },
    })
    await user.click(button('Refresh now'))
    expect(api.callsTo('workspaces/refresh')).toEqual([['inst-northwind']])
    expect(screen.getByText('Refreshed.')).toBeTruthy()
    expect(screen.getByText(/Northwind Test, 2 new tokens\./)).toBeTruthy()
  })

  it('is not there where nothing rotates', async () => {
    await renderView(<WorkspacesView />, { start, snapshot: desk(sampleCredential()) })
    expect(screen.queryByRole('button', { name: 'Refresh now' })).toBeNull()
  })

  it('is off, with the reason, where Slack refreshes nothing of it any more', async () => {
    const { user, api } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating(DEAD)),
    })
    await user.click(button('Refresh now'))
    expect(api.callsTo('workspaces/refresh')).toEqual([])
    expect(button('Refresh now').getAttribute('aria-disabled')).toBe('true')
    const why = button('Refresh now').getAttribute('aria-describedby') ?? ''
    expect(document.getElementById(why)?.textContent).toContain('Authorize again.')
  })

  it('shows that it runs, also elsewhere, and runs once', async () => {
    let answer: (result: Result<{ refreshed: number }>) => void = () => {}
    const { user, api, place } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating()),
      overrides: {
        'workspaces/refresh': () =>
          new Promise((resolve) => {
            answer = resolve
          }),
      },
    })
    await user.click(button('Refresh now'))
    await user.click(button('Refreshing…'))
    expect(api.callsTo('workspaces/refresh')).toHaveLength(1)
    await act(async () => place().go({ workspaceId: 'inst-acme' }))
    await act(async () => answer(ok({ refreshed: 1 })))
    expect(screen.getByText(/Northwind Test, 1 new token\./)).toBeTruthy()
  })

  it('says on top why it did not work, until the next try', async () => {
    const answers = [fail(NO_ANSWER.code, NO_ANSWER), ok({ refreshed: 1 })]
    const { user } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating()),
      overrides: { 'workspaces/refresh': () => answers.shift() ?? ok({ refreshed: 0 }) },
    })
    await user.click(button('Refresh now'))
    expect(screen.getByRole('alert').textContent).toContain('Slack did not answer')
    await user.click(button('Try again'))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it.each<[string, Failure, number]>([
    ['once where the notice gives the same reason', NO_ANSWER, 0],
    ['beside the notice where it is another one', REFRESH_REFUSED, 1],
  ])('says it %s', async (_what, failure, alerts) => {
    const { user } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating(FAILING, inMs(40 * MINUTE))),
      overrides: { 'workspaces/refresh': fail(failure.code, failure) },
    })
    await user.click(detail().getAllByRole('button', { name: 'Refresh now' })[0] as HTMLElement)
    expect(screen.getByText('The token could not be refreshed')).toBeTruthy()
    expect(screen.queryAllByRole('alert')).toHaveLength(alerts)
  })
})

describe('while Token Desk refreshes by itself', () => {
  it('says so in the row, the badge, the list and the button', async () => {
    await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating({ isRunning: true }), sampleRotatingUser()),
    })
    expect(row().getByText('Refreshing…')).toBeTruthy()
    expect(row('User token').queryByText('Refreshing…')).toBeNull()
    expect(row('User token').getByText('9 h 12 min')).toBeTruthy()
    expect(option(/Northwind Test.*Refreshing…/)).toBeTruthy()
    expect(button('Refreshing…').getAttribute('aria-disabled')).toBe('true')
    expect(row().getByRole('button', { name: 'Copy env line' })).toBeTruthy()
  })
})

describe('a token that was not refreshed', () => {
  it('still works, and says until when and what helps', async () => {
    const { user, api } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating(FAILING, inMs(40 * MINUTE))),
    })
    expect(row().getByText('Refresh failed')).toBeTruthy()
    expect(row().getByRole('button', { name: 'Copy env line' })).toBeTruthy()
    expect(option(/Northwind Test.*Refresh failed/)).toBeTruthy()
    const notice = within(
      screen.getByText('The token could not be refreshed').closest('.notice') as HTMLElement,
    )
    expect(notice.getByText(/It works for 40 more minutes\..*next try at 14:56\./)).toBeTruthy()
    await user.click(notice.getByRole('button', { name: 'Refresh now' }))
    expect(api.callsTo('workspaces/refresh')).toEqual([['inst-northwind']])
    await user.click(notice.getByRole('button', { name: 'Authorize again' }))
    expect(api.callsTo('workspaces/authorize')).toEqual([['app-deploy', 'inst-northwind']])
  })

  it('leads to the Slack app where a secret is missing there', async () => {
    const failure: Failure = { ...NO_ANSWER, code: 'REFRESH_IMPOSSIBLE', remedy: 'edit-slack-app' }
    const { user, place } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating({ ...FAILING, failure, nextAtMs: null })),
    })
    expect(screen.queryByRole('button', { name: 'Authorize again' })).toBeNull()
    await user.click(button('Edit Slack app'))
    expect(place()).toMatchObject({ slackAppId: 'app-deploy', isEditingSlackApp: true })
  })

  it('is among those that need attention', async () => {
    const { user } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating(FAILING)),
    })
    await user.click(screen.getByRole('radio', { name: 'Needs attention 1' }))
    expect(screen.getAllByRole('option')).toHaveLength(1)
    expect(option(/Northwind Test/)).toBeTruthy()
  })

  it('can be refreshed in its row once it has ended', async () => {
    const { user, api } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating(FAILING, over)),
    })
    expect(row().getByText('Expired')).toBeTruthy()
    expect(row().getAllByRole('button')).toHaveLength(1)
    await user.click(row().getByRole('button', { name: 'Refresh now' }))
    expect(api.callsTo('workspaces/refresh')).toEqual([['inst-northwind']])
  })
})

describe('a token whose refresh token is dead', () => {
  it('is used until its end, and only authorizing again helps', async () => {
    await renderView(<WorkspacesView />, { start, snapshot: desk(sampleRotating(DEAD)) })
    expect(row().getByText('Refresh failed')).toBeTruthy()
    expect(row().getByRole('button', { name: 'Copy env line' })).toBeTruthy()
    const notice = within(
      screen.getByText('The token cannot be refreshed any more').closest('.notice') as HTMLElement,
    )
    expect(notice.getAllByRole('button').map((one) => one.textContent)).toEqual(['Authorize again'])
    expect(notice.getByText(/Slack’s code: invalid_refresh_token\./)).toBeTruthy()
  })

  it('says in its row why it has ended', async () => {
    const { user, api } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating(DEAD, over)),
    })
    expect(row().getByText('Expired')).toBeTruthy()
    expect(row().getByText('Slack: invalid_refresh_token')).toBeTruthy()
    await user.click(row().getByRole('button', { name: 'Authorize again' }))
    expect(api.callsTo('workspaces/authorize')).toEqual([['app-deploy', 'inst-northwind']])
  })
})

describe('a revealed value', () => {
  const OLD = 'EXAMPLE-ONLY-THIS-IS-NOT-A-TOKEN-k3Zq'
  const NEW = 'EXAMPLE-ONLY-THIS-IS-NOT-A-TOKEN-fr3s'
  const page = () => document.documentElement.outerHTML
  const refreshed = {
    installations: desk(sampleRotating({}, { masked: 'xoxe.xoxb-1-…fr3s' })).installations,
  }

  async function revealing() {
    let answer: (result: Result<{ value: string; seconds: number }>) => void = () => {}
    const view = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(sampleRotating()),
      overrides: {
        'sharing/reveal': () =>
          new Promise((resolve) => {
            answer = resolve
          }),
      },
    })
    await view.user.click(row().getByRole('button', { name: 'Reveal' }))
    return {
      answer: (value: string) => act(async () => answer(ok({ value, seconds: 20 }))),
      refresh: () => act(async () => view.api.emit('desk/changed', refreshed)),
    }
  }

  it('hides when the token was refreshed', async () => {
    const { answer, refresh } = await revealing()
    await answer(OLD)
    expect(page()).toContain(OLD)
    await refresh()
    expect(page()).not.toContain(OLD)
  })

  it('stays when it is the one that was refreshed for it, whichever comes first', async () => {
    const early = await revealing()
    await early.answer(NEW)
    await early.refresh()
    expect(page()).toContain(NEW)
  })

  it('stays also when the list hears of the refresh before', async () => {
    const late = await revealing()
    await late.refresh()
    await late.answer(NEW)
    expect(page()).toContain(NEW)
  })

  it('is not shown when it was refreshed on the way', async () => {
    const { answer, refresh } = await revealing()
    await refresh()
    await answer(OLD)
    expect(page()).not.toContain(OLD)
  })
})

describe('Turn on token rotation…', () => {
  const able = sampleCredential({ canExchange: true })

  it('warns, asks for a tick, and exchanges that token', async () => {
    const { user, api } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(able, sampleRotatingUser()),
    })
    await user.click(button('Turn on token rotation…'))
    const dialog = within(screen.getByRole('alertdialog'))
    expect(document.activeElement?.textContent).toBe('Cancel')
    expect(dialog.getByText(/changes every 12 hours\. This cannot be undone\./)).toBeTruthy()
    expect(dialog.getByText(/stop working after the first refresh/)).toBeTruthy()
    expect(dialog.getByText(/only if they are linked/)).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Turn on token rotation' }))
    expect(api.callsTo('workspaces/exchange-token')).toEqual([])
    await user.click(dialog.getByRole('checkbox'))
    await user.click(dialog.getByRole('button', { name: 'Turn on token rotation' }))
    expect(api.callsTo('workspaces/exchange-token')).toEqual([['inst-northwind', 'cred-bot']])
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(screen.getByText('Token rotation is on.')).toBeTruthy()
  })

  it('stays open with what Slack said', async () => {
    const { user } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(able),
      overrides: {
        'workspaces/exchange-token': fail('TOKEN_EXCHANGE_IMPOSSIBLE', {
          message: 'Token rotation is off in this Slack app',
        }),
      },
    })
    await user.click(button('Turn on token rotation…'))
    const dialog = within(screen.getByRole('alertdialog'))
    await user.click(dialog.getByRole('checkbox'))
    await user.click(dialog.getByRole('button', { name: 'Turn on token rotation' }))
    expect(dialog.getByRole('alert').textContent).toContain('is off in this Slack app')
  })

  it('names the token where there are several, and is not there where none can', async () => {
    const { user, api, place } = await renderView(<WorkspacesView />, {
      start,
      snapshot: desk(able, sampleCredential({ id: 'u', kind: 'user', canExchange: true })),
    })
    await user.click(button('Turn on token rotation for the user token…'))
    const dialog = within(screen.getByRole('alertdialog'))
    await user.click(dialog.getByRole('checkbox'))
    await user.click(dialog.getByRole('button', { name: 'Turn on token rotation' }))
    expect(api.callsTo('workspaces/exchange-token')).toEqual([['inst-northwind', 'u']])
    await act(async () => place().go({ workspaceId: 'inst-acme' }))
    expect(screen.queryByRole('button', { name: /Turn on token rotation/ })).toBeNull()
  })
})
