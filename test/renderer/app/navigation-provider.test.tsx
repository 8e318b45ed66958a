import { act } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { type LeaveGuard, useLeaveGuard } from '../../../renderer/app/navigation.ts'
import { renderView } from '../render-view.tsx'

function Form({ guard }: { readonly guard: LeaveGuard | null }) {
  useLeaveGuard(guard)
  return null
}

const start = { screen: 'slack-apps', isAddingSlackApp: true } as const

it('asks the guard before a form is left, and goes when the guard says so', async () => {
  const guard = vi.fn<LeaveGuard>()
  const { place } = await renderView(<Form guard={guard} />, { start })
  act(() => place().go({ screen: 'settings' }))
  expect(place().screen).toBe('slack-apps')
  act(() => guard.mock.calls[0]?.[0]())
  expect(place().screen).toBe('settings')
})

it('asks nothing when the form was saved, or when there is no guard', async () => {
  const guard = vi.fn<LeaveGuard>()
  const { place } = await renderView(<Form guard={guard} />, { start })
  act(() => place().go({ isAddingSlackApp: false, slackAppId: 'new' }, { isSure: true }))
  expect(place().isAddingSlackApp).toBe(false)
  expect(guard).not.toHaveBeenCalled()

  const free = await renderView(<Form guard={null} />, { start })
  act(() => free.place().go({ screen: 'workspaces' }))
  expect(free.place().screen).toBe('workspaces')
})
