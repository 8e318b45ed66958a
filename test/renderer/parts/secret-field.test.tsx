import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createRef } from 'react'
import { expect, it, vi } from 'vitest'
import { SecretField, type SecretFieldHandle } from '../../../renderer/parts/secret-field.tsx'

const field = () => screen.getByLabelText<HTMLInputElement>('Client secret')

it('hands its value over once and is empty then', async () => {
  const handle = createRef<SecretFieldHandle>()
  render(<SecretField ref={handle} label="Client secret" />)
  await userEvent.type(field(), 'not a secret')
  expect(handle.current?.take()).toBe('not a secret')
  expect(handle.current?.take()).toBe('')
  expect(field().value).toBe('')
})

it('leaves nothing of the value in the document but the field itself', async () => {
  const handle = createRef<SecretFieldHandle>()
  const { container } = render(<SecretField ref={handle} label="Client secret" canShow />)
  await userEvent.type(field(), 'hunter-hunter')
  expect(container.innerHTML).not.toContain('hunter')
  handle.current?.clear()
  expect(field().value).toBe('')
})

it('shows what is typed only while asked, and hides again when it is handed over', async () => {
  const handle = createRef<SecretFieldHandle>()
  render(<SecretField ref={handle} label="Client secret" canShow />)
  expect(field().type).toBe('password')
  await userEvent.click(screen.getByRole('button', { name: 'Show client secret' }))
  expect(field().type).toBe('text')
  act(() => void handle.current?.take())
  expect(field().type).toBe('password')
})

it('gives back what was refused, so that nothing typed is lost', () => {
  const handle = createRef<SecretFieldHandle>()
  render(<SecretField ref={handle} label="Client secret" />)
  handle.current?.giveBack('typed before')
  expect(handle.current?.peek()).toBe('typed before')
})

it('ties its problem to the field', () => {
  render(<SecretField label="Client secret" problem="This is not the passphrase." />)
  expect(field().getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByLabelText('Client secret', { selector: '[aria-describedby]' })).toBe(field())
  const note = document.getElementById(field().getAttribute('aria-describedby') ?? '')
  expect(note?.textContent).toBe('This is not the passphrase.')
})

it('tells of each edit, for a measure of strength', async () => {
  const onEdit = vi.fn()
  render(<SecretField label="Client secret" onEdit={onEdit} />)
  await userEvent.type(field(), 'ab')
  expect(onEdit.mock.calls).toEqual([['a'], ['ab']])
})
