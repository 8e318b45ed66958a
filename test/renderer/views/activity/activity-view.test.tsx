import { act, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ActivityView } from '../../../../renderer/views/activity/activity-view.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleActivity, sampleEntry } from '../../sample-activity.ts'
import { SAMPLE_NOW_MS } from '../../sample-snapshot.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: SAMPLE_NOW_MS })
})
afterEach(() => {
  vi.useRealTimers()
})

const show = (entries = sampleActivity(), overrides: Overrides = {}) =>
  renderView(<ActivityView />, { overrides: { 'activity/list': ok(entries), ...overrides } })
const list = () => screen.getByRole('list', { name: 'Activity' })
const rows = () => within(list()).getAllByRole('button', { expanded: false })
const texts = () => rows().map((row) => row.querySelector('.activity-sentence')?.textContent)
const focused = () => document.activeElement?.querySelector('.activity-sentence')?.textContent
const button = (name: string | RegExp) => screen.getByRole('button', { name })
const search = () => screen.getByRole('searchbox', { name: 'Search activity' })

describe('the list', () => {
  it('has the newest first, by day, with how it went', async () => {
    await show()
    expect(texts().slice(0, 4)).toEqual([
      ...['Refreshed bot and user token', 'Wrote SLACK_BOT_TOKEN to ~/code/northwind-bot/.env'],
      ...['Copied env line SLACK_APP_TOKEN', 'Check failed: the token was revoked'],
    ])
    expect(rows()[3]?.textContent).toMatch(/Check failed.*Fabrikam DevFailed$/)
    const days = within(list()).getAllByRole('heading', { level: 2 })
    expect(days[0]?.textContent).toBe('Today')
    expect(screen.getByText('12 entries')).toBeTruthy()
    expect(screen.getByText(/^No secret is ever written here\./)).toBeTruthy()
  })

  it('follows what comes, once, also while it loads', async () => {
    let answer: (entries: ReturnType<typeof sampleActivity>) => void = () => {}
    const loading = new Promise<ReturnType<typeof sampleActivity>>((resolve) => {
      answer = resolve
    })
    const first = sampleEntry({ id: 'first', what: 'unlocked' })
    const { api } = await show([], { 'activity/list': async () => ok(await loading) })
    expect(screen.queryByText('Nothing happened yet.')).toBeNull()
    await act(async () => api.emit('activity/added', [first]))
    await act(async () => answer([first]))
    expect(texts()).toEqual(['Unlocked'])
    const next = sampleEntry({ id: 'next', what: 'revealed', atMs: SAMPLE_NOW_MS })
    await act(async () => api.emit('activity/added', [next]))
    expect(texts()).toEqual(['Revealed bot token', 'Unlocked'])
  })

  it('says that nothing happened, and why it could not be loaded', async () => {
    await show([])
    expect(screen.getByText('Nothing happened yet.')).toBeTruthy()
    expect(button('Export as JSON lines…').getAttribute('aria-disabled') ?? 'true').toBe('true')
  })

  it('loads again where it could not', async () => {
    let count = 0
    const { user } = await show([], {
      'activity/list': () => {
        count += 1
        return count === 1 ? fail('UNEXPECTED') : ok(sampleActivity())
      },
    })
    await user.click(button('Try again'))
    expect(rows().length).toBeGreaterThan(3)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('draws of 5,000 only what is near', async () => {
    await show(sampleActivity(5000))
    expect(rows().length).toBeLessThan(60)
    expect(screen.getByText('5,000 entries')).toBeTruthy()
    const [first] = within(list())
      .getAllByRole('listitem')
      .filter((item) => item.ariaSetSize !== '' && item.hasAttribute('aria-setsize'))
    expect(first?.getAttribute('aria-setsize')).toBe('5000')
    expect(first?.getAttribute('aria-posinset')).toBe('1')
  })
})

describe('narrowing it', () => {
  it('searches, filters, and goes back to all', async () => {
    const { user } = await show()
    await user.type(search(), 'northwind wrote')
    expect(texts()).toHaveLength(2)
    expect(screen.getByText('2 of 12 entries')).toBeTruthy()
    await user.clear(search())
    await user.click(screen.getByRole('radio', { name: 'Problems 3' }))
    expect(texts()).toHaveLength(3)
    await user.selectOptions(screen.getByRole('combobox', { name: 'Workspace' }), 'Acme Sandbox')
    expect(screen.getByText('No entry matches.')).toBeTruthy()
    await user.click(button('Clear filters'))
    expect(screen.getByText('12 entries')).toBeTruthy()
  })

  it('exports what is shown, oldest first, and says where', async () => {
    const { api, user } = await show()
    await user.click(screen.getByRole('radio', { name: 'Copied and revealed' }))
    await user.click(button('Export as JSON lines…'))
    expect(api.callsTo('activity/export')).toEqual([[['entry-5', 'entry-3']]])
    expect(screen.getByText('2 entries exported to ~/activity.jsonl.')).toBeTruthy()
  })

  it('says nothing where the dialog was closed, and what to do where it failed', async () => {
    let answers = [ok(null), fail('ACTIVITY_EXPORT_FAILED')] as const satisfies unknown[]
    const { user } = await show(sampleActivity(), {
      'activity/export': () => {
        const [next, ...rest] = answers
        answers = (rest.length > 0 ? rest : [next]) as never
        return next
      },
    })
    await user.click(button('Export as JSON lines…'))
    expect(screen.queryByText(/exported/)).toBeNull()
    await user.click(button('Export as JSON lines…'))
    expect(screen.getByRole('alert')).toBeTruthy()
    expect(button('Try again')).toBeTruthy()
  })
})

describe('with the keyboard alone', () => {
  it('is one stop: arrows, Home and End move, Enter opens in place', async () => {
    const { user } = await show()
    const stops = rows().filter((row) => row.tabIndex === 0)
    expect(stops).toHaveLength(1)
    await user.click(search())
    await user.keyboard('{ArrowDown}')
    expect(focused()).toBe('Refreshed bot and user token')
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}')
    expect(focused()).toBe('Check failed: the token was revoked')
    await user.keyboard('{Enter}')
    const details = screen.getByText('Slack’s code').closest('dl')
    expect(details?.textContent).toContain('token_revoked')
    expect(details?.textContent).toContain('SLACK_REFUSED')
    expect(details?.textContent).toContain('You, in the window')
    expect(document.activeElement?.getAttribute('aria-expanded')).toBe('true')
    await user.keyboard('{Escape}')
    expect(screen.queryByText('Slack’s code')).toBeNull()
    await user.keyboard('{ArrowUp}{End}')
    expect(focused()).toBe('Checked all workspaces: 6 checked, 0 failed')
    await user.keyboard('{ArrowDown}{Home}{ArrowUp}')
    expect(focused()).toBe('Refreshed bot and user token')
    await user.keyboard('{PageDown}')
    expect(focused()).not.toBe('Refreshed bot and user token')
    await user.keyboard('{PageUp}')
    expect(focused()).toBe('Refreshed bot and user token')
    expect(rows().filter((row) => row.tabIndex === 0)).toHaveLength(1)
  })

  it('comes to the end of 5,000, which is drawn then', async () => {
    const { user } = await show(sampleActivity(5000))
    await user.click(search())
    await user.keyboard('{ArrowDown}{End}')
    const item = document.activeElement?.closest('li')
    expect(item?.getAttribute('aria-posinset')).toBe('5000')
    fireEvent.scroll(document.querySelector('.activity-body') as Element)
    expect(document.activeElement?.closest('li')).toBe(item)
  })

  it('leads to the workspace of an entry that is here', async () => {
    const { user, place } = await show()
    await user.click(rows()[0] as HTMLElement)
    await user.click(button('Show Northwind Test'))
    expect(place()).toMatchObject({ screen: 'workspaces', workspaceId: 'inst-northwind' })
  })
})
