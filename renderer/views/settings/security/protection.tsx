import { useState } from 'react'
import { useDesk } from '../../../app/desk-state.ts'
import { Badge } from '../../../parts/badge.tsx'
import { Button } from '../../../parts/button.tsx'
import { SettingGroup, SettingRow } from '../setting-row.tsx'
import { ChangePassphraseDialog } from './change-passphrase-dialog.tsx'
import { RemovePassphraseDialog } from './remove-passphrase-dialog.tsx'
import { SetPassphraseDialog } from './set-passphrase-dialog.tsx'

type OpenDialog = 'set' | 'change' | 'remove' | null

/** What seals the vault: the keyring, or a passphrase that can be set, changed and removed. */
export function Protection() {
  const { vault } = useDesk().snapshot
  const [dialog, setDialog] = useState<OpenDialog>(null)
  const close = () => setDialog(null)
  const isReady = vault.state === 'ready'
  const hasPassphrase = vault.protection === 'passphrase'
  return (
    <SettingGroup name="Vault">
      <SettingRow
        name="Protected by"
        sentence={
          hasPassphrase
            ? 'Your passphrase. It is stored nowhere and cannot be recovered.'
            : 'This computer’s keyring. It keeps the key that opens the vault.'
        }
      >
        {isReady ? (
          <Badge tone="ok" icon="check-circle">
            Working
          </Badge>
        ) : (
          <Badge tone="neutral" icon="clock">
            Opening
          </Badge>
        )}
      </SettingRow>
      <SettingRow
        name="Passphrase"
        sentence={
          hasPassphrase
            ? 'Asked for at each start and after each lock.'
            : 'None is set. Without one, unlocking is one click for whoever sits here.'
        }
      >
        {hasPassphrase ? (
          <div className="setting-acts">
            <Button isDisabled={!isReady} onPress={() => setDialog('change')}>
              Change…
            </Button>
            <Button isDisabled={!isReady} onPress={() => setDialog('remove')}>
              Remove…
            </Button>
          </div>
        ) : (
          <Button isDisabled={!isReady} onPress={() => setDialog('set')}>
            Set a passphrase…
          </Button>
        )}
      </SettingRow>
      {dialog === 'set' && <SetPassphraseDialog onClose={close} />}
      {dialog === 'change' && <ChangePassphraseDialog onClose={close} />}
      {dialog === 'remove' && <RemovePassphraseDialog onClose={close} />}
    </SettingGroup>
  )
}
