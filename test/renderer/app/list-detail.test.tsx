import { act, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { ListDetail } from '../../../renderer/app/list-detail.tsx'
import { useNavigation } from '../../../renderer/app/navigation.ts'
import { renderView } from '../render-view.tsx'

afterEach(() => vi.unstubAllGlobals())

const narrow = (is: boolean) => vi.stubGlobal('matchMedia', () => ({ matches: is }))

function Rows() {
  const { go } = useNavigation()
  return (
    <button type="button" aria-current onClick={() => go({ isDetailOpen: true })}>
      Northwind Test
    </button>
  )
}

const view = (
  <ListDetail
    name="Workspaces"
    list={<Rows />}
    detailName="Northwind Test"
    detail={<button type="button">Check token</button>}
  />
)

it.each(['{Escape}', '{Alt>}{ArrowLeft}{/Alt}'])(
  'in one pane the focus goes to the detail, and back to the row with %s',
  async (keys) => {
    narrow(true)
    const { user, place } = await renderView(view)
    await user.click(screen.getByRole('button', { name: 'Northwind Test' }))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Workspaces' }))
    await user.keyboard(keys)
    expect(place().isDetailOpen).toBe(false)
    await expect
      .poll(() => document.activeElement)
      .toBe(screen.getByRole('button', { name: 'Northwind Test' }))
  },
)

it('side by side Esc closes nothing and the focus stays in the list', async () => {
  narrow(false)
  const { user, place } = await renderView(view)
  await user.click(screen.getByRole('button', { name: 'Northwind Test' }))
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Northwind Test' }))
  act(() => screen.getByRole('button', { name: 'Check token' }).focus())
  await user.keyboard('{Escape}')
  expect(place().isDetailOpen).toBe(true)
})
