import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
// Read beforehand, so that no test waits for a part of the page to be built.
import '../../../../renderer/views/backup/restore-dialog.tsx'
import type { Result } from '../../../../main/contract/errors.ts'
import { FirstRun } from '../../../../renderer/views/first-run/first-run.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleSnapshot } from '../../sample-snapshot.ts'

const show = (overrides: Overrides = {}) =>
  renderView(<FirstRun />, { snapshot: sampleSnapshot(0), overrides })
const door = (name: string) => screen.getByRole('button', { name })
const DOORS = ['Try the practice workspace', 'Add a Slack app', 'Paste a token'] as const

it('begins on the first door; arrows and Tab go between the doors', async () => {
  const { user } = await show()
  const focused = () => document.activeElement?.textContent
  expect(focused()).toBe(DOORS[0])
  await user.keyboard('{ArrowRight}')
  expect(focused()).toBe(DOORS[1])
  await user.tab()
  expect(focused()).toBe(DOORS[2])
  await user.keyboard('{ArrowRight}')
  expect(focused()).toBe(DOORS[0])
  await user.keyboard('{ArrowLeft}')
  expect(focused()).toBe(DOORS[2])
})

it('describes each door by all that stands on it', async () => {
  await show()
  const described = document.getElementById(
    door('Paste a token').getAttribute('aria-describedby') ?? '',
  )
  expect(described?.textContent).toContain('Bot, user or app-level token')
  expect(described?.textContent).toContain('A few seconds')
})

it.each([
  [DOORS[0], { screen: 'workspaces', authorizationId: 'auth-1' }],
  [DOORS[1], { screen: 'slack-apps', isAddingSlackApp: true }],
  [DOORS[2], { screen: 'workspaces', dialog: { kind: 'import' } }],
] as const)('%s leads on with Enter', async (name, expected) => {
  const { user, place } = await show()
  door(name).focus()
  await user.keyboard('{Enter}')
  expect(place()).toMatchObject(expected)
})

it('says that practice is starting and starts it once', async () => {
  let answer: (result: Result<{ authorizationId: string }>) => void = () => {}
  const { api, user, place } = await show({
    'practice/try': () =>
      new Promise((resolve) => {
        answer = resolve
      }),
  })
  await user.click(door(DOORS[0]))
  await user.click(door(DOORS[0]))
  expect(screen.getByText('Starting…')).toBeTruthy()
  expect(api.callsTo('practice/try')).toHaveLength(1)
  answer(ok({ authorizationId: 'auth-9' }))
  await expect.poll(() => place().authorizationId).toBe('auth-9')
})

it('says beside the doors why practice did not start, and tries again', async () => {
  let tries = 0
  const { user, place } = await show({
    'practice/try': () =>
      ++tries === 1
        ? fail('PRACTICE_PORT_BUSY', { message: 'The practice workspace did not start' })
        : ok({ authorizationId: 'auth-2' }),
  })
  await user.click(door(DOORS[0]))
  expect(screen.getByRole('alert').textContent).toContain('The practice workspace did not start')
  await user.click(door('Try again'))
  expect(place().authorizationId).toBe('auth-2')
  expect(screen.queryByRole('alert')).toBeNull()
})

it.each([
  ['keyring', 'Sealed with this computer’s keyring'],
  ['passphrase', 'Sealed with your passphrase'],
] as const)('tells how tokens are sealed: %s', async (protection, words) => {
  const base = sampleSnapshot(0)
  const snapshot = { ...base, vault: { ...base.vault, protection } }
  await renderView(<FirstRun />, { snapshot })
  expect(screen.getByText(words)).toBeTruthy()
})

it('restores a backup instead', async () => {
  const { api, user } = await show()
  await user.click(door('Restore from a backup…'))
  expect(await screen.findByLabelText('Passphrase of the backup')).toBeTruthy()
  expect(api.callsTo('backup/choose-file')).toHaveLength(1)
})

it('says why no backup could be chosen', async () => {
  await (await show({ 'backup/choose-file': fail('BACKUP_UNREADABLE') })).user.click(
    door('Restore from a backup…'),
  )
  expect(screen.getByRole('alert')).toBeTruthy()
})
