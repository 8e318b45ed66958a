import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { Button } from '../../../renderer/parts/button.tsx'

it.each(['{Enter}', ' '])('acts on %j', async (key) => {
  const onPress = vi.fn()
  render(<Button onPress={onPress}>Cancel</Button>)
  await userEvent.tab()
  await userEvent.keyboard(key)
  expect(onPress).toHaveBeenCalledOnce()
})

it('is busy with its own words, keeps the focus and does nothing', async () => {
  const onPress = vi.fn()
  render(
    <Button onPress={onPress} busyLabel="Checking…" autoFocus>
      Check token
    </Button>,
  )
  const button = screen.getByRole('button', { name: 'Checking…' })
  await userEvent.click(button)
  expect(onPress).not.toHaveBeenCalled()
  expect(document.activeElement).toBe(button)
  expect(button.getAttribute('aria-disabled')).toBe('true')
})

it('says why it is disabled and can be reached to hear it', async () => {
  const onPress = vi.fn()
  render(
    <Button onPress={onPress} isDisabled disabledReason="Choose a file first">
      Write 1 line
    </Button>,
  )
  await userEvent.tab()
  const button = screen.getByRole('button', {
    name: 'Write 1 line',
    description: 'Choose a file first',
  })
  expect(document.activeElement).toBe(button)
  await userEvent.keyboard('{Enter}')
  expect(onPress).not.toHaveBeenCalled()
})

it.each([
  { isDisabled: true },
  { isDisabled: true, disabledReason: 'Not yet' },
  { busyLabel: 'Saving…' },
])('does not submit its form while inert: %j', async (props) => {
  const onSubmit = vi.fn((event: { preventDefault(): void }) => event.preventDefault())
  render(
    <form onSubmit={onSubmit}>
      <Button type="submit" {...props}>
        Save
      </Button>
    </form>,
  )
  await userEvent.click(screen.getByRole('button'))
  expect(onSubmit).not.toHaveBeenCalled()
})
