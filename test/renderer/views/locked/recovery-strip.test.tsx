import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
// Read beforehand, so that no test waits for a part of the page to be built.
import '../../../../renderer/views/backup/restore-dialog.tsx'
import { RecoveryStrip } from '../../../../renderer/views/locked/recovery-strip.tsx'
import { renderView } from '../../render-view.tsx'
import { sampleSnapshot } from '../../sample-snapshot.ts'

type Opened = 'last-good' | 'empty' | 'incomplete'

function show(opened: Opened) {
  const base = sampleSnapshot(6)
  const recovery = { opened, damagedFile: 'vault.found.json' }
  return renderView(<RecoveryStrip />, {
    snapshot: { ...base, vault: { ...base.vault, recovery } },
  })
}

const button = (name: string) => screen.getByRole('button', { name })

it.each([
  ['last-good', 'The vault file was damaged. Its last good copy is open.', 'Show the damaged file'],
  ['empty', 'The vault file was damaged. An empty vault is open.', 'Show the damaged file'],
  [
    'incomplete',
    'Entries of the vault file were removed or put back by another program.',
    'Show the copy',
  ],
] as const)('says that it is %s, and where the file is', async (opened, title, name) => {
  const { api, user } = await show(opened)
  expect(screen.getByText(title)).toBeTruthy()
  expect(screen.getByText('vault.found.json')).toBeTruthy()
  await user.click(button(name))
  await user.click(button('Put this notice away'))
  expect(api.callsTo('vault/show-damaged-file')).toHaveLength(1)
  expect(api.callsTo('vault/dismiss-recovery')).toHaveLength(1)
})

it('leads to a backup', async () => {
  const { api, user } = await show('incomplete')
  await user.click(button('Restore from a backup…'))
  await user.type(await screen.findByLabelText('Passphrase of the backup'), 'x{Enter}')
  expect(api.callsTo('backup/open')).toEqual([['backup-1', 'x']])
  expect(screen.queryByText(/is kept aside/)).toBeNull()
})
