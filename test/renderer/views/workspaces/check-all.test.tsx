import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallValue } from '../../../../main/contract/calls.ts'
import type { Result } from '../../../../main/contract/errors.ts'
import { lastCheckedWords } from '../../../../renderer/views/workspaces/list/last-checked.ts'
import { outcomeWords } from '../../../../renderer/views/workspaces/list/use-check-all.ts'
import { WorkspacesView } from '../../../../renderer/views/workspaces/workspaces-view.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
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

type Ended = CallValue<'workspaces/check-all'>
const MINUTE = 60_000
const button = (name: string) => screen.getByRole('button', { name })
const checking = (over: object = {}) => ({
  done: 124,
  total: 200,
  failed: 2,
  waitsUntilMs: null,
  ...over,
})

describe('outcomeWords', () => {
  it.each<[Partial<Ended>, string]>([
    [{ checked: 6 }, 'All 6 work'],
    [{ checked: 1 }, '1 workspace works'],
    [{ checked: 0 }, 'Nothing to check'],
    [{ checked: 200, failed: 3 }, '3 of 200 need attention'],
    [{ checked: 1000, failed: 1 }, '1 of 1,000 needs attention'],
    [{ checked: 124, wasCancelled: true }, 'Cancelled after 124'],
    [{ checked: 9, failed: 1, wasCancelled: true }, 'Cancelled after 9; 1 needs attention'],
  ])('%o', (over, words) => {
    expect(outcomeWords({ checked: 0, failed: 0, wasCancelled: false, ...over })).toBe(words)
  })
})

describe('lastCheckedWords', () => {
  const checkedAgo = (ms: number | null) =>
    sampleInstallation({ lastCheckedAtMs: ms === null ? null : SAMPLE_NOW_MS - ms })
  const hookOnly = sampleInstallation({
    lastCheckedAtMs: null,
    credentials: [sampleCredential({ kind: 'webhook' })],
  })
  it.each([
    ['the oldest', [checkedAgo(MINUTE), checkedAgo(9 * MINUTE)], 'All checked 9 min ago'],
    ['some left', [checkedAgo(MINUTE), checkedAgo(null)], '1 of 2 not checked yet'],
    ['none yet', [checkedAgo(null)], 'Not checked yet'],
    ['what cannot be checked aside', [checkedAgo(0), hookOnly], 'All checked just now'],
    ['nothing to check', [hookOnly], null],
  ])('%s', (_what, installations, words) => {
    expect(lastCheckedWords(installations, SAMPLE_NOW_MS)).toBe(words)
  })
})

describe('Check all', () => {
  it('shows how far it is, can be cancelled by key, and says politely what it came to', async () => {
    let end: (result: Result<Ended>) => void = () => {}
    const overrides: Overrides = {
      'workspaces/check-all': () =>
        new Promise((resolve) => {
          end = resolve
        }),
    }
    const { user, api } = await renderView(<WorkspacesView />, { overrides })
    expect(screen.getByText('All checked 4 min ago')).toBeTruthy()
    act(() => button('Check all').focus())
    await user.keyboard('{Enter}')
    await act(async () => api.emit('desk/changed', { checking: checking() }))
    const bar = await screen.findByRole('progressbar', { name: 'Checking all workspaces' })
    expect(bar).toMatchObject({ value: 124, max: 200 })
    expect(screen.getByText('Checking 124 of 200')).toBeTruthy()
    expect(document.activeElement).toBe(button('Cancel'))
    await user.keyboard('{Enter}')
    expect(api.callsTo('workspaces/cancel-check-all')).toHaveLength(1)
    await act(async () => api.emit('desk/changed', { checking: null }))
    await act(async () => end(ok({ checked: 200, failed: 3, wasCancelled: false })))
    expect(document.activeElement).toBe(button('Check all'))
    const said = screen.getAllByRole('status').map((status) => status.textContent)
    expect(said).toContain('3 of 200 need attention')
  })

  it('says that Slack asks to wait, and for how long', async () => {
    const waits = checking({ waitsUntilMs: SAMPLE_NOW_MS + 28_000 })
    await renderView(<WorkspacesView />, { snapshot: sampleSnapshot(6, { checking: waits }) })
    expect(screen.getByText('Slack asks to wait. Goes on in 28 s.')).toBeTruthy()
  })

  it('says nothing of a wait that is over', async () => {
    const waits = checking({ waitsUntilMs: SAMPLE_NOW_MS })
    await renderView(<WorkspacesView />, { snapshot: sampleSnapshot(6, { checking: waits }) })
    expect(screen.queryByText(/asks to wait/)).toBeNull()
  })

  it('says in place why it did not run, and runs again', async () => {
    const { user, api } = await renderView(<WorkspacesView />, {
      overrides: { 'workspaces/check-all': fail('SLACK_NO_ANSWER') },
    })
    await user.click(button('Check all'))
    expect(screen.getByRole('alert').textContent).toContain('Slack did not answer')
    await user.click(button('Try again'))
    expect(api.callsTo('workspaces/check-all')).toHaveLength(2)
  })

  it('gives its place to the keys while searching, and the progress keeps it', async () => {
    const { user, api } = await renderView(<WorkspacesView />)
    await user.type(screen.getByRole('searchbox'), 'a')
    expect(screen.queryByRole('button', { name: 'Check all' })).toBeNull()
    await act(async () => api.emit('desk/changed', { checking: checking() }))
    expect(await screen.findByRole('progressbar')).toBeTruthy()
  })

  it('is not offered where Slack can check nothing', async () => {
    const credentials = [sampleCredential({ kind: 'app', state: 'unchecked' })]
    await renderView(<WorkspacesView />, {
      snapshot: sampleSnapshot(6, { installations: [sampleInstallation({ credentials })] }),
    })
    expect(screen.queryByRole('button', { name: 'Check all' })).toBeNull()
  })
})
