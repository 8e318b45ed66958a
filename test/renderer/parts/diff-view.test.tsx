import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { DiffLine } from '../../../main/contract/views.ts'
import { DiffView, nearChanges } from '../../../renderer/parts/diff-view.tsx'

const same = (at: number): DiffLine => ({ sign: 'same', before: at, after: at, text: `A${at}=` })
const added = (at: number): DiffLine => ({
  sign: 'added',
  before: null,
  after: at,
  text: 'SLACK_BOT_TOKEN=xoxb-…k3Zq',
})
const tenWithOneAdded = [...[1, 2, 3, 4, 5, 6].map(same), added(7), ...[8, 9, 10].map(same)]

it.each([
  { lines: [], kept: 0 },
  { lines: [same(1), same(2)], kept: 2 },
  { lines: tenWithOneAdded, kept: 7 },
  { lines: [added(1)], kept: 1 },
])('keeps $kept lines near the changes', ({ lines, kept }) => {
  expect(nearChanges(lines)).toHaveLength(kept)
})

it('names its signs, can be reached by keys and shows all lines when asked', async () => {
  render(<DiffView title="~/app/.env" caption="dotenv · LF" lines={tenWithOneAdded} />)
  expect(screen.getAllByRole('row')).toHaveLength(7)
  expect(screen.getByText('added')).toBeTruthy()
  await userEvent.tab()
  expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Changes to ~/app/.env' }))
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  expect(screen.getAllByRole('row')).toHaveLength(10)
})
