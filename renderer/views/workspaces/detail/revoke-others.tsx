import type { InstallationView, UninstallBlock } from '../../../../main/contract/views.ts'
import { Button } from '../../../parts/button.tsx'

interface RevokeOthersProps {
  readonly installation: InstallationView
  readonly isDisabled: boolean
  readonly onUninstall: () => void
}

/** The two acts beside revoking, and how they differ from it; uninstalling only where it can work. */
export function RevokeOthers({ installation, isDisabled, onUninstall }: RevokeOthersProps) {
  const { name, appName, uninstallBlock } = installation
  return (
    <section className="revoke-others" aria-label="Other ways">
      <div className="revoke-other">
        <div>
          <p className="revoke-other-title">Uninstall the app</p>
          <p className="revoke-sentence">
            {uninstallBlock === null
              ? `Takes ${appName} out of ${name} for everyone, with all of its tokens.`
              : BLOCKED[uninstallBlock]}
          </p>
        </div>
        {uninstallBlock === null && (
          <Button kind="danger-outline" size="row" isDisabled={isDisabled} onPress={onUninstall}>
            Uninstall app…
          </Button>
        )}
      </div>
      <div className="revoke-other">
        <div>
          <p className="revoke-other-title">Remove it here only</p>
          <p className="revoke-sentence">
            “Remove…” forgets the tokens in Token Desk; they keep working elsewhere.
          </p>
        </div>
      </div>
    </section>
  )
}

/** `apps.uninstall` needs a token, the client ID and the client secret. Source: slack-auth section 8. */
const BLOCKED: Readonly<Record<NonNullable<UninstallBlock>, string>> = {
  'no-slack-app':
    'Slack wants the app’s client ID and secret for it, and this workspace has no Slack app here. Add the app and authorize with it, or remove the app on Slack’s own page for installed apps.',
  'no-client-secret':
    'Slack wants the client secret for it, and this app has none. Remove the app on Slack’s own page for installed apps.',
  'no-token':
    'Slack wants a token that works for it, and there is none here. Authorize again first, or remove the app on Slack’s own page for installed apps.',
}
