import './locked.css'
import { useDesk } from '../../app/desk-state.ts'
import { BlockedVault } from './blocked-vault.tsx'
import { ChoosePassphrase } from './choose-passphrase.tsx'
import { Unlock } from './unlock.tsx'

/** The whole page while the vault is not open. Shows no name of any workspace. */
export function LockedPage() {
  const { vault } = useDesk().snapshot
  return (
    <main className="locked">
      {vault.state === 'choose-passphrase' && <ChoosePassphrase />}
      {vault.state === 'locked' && <Unlock vault={vault} />}
      {vault.state === 'blocked' && <BlockedVault failure={vault.failure} />}
    </main>
  )
}
