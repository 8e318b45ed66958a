import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { initials } from '../../../renderer/parts/avatar.tsx'
import { CodeLine } from '../../../renderer/parts/code-line.tsx'
import { MenuButton } from '../../../renderer/parts/menu-button.tsx'
import { Notice, type NoticeKind } from '../../../renderer/parts/notice.tsx'
import { ScopeChip } from '../../../renderer/parts/scope-chip.tsx'

it.each([
  ['Northwind Test', 'NT'],
  ['Contoso QA Grid', 'CQ'],
  ['acme', 'AC'],
  ['x', 'X'],
  ['', '–'],
  ['  --  ', '–'],
  ['👩‍👩‍👧 Ünal', 'ÜN'],
  ['école (test)', 'ÉT'],
  ['<script>alert', 'SA'],
])('gives %j the letters %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})

it.each<[NoticeKind, string]>([
  ['problem', 'alert'],
  ['warning', 'status'],
  ['note', 'status'],
  ['done', 'status'],
])('speaks a %s as %s', (kind, role) => {
  render(<Notice kind={kind} title="Slack did not answer" />)
  expect(screen.getByRole(role).textContent).toBe('Slack did not answer')
})

it('copies by a button of its own name and says so', async () => {
  const onCopy = vi.fn()
  const line = { text: 'https://localhost/callback', copyLabel: 'Copy redirect URL 1', onCopy }
  const { rerender } = render(<CodeLine {...line} />)
  await userEvent.click(screen.getByRole('button', { name: 'Copy redirect URL 1' }))
  expect(onCopy).toHaveBeenCalledOnce()
  rerender(<CodeLine {...line} isCopied />)
  expect(screen.getByRole('status').textContent).toBe('Copied')
})

it.each([
  ['granted', 'chat:write'],
  ['missing', 'chat:write (missing)'],
  ['unwanted', 'chat:write (no longer wanted)'],
] as const)('says in words that a scope is %s', (state, words) => {
  const { container } = render(<ScopeChip scope="chat:write" state={state} />)
  expect(container.textContent).toBe(words)
})

it('opens a menu by key, acts on Enter and closes', async () => {
  const onAction = vi.fn()
  const items = [
    { id: 'a', label: 'Deploy Bot' },
    { id: 'b', label: 'Standup Bot' },
  ]
  render(<MenuButton label="Authorize workspace" items={items} onAction={onAction} />)
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  expect(screen.getByRole('menu')).toBeTruthy()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(onAction).toHaveBeenCalledWith('b')
  expect(screen.queryByRole('menu')).toBeNull()
})
