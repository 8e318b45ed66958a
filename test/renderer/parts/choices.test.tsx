import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { Checkbox } from '../../../renderer/parts/checkbox.tsx'
import { RadioRows } from '../../../renderer/parts/radio-rows.tsx'
import { Segmented } from '../../../renderer/parts/segmented.tsx'

const THEMES = [
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
] as const

const WAYS = [
  {
    id: 'https',
    title: 'https on localhost',
    sentence: 'Right for most apps.',
    yields: 'Bot, user',
  },
  { id: 'paste', title: 'Paste the address', sentence: 'Works with any redirect URL.' },
] as const

function Themes() {
  const [value, setValue] = useState<'light' | 'dark'>('light')
  return <Segmented label="Theme" options={THEMES} value={value} onChange={setValue} />
}

function Ways() {
  const [value, setValue] = useState<'https' | 'paste'>('https')
  return <RadioRows label="Way back" options={WAYS} value={value} onChange={setValue} />
}

function Tick() {
  const [is, set] = useState(false)
  return (
    <Checkbox isSelected={is} onChange={set} description="Nothing else is touched.">
      Add .env
    </Checkbox>
  )
}

const chosen = () => screen.getByRole<HTMLInputElement>('radio', { checked: true })

it('segments are one Tab stop and the arrows choose', async () => {
  render(<Themes />)
  expect(screen.getByRole('radiogroup', { name: 'Theme' })).toBeTruthy()
  await userEvent.tab()
  await userEvent.keyboard('{ArrowRight}')
  expect(chosen()).toBe(screen.getByRole('radio', { name: 'Dark' }))
})

it('radio rows have a title as name, the sentence and what it yields as description', async () => {
  render(<Ways />)
  expect(screen.getByRole('radiogroup', { name: 'Way back' })).toBeTruthy()
  const https = screen.getByRole('radio', { name: 'https on localhost' })
  const note = document.getElementById(https.getAttribute('aria-describedby') ?? '')
  expect(note?.textContent).toContain('Right for most apps.')
  expect(note?.textContent).toContain('Bot, user')
  await userEvent.tab()
  await userEvent.keyboard('{ArrowDown}')
  expect(chosen()).toBe(screen.getByRole('radio', { name: 'Paste the address' }))
})

it('a checkbox ticks with Space and is described by its sentence', async () => {
  render(<Tick />)
  await userEvent.tab()
  await userEvent.keyboard(' ')
  expect(
    screen.getByRole('checkbox', {
      name: 'Add .env',
      description: 'Nothing else is touched.',
      checked: true,
    }),
  ).toBeTruthy()
})
