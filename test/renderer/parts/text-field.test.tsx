import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { TextField } from '../../../renderer/parts/text-field.tsx'

it('hands on what is typed', async () => {
  const onChange = vi.fn()
  render(<TextField label="Name" value="Dep" onChange={onChange} />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'l')
  expect(onChange).toHaveBeenCalledWith('Depl')
})

it('shows the problem instead of the help, tied to the field', () => {
  render(
    <TextField
      label="Client ID"
      value="42"
      onChange={() => {}}
      help="From Slack"
      problem="Two numbers with a dot."
    />,
  )
  const field = screen.getByRole('textbox', {
    name: 'Client ID',
    description: 'Two numbers with a dot.',
  })
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(screen.queryByText('From Slack')).toBeNull()
})

it('says in its place why it is disabled, and shows no value there', () => {
  render(
    <TextField
      label="Client secret"
      value="kept"
      onChange={() => {}}
      isDisabled
      disabledReason="Not used with PKCE"
    />,
  )
  const field = screen.getByPlaceholderText<HTMLInputElement>('Not used with PKCE')
  expect(field.value).toBe('')
  expect(field.disabled).toBe(true)
})
