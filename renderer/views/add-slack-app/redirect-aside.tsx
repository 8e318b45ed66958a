import { type RedirectStrategy, relayTarget } from '../../../main/contract/redirect.ts'
import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { CodeLine } from '../../parts/code-line.tsx'
import { Notice } from '../../parts/notice.tsx'
import { RedirectLines } from '../slack-apps/redirect-lines.tsx'

interface RedirectAsideProps {
  readonly strategy: RedirectStrategy
  readonly environment: EnvironmentRef
  /** False while the base URL of a custom environment cannot be used. */
  readonly canOpen: boolean
}

/** What to register with Slack for the chosen way back, and why. */
export function RedirectAside(props: RedirectAsideProps) {
  if (props.strategy === 'paste') return <PasteAside {...props} />
  return props.strategy === 'relay' ? <RelayAside {...props} /> : <LoopbackAside {...props} />
}

function PasteAside(props: RedirectAsideProps) {
  return (
    <aside className="form-aside" aria-label="Redirect URL">
      <h2>Use a redirect URL your app has</h2>
      <p className="form-aside-text">
        Enter one that stands in Slack under OAuth &amp; Permissions, exactly as written there.
      </p>
      <OpenSettings {...props} kind="outline" />
      <Why title="What happens then?">
        After you click Allow, the browser goes to that address, even if nothing answers there. Copy
        it from the address bar, and Token Desk reads it from the clipboard.
      </Why>
    </aside>
  )
}

function RelayAside(props: RedirectAsideProps) {
  return (
    <aside className="form-aside" aria-label="Relay">
      <h2>Register your relay</h2>
      <p className="form-aside-text">
        Add its URL in Slack under OAuth &amp; Permissions. The relay must forward to this address,
        with everything behind the “?”:
      </p>
      <CodeLine text={relayTarget(props.environment)} />
      <OpenSettings {...props} kind="outline" />
      <Notice kind="warning" title="The relay sees the code">
        Use one that you run yourself, or that you trust with your tokens.
      </Notice>
      <hr className="form-aside-rule" />
      <Why title="A redirecting relay">
        A web page that answers with a redirect to the address above. The browser on this computer
        follows it.
      </Why>
      <Why title="A tunnel">
        A program on this computer that publishes the address above under its own https URL.
      </Why>
    </aside>
  )
}

function LoopbackAside(props: RedirectAsideProps) {
  const strategy = props.strategy === 'pkce' ? 'pkce' : 'https'
  return (
    <aside className="form-aside" aria-label="Redirect URLs">
      <h2>Register these redirect URLs</h2>
      <p className="form-aside-text">
        Add all three in Slack under OAuth &amp; Permissions, exactly as written.
      </p>
      <RedirectLines
        key={strategy}
        strategy={strategy}
        environment={props.environment}
        action={<OpenSettings {...props} />}
      />
      <hr className="form-aside-rule" />
      <Why title="Why three?">
        Slack only returns to a port it knows. If another program holds the first port, Token Desk
        uses the next one.
      </Why>
      {strategy === 'https' ? (
        <Why title="Why https?">
          Slack gives bot tokens to https addresses only. Your browser warns once about the
          certificate, unless you trust it in Settings.
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

interface OpenSettingsProps extends RedirectAsideProps {
  /** Quiet beside another button. */
  readonly kind?: 'outline' | 'quiet'
}

function OpenSettings({ environment, canOpen, kind = 'quiet' }: OpenSettingsProps) {
  const api = useApi()
  const opening = useCall()
  return (
    <>
      <Button
        kind={kind}
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
