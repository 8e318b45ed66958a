import { useApi } from '../../../app/api.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { TokenRow } from './token-row.tsx'

/** Every configuration token, what it is for, and where more come from. */
export function TokensDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi()
  const { go } = useNavigation()
  const opening = useCall()
  const tokens = useDesk().snapshot.configurationTokens
  function importMore(): void {
    onClose()
    go({ dialog: { kind: 'import' } })
  }
  return (
    <Dialog
      title="Configuration tokens"
      width={640}
      isOpen
      onClose={onClose}
      problem={opening.failure}
      actions={
        <>
          <Button
            kind="quiet"
            icon="external"
            onPress={() =>
              void opening.run(() =>
                api.call['slack-apps/open-settings'](
                  tokens[0]?.environment.ref ?? { kind: 'slack' },
                ),
              )
            }
          >
            Open app settings
          </Button>
          <Button onPress={importMore}>Import token</Button>
          <Button autoFocus onPress={onClose}>
            Close
          </Button>
        </>
      }
    >
      <p>
        With one, Token Desk creates and changes Slack apps for you. You make it in Slack, below the
        list of your apps, under “Your App Configuration Tokens”: one for each workspace. Import it
        together with its refresh token, and it renews itself.
      </p>
      {tokens.length > 0 && (
        <div className="credentials card token-rows">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </div>
      )}
    </Dialog>
  )
}
