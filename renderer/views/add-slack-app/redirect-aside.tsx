import type { RedirectStrategy } from '../../../main/contract/redirect.ts'
import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { RedirectLines } from '../slack-apps/redirect-lines.tsx'

interface RedirectAsideProps {
  readonly strategy: RedirectStrategy
  readonly environment: EnvironmentRef
  /** False while the base URL of a custom environment cannot be used. */
  readonly canOpen: boolean
}

/** What to register with Slack for the chosen way back, and why. */
export function RedirectAside({ strategy, environment, canOpen }: RedirectAsideProps) {
  const opening = <OpenSettings environment={environment} canOpen={canOpen} />
  if (strategy === 'paste' || strategy === 'relay') {
    return (
      <aside className="form-aside" aria-label="Redirect URL">
        <h2>Use a redirect URL your app has</h2>
        <p className="form-aside-text">
          Enter one that stands in Slack under OAuth &amp; Permissions, exactly as written there.
        </p>
        {opening}
        <Why title="What happens then?">
          After you click Allow, the browser goes to that address, even if nothing answers there.
          Copy it from the address bar, and Token Desk reads it from the clipboard.
        </Why>
      </aside>
    )
  }
  return (
    <aside className="form-aside" aria-label="Redirect URLs">
      <h2>Register these redirect URLs</h2>
      <p className="form-aside-text">
        Add all three in Slack under OAuth &amp; Permissions, exactly as written.
      </p>
      <RedirectLines
        key={strategy}
        strategy={strategy}
        environment={environment}
        action={opening}
      />
      <hr className="form-aside-rule" />
      <Why title="Why three?">
        Slack only returns to a port it knows. If another program holds the first port, Token Desk
        uses the next one.
      </Why>
      {strategy === 'https' ? (
        <Why title="Why https?">
          Slack gives bot tokens to https addresses only. Your browser warns once about Token Desk’s
          own certificate.
        </Why>
      ) : (
        <Why title="Why http?">
          Slack accepts http on localhost from PKCE apps only, and gives them user tokens only.
        </Why>
      )}
    </aside>
  )
}

function Why({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <h3>{title}</h3>
      <p className="form-aside-text">{children}</p>
    </div>
  )
}

function OpenSettings({ environment, canOpen }: Omit<RedirectAsideProps, 'strategy'>) {
  const api = useApi()
  const opening = useCall()
  return (
    <>
      <Button
        kind="quiet"
        size="row"
        icon="external"
        isDisabled={!canOpen}
        disabledReason="Enter the base URL first"
        onPress={() => void opening.run(() => api.call['slack-apps/open-settings'](environment))}
      >
        Open app settings
      </Button>
      {opening.failure && <FailureNotice failure={opening.failure} />}
    </>
  )
}
