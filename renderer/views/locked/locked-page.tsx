import './locked.css'
import { useRef } from 'react'
import type { VaultView } from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { RestoreDialogSlot } from '../backup/restore-dialog-slot.tsx'
import { useRestore } from '../backup/use-restore.ts'
import { BlockedVault } from './blocked-vault.tsx'
import { ChoosePassphrase } from './choose-passphrase.tsx'
import { Unlock } from './unlock.tsx'

/** The whole page while the vault is not open. Shows no name of any workspace. */
export function LockedPage() {
  const vault = useClosedVault()
  const restore = useRestore()
  return (
    <main className="locked">
      {vault.state === 'choose-passphrase' && <ChoosePassphrase restore={restore} />}
      {vault.state === 'locked' && <Unlock vault={vault} restore={restore} />}
      {vault.state === 'blocked' && <BlockedVault failure={vault.failure} restore={restore} />}
      <RestoreDialogSlot restore={restore} />
    </main>
  )
}

/** While the page is held for a restore the vault may be open already: then it shows what it was. */
function useClosedVault(): VaultView {
  const { vault } = useDesk().snapshot
  const closed = useRef(vault)
  if (vault.state !== 'ready' && vault.state !== 'opening') closed.current = vault
  return closed.current
}
