import { useApi } from '../../../app/api.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { keysLabel } from '../../../app/shortcuts.ts'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { SettingGroup, SettingRow } from '../setting-row.tsx'
import { SelectRow, SwitchRow } from './security-rows.tsx'
import { useSecuritySetting } from './use-security-setting.ts'

const AFTER = [
  { value: 0, label: 'Never' },
  { value: 1, label: '1 minute' },
  { value: 5, label: '5 minutes' },
  { value: 15, label: '15 minutes' },
  { value: 30, label: '30 minutes' },
  { value: 60, label: '1 hour' },
] as const

/** When the vault locks by itself, and the lock at once. */
export function LockSettings() {
  const { security } = useDesk().snapshot
  const autoLock = useSecuritySetting('autoLockMinutes')
  const onScreenLock = useSecuritySetting('lockOnScreenLock')
  const onSuspend = useSecuritySetting('lockOnSuspend')
  return (
    <SettingGroup
      name="Lock"
      note="While Token Desk is locked, tokens are not refreshed. They are when you unlock it."
    >
      <SelectRow
        name="Lock after"
        sentence="Counts the time in which nobody uses this computer."
        options={AFTER}
        setting={autoLock}
      />
      {security.knowsScreenLock ? (
        <SwitchRow
          name="Lock when the screen is locked"
          sentence="With the system’s own lock, and when another user takes over."
          setting={onScreenLock}
        />
      ) : (
        <SettingRow
          name="Lock when the screen is locked"
          sentence="Not possible here: this system does not tell programs that its screen is locked."
        />
      )}
      <SwitchRow
        name="Lock before sleep"
        sentence="Before this computer sleeps or hibernates."
        setting={onSuspend}
      />
      <LockNow />
    </SettingGroup>
  )
}

function LockNow() {
  const api = useApi()
  const { isBusy, failure, run } = useCall()
  return (
    <>
      <SettingRow
        name="Lock at once"
        sentence={`Closes the vault until you unlock it. ${keysLabel('Shift')} L does the same.`}
      >
        <Button
          icon="lock"
          busyLabel={isBusy ? 'Locking…' : undefined}
          onPress={() => void run(api.call['vault/lock'])}
        >
          Lock now
        </Button>
      </SettingRow>
      {failure && <FailureNotice failure={failure} />}
    </>
  )
}
