import { act, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { IconButton, spokenKeys } from '../../../renderer/parts/icon-button.tsx'

afterEach(() => vi.useRealTimers())

const tip = () => screen.queryByText('Ctrl I')

function show() {
  render(<IconButton label="Import token" icon="clipboard" keys="Ctrl I" onPress={() => {}} />)
  return screen.getByRole('button', { name: 'Import token' })
}

it('has a name and tells its keys', () => {
  expect(show().getAttribute('aria-keyshortcuts')).toBe('Control+I')
})

it('shows the tip after half a second of hover, and hides it when the pointer is gone', () => {
  vi.useFakeTimers()
  const button = show()
  fireEvent.pointerEnter(button)
  act(() => vi.advanceTimersByTime(499))
  expect(tip()).toBeNull()
  act(() => vi.advanceTimersByTime(1))
  expect(tip()).not.toBeNull()
  fireEvent.pointerLeave(button)
  act(() => vi.advanceTimersByTime(200))
  expect(tip()).toBeNull()
})

it('shows the tip at once on keyboard focus; Esc hides the tip and goes no further', async () => {
  const outer = vi.fn()
  document.addEventListener('keydown', outer)
  show()
  await userEvent.tab()
  expect(tip()).not.toBeNull()
  outer.mockClear()
  await userEvent.keyboard('{Escape}')
  document.removeEventListener('keydown', outer)
  expect(tip()).toBeNull()
})

it.each([
  ['Ctrl I', 'Control+I'],
  ['⌘ I', 'Meta+I'],
  ['Ctrl Shift L', 'Control+Shift+L'],
])('spells %s as %s for assistive technology', (shown, spoken) => {
  expect(spokenKeys(shown)).toBe(spoken)
})
