import type { UserCheckKind } from '../../../../main/contract/views.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { SettingGroup, SettingRow } from '../setting-row.tsx'
import { SelectRow, SwitchRow } from './security-rows.tsx'
import { useSecuritySetting } from './use-security-setting.ts'

const SECONDS = [
  { value: 10, label: '10 seconds' },
  { value: 30, label: '30 seconds' },
  { value: 60, label: '1 minute' },
  { value: 120, label: '2 minutes' },
] as const

/** What seeing and copying a secret takes, how long it stays, and what is told by itself. */
export function SecretsSettings() {
  const { userCheck, hidesFromScreenshots } = useDesk().snapshot.security
  const asks = useSecuritySetting('asksBeforeSecrets')
  const clipboard = useSecuritySetting('clipboardSeconds')
  const notifies = useSecuritySetting('notifies')
  return (
    <>
      <SettingGroup name="Seeing and copying secrets">
        <SwitchRow
          name="Ask before secrets are shown or copied"
          sentence={askWords(userCheck, asks.value)}
          setting={asks}
          // What was turned on while there was something to ask can still be turned off.
          isDisabled={userCheck === null && !asks.value}
        />
        <SelectRow
          name="Clear the clipboard after"
          sentence="Only if Token Desk’s line is still on it. Also at quit."
          options={SECONDS}
          setting={clipboard}
        />
        <SettingRow
          name="A revealed secret"
          sentence="Hides again after 20 s, and at once when you leave its page or lock."
        />
        <SettingRow
          name="Screenshots"
          sentence={
            hidesFromScreenshots
              ? 'While a secret is revealed, this window is left out of screenshots and screen sharing.'
              : 'This system cannot keep a revealed secret out of screenshots. Hide it before you share the screen.'
          }
        />
      </SettingGroup>
      <SettingGroup name="Notifications">
        <SwitchRow
          name="Notify me when a token cannot be refreshed"
          sentence="A notification of the system. It names the workspace and shows no secret."
          setting={notifies}
        />
      </SettingGroup>
    </>
  )
}

function askWords(kind: UserCheckKind, isOn: boolean): string {
  if (kind === 'touch-id') return 'With Touch ID.'
  if (kind === 'passphrase') return 'With your passphrase.'
  return isOn
    ? 'There is nothing to ask for here any more. Set a passphrase first.'
    : 'Set a passphrase first.'
}
