import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { keysLabel } from '../../app/shortcuts.ts'
import { useCall } from '../../app/use-call.ts'
import { Badge } from '../../parts/badge.tsx'
import { Button } from '../../parts/button.tsx'
import { SettingGroup, SettingRow } from './setting-row.tsx'

/** How the tokens are sealed, and the lock. */
export function Security() {
  const api = useApi()
  const locking = useCall()
  const { vault } = useDesk().snapshot
  return (
    <>
      <SettingGroup name="Vault">
        <SettingRow
          name="Protected by"
          sentence={
            vault.protection === 'passphrase'
              ? 'Your passphrase. It is stored nowhere and cannot be recovered.'
              : 'This computer’s keyring. It keeps the key that opens the vault.'
          }
        >
          {vault.state === 'ready' ? (
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
          name="Lock"
          sentence={`Closes the vault until you unlock it. ${keysLabel('Shift')} L does the same.`}
        >
          <Button
            icon="lock"
            busyLabel={locking.isBusy ? 'Locking…' : undefined}
            onPress={() => void locking.run(api.call['vault/lock'])}
          >
            Lock now
          </Button>
        </SettingRow>
        {locking.failure && <FailureNotice failure={locking.failure} />}
      </SettingGroup>
      <SettingGroup name="Seeing and copying secrets">
        <SettingRow
          name="A revealed secret"
          sentence="Hides again after 20 s, and at once when you leave its page or lock."
        />
        <SettingRow
          name="The clipboard"
          sentence="Cleared after 30 s and at quit, only if Token Desk’s line is still on it."
        />
      </SettingGroup>
    </>
  )
}
