import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import { TextField } from '../../../renderer/parts/text-field.tsx'
import { fail } from '../fake-api.ts'

function Asking({ isDanger = false, hasProblem = false }) {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>Remove…</Button>
      <Dialog
        title="Remove Northwind Test?"
        isOpen={isOpen}
        onClose={close}
        role={isDanger ? 'alertdialog' : 'dialog'}
        problem={
          hasProblem ? fail('VAULT_WRITE_FAILED', { slackCode: 'ratelimited' }).failure : null
        }
        actions={
          <Button autoFocus={isDanger} onPress={close}>
            Cancel
          </Button>
        }
      >
        <TextField label="Why" value="" onChange={() => {}} />
      </Dialog>
    </>
  )
}

const open = async () => userEvent.click(screen.getByRole('button', { name: 'Remove…' }))

it('is named by its title, begins in its first field and returns the focus on Esc', async () => {
  render(<Asking />)
  await open()
  expect(screen.getByRole('dialog', { name: 'Remove Northwind Test?' })).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Why' }))
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).toBeNull()
  await expect
    .poll(() => document.activeElement)
    .toBe(screen.getByRole('button', { name: 'Remove…' }))
})

it('begins on Cancel where the act is dangerous', async () => {
  render(<Asking isDanger />)
  await open()
  expect(screen.getByRole('alertdialog')).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }))
})

it('keeps the focus inside', async () => {
  render(<Asking />)
  await open()
  const dialog = screen.getByRole('dialog')
  for (let presses = 0; presses < 6; presses++) {
    await userEvent.tab()
    expect(dialog.contains(document.activeElement)).toBe(true)
  }
})

it('shows a problem as the first thing in its body, with Slack’s code', async () => {
  render(<Asking hasProblem />)
  await open()
  const alert = screen.getByRole('alert')
  expect(alert.textContent).toContain('Slack did not answer')
  expect(alert.textContent).toContain('ratelimited')
  const follows = alert.compareDocumentPosition(screen.getByRole('textbox'))
  expect(follows & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
})

it('is a form where it takes a submit, and keeps it from the form that it was opened from', async () => {
  const outer = vi.fn()
  const inner = vi.fn()
  render(
    <form onSubmit={outer}>
      <Dialog
        title="Rename"
        isOpen
        onClose={() => {}}
        onSubmit={inner}
        actions={<Button type="submit">Rename</Button>}
      >
        <TextField label="Name" value="" onChange={() => {}} />
      </Dialog>
    </form>,
  )
  await userEvent.type(screen.getByLabelText('Name'), '{Enter}')
  await userEvent.click(screen.getByRole('button', { name: 'Rename' }))
  expect(inner).toHaveBeenCalledTimes(2)
  expect(outer).not.toHaveBeenCalled()
})
