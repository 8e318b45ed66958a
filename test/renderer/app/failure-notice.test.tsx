import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { REMEDIES, type Remedy } from '../../../main/contract/errors.ts'
import { FailureNotice, remedyLabel } from '../../../renderer/app/failure-notice.tsx'
import { fail } from '../fake-api.ts'
import { renderView } from '../render-view.tsx'

const failing = (remedy: Remedy) =>
  fail('SLACK_REFUSED', { remedy, slackCode: 'bad_client_secret' })

it.each(REMEDIES.filter((remedy) => remedy !== 'none'))('has words for %s', (remedy) => {
  expect(remedyLabel(remedy)).toMatch(/^[A-Z][^!.]+…?$/)
})

it('says what happened, what to do and Slack’s code, and does the remedy', async () => {
  const onRemedy = vi.fn()
  const { user } = await renderView(
    <FailureNotice failure={failing('edit-slack-app').failure} onRemedy={onRemedy} />,
  )
  const alert = screen.getByRole('alert')
  expect(alert.textContent).toContain('Check the connection, then try again.')
  expect(alert.textContent).toContain('bad_client_secret')
  await user.click(screen.getByRole('button', { name: 'Edit Slack app' }))
  expect(onRemedy).toHaveBeenCalledWith('edit-slack-app')
})

it.each([
  ['quit', 'Quit', 'desk/quit'],
  ['report', 'Copy diagnostics', 'desk/copy-diagnostics'],
] as const)('does %s by itself', async (remedy, label, call) => {
  const { api, user } = await renderView(<FailureNotice failure={failing(remedy).failure} />)
  await user.click(screen.getByRole('button', { name: label }))
  expect(api.callsTo(call)).toHaveLength(1)
})

it.each(['retry', 'none', 'unlock'] as const)(
  'offers no button for %s where nobody does it',
  async (remedy) => {
    await renderView(<FailureNotice failure={failing(remedy).failure} />)
    expect(screen.queryByRole('button')).toBeNull()
  },
)
