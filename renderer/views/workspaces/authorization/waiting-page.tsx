import { useState } from 'react'
import { REDIRECT_PORTS, RELAY_PORT } from '../../../../main/contract/redirect.ts'
import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { useNavigation } from '../../../app/navigation.ts'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { useToasts } from '../../../parts/toast.tsx'
import { markPaneStart } from '../pane-start.ts'
import type { AuthorizationPageProps } from './authorization-page.tsx'
import { PasteAddress } from './paste-address.tsx'
import { SlackPageHelp } from './slack-page-help.tsx'
import { Steps } from './steps.tsx'
import { WaitingCard } from './waiting-card.tsx'
import { stepsInBrowser } from './waiting-steps.tsx'

interface WaitingPageProps extends AuthorizationPageProps {
  readonly onRedirectRefused: () => void
}

/** What to do in the browser, how long there is, and the other ways. Waiting goes on without it. */
export function WaitingPage({ authorization, onLeave, onRedirectRefused }: WaitingPageProps) {
  const { go } = useNavigation()
  const mustPaste = authorization.port === null
  const [isPasting, setPasting] = useState(mustPaste)
  return (
    <>
      <h1>Finish in your browser</h1>
      {authorization.browserFailure === null ? (
        <p className="authorization-lead">{leadOf(authorization, mustPaste)}</p>
      ) : (
        <FailureNotice failure={authorization.browserFailure} />
      )}
      {mustPaste && authorization.strategy !== 'paste' && (
        <PortsBusyNotice strategy={authorization.strategy} />
      )}
      <WaitingCard authorization={authorization} />
      <Steps
        steps={stepsInBrowser(authorization, () =>
          go({ screen: 'settings', settingsSection: 'certificate', isDetailOpen: true }),
        )}
      />
      {mustPaste && <PasteAddress authorizationId={authorization.id} />}
      <Acts
        authorization={authorization}
        onLeave={onLeave}
        onPaste={isPasting ? undefined : () => setPasting(true)}
      />
      {isPasting && !mustPaste && <PasteAddress authorizationId={authorization.id} isAsked />}
      <SlackPageHelp authorization={authorization} onRedirectRefused={onRedirectRefused} />
    </>
  )
}

function leadOf(authorization: AuthorizationView, mustPaste: boolean): string {
  const { environment, flow, wantedName } = authorization
  const page = environment.ref.kind === 'practice' ? 'The practice page' : 'Slack’s page'
  if (mustPaste) return `${page} is open. Click Allow there, then bring the address back here.`
  if (wantedName !== null) {
    return `${page} is open. ${wantedName} is brought up to date as soon as you click Allow.`
  }
  return flow === 'openid'
    ? `${page} is open. Who signed in appears here as soon as you click Allow.`
    : `${page} is open. The workspace appears here as soon as you click Allow.`
}

function PortsBusyNotice({ strategy }: Pick<AuthorizationView, 'strategy'>) {
  const ports =
    strategy === 'relay'
      ? `${RELAY_PORT}, which the relay forwards to, is in use by another program.`
      : `${REDIRECT_PORTS.slice(0, -1).join(', ')} and ${REDIRECT_PORTS.at(-1)} are in use by other programs.`
  return (
    <Notice kind="warning" title="No free port to come back to">
      {ports} The browser ends on a page that does not load; its address is all that is needed.
    </Notice>
  )
}

interface ActsProps extends AuthorizationPageProps {
  /** Undefined where the field is open already. */
  readonly onPaste: (() => void) | undefined
}

function Acts({ authorization, onLeave, onPaste }: ActsProps) {
  const api = useApi()
  const { show } = useToasts()
  const { run, failure } = useCall()
  const { id } = authorization
  async function copyLink(): Promise<void> {
    const copied = await run(() => api.call['authorizations/copy-link'](id))
    if (copied === undefined) return
    show({ text: 'Link copied.', detail: 'Open it in the browser that is signed in.' })
  }
  async function cancel(): Promise<void> {
    const cancelled = await run(() => api.call['authorizations/cancel'](id))
    if (cancelled !== undefined) onLeave()
  }
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <div className="authorization-acts">
        <Button
          icon="external"
          ref={markPaneStart}
          onPress={() => void run(() => api.call['authorizations/open-again'](id))}
        >
          Open again
        </Button>
        <Button icon="copy" onPress={() => void copyLink()}>
          Copy link
        </Button>
        {onPaste && <Button onPress={onPaste}>Paste the address instead</Button>}
        <span className="authorization-acts-gap" />
        <Button onPress={() => void cancel()}>Cancel</Button>
      </div>
    </>
  )
}
