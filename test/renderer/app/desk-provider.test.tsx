import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Result } from '../../../main/contract/errors.ts'
import type { Snapshot } from '../../../main/contract/views.ts'
import { ApiProvider } from '../../../renderer/app/api.ts'
import { DeskProvider } from '../../../renderer/app/desk-provider.tsx'
import { applyChange, useDesk } from '../../../renderer/app/desk-state.ts'
import { createFakeApi, fail, ok } from '../fake-api.ts'
import { sampleSnapshot } from '../sample-snapshot.ts'

function Names() {
  const { snapshot } = useDesk()
  return <p>{snapshot.installations.map(({ name }) => name).join(', ') || 'nothing'}</p>
}

function show(api: ReturnType<typeof createFakeApi>) {
  return act(async () =>
    render(
      <ApiProvider value={api}>
        <DeskProvider>
          <Names />
        </DeskProvider>
      </ApiProvider>,
    ),
  )
}

it('follows main’s changes, slice by slice', async () => {
  const api = createFakeApi({}, sampleSnapshot(1))
  await show(api)
  expect(screen.getByText('Northwind Test')).toBeTruthy()
  act(() => api.emit('desk/changed', { installations: [] }))
  expect(screen.getByText('nothing')).toBeTruthy()
})

it('loses no change that comes while it loads', async () => {
  let answer: (result: Result<Snapshot>) => void = () => {}
  const api = createFakeApi({
    'desk/load': () =>
      new Promise((resolve) => {
        answer = resolve
      }),
  })
  await show(api)
  act(() => api.emit('desk/changed', { installations: sampleSnapshot(1).installations }))
  await act(async () => answer(ok(sampleSnapshot(0))))
  expect(screen.getByText('Northwind Test')).toBeTruthy()
})

it('says why the desk did not load, and tries again', async () => {
  let tries = 0
  const api = createFakeApi({
    'desk/load': () => (++tries === 1 ? fail('UNEXPECTED') : ok(sampleSnapshot(1))),
  })
  await show(api)
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Northwind Test')).toBeTruthy()
})

it('keeps the slices that did not change as they are', () => {
  const before = sampleSnapshot(6)
  const after = applyChange(before, { slackApps: [] })
  expect(after.slackApps).toEqual([])
  expect(after.installations).toBe(before.installations)
})
