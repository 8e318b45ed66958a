import { useState } from 'react'
import type { Failure } from '../../../../main/contract/errors.ts'
import { REDIRECT_PORTS } from '../../../../main/contract/redirect.ts'
import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { CodeLine } from '../../../parts/code-line.tsx'
import { Link } from '../../../parts/link.tsx'
import type { AuthorizationPageProps } from './authorization-page.tsx'
import { Steps } from './steps.tsx'
import { StoppedFoot, StoppedHeading, TryAgainButton } from './stopped-page.tsx'
import { useTryAgain } from './use-try-again.ts'

interface RedirectRefusedPageProps extends AuthorizationPageProps {
  /** From Slack, where the exchange said so. */
  readonly failure?: Failure | undefined
  /** Back to waiting, where the user only said what Slack's page shows. */
  readonly onBack?: (() => void) | undefined
}

/** Slack does not know the redirect URL: the exact address, and where it belongs. */
export function RedirectRefusedPage(props: RedirectRefusedPageProps) {
  const { authorization, onLeave, failure, onBack } = props
  const api = useApi()
  const settings = useCall()
  const again = useTryAgain(authorization, onLeave)
  const openSettings = () =>
    void settings.run(() => api.call['slack-apps/open-settings'](authorization.environment.ref))
  return (
    <>
      <StoppedHeading title="Slack did not accept the redirect URL">
        The address that Token Desk sent is not in {authorization.slackAppName}’s list of redirect
        URLs, or is spelled differently there. No token was issued.
      </StoppedHeading>
      <h2>What you can do</h2>
      <Steps
        isCard
        steps={[
          {
            title: 'Copy the address exactly as it was sent',
            more: <RedirectLine authorization={authorization} />,
          },
          {
            title: 'Add it in Slack, then click “Save URLs” there',
            more: (
              <>
                Your app’s page, OAuth & Permissions, Redirect URLs.
                <Button size="row" icon="external" onPress={openSettings}>
                  Open app settings
                </Button>
              </>
            ),
          },
          { title: 'Try again here' },
        ]}
      />
      {settings.failure && <FailureNotice failure={settings.failure} />}
      {again.act.failure && <FailureNotice failure={again.act.failure} onRemedy={again.onRemedy} />}
      <div className="authorization-acts">
        <TryAgainButton {...again} />
        <span className="authorization-acts-gap" />
        <Button onPress={() => void again.putAway()}>Cancel</Button>
      </div>
      {onBack && <Link onPress={onBack}>Slack shows something else</Link>}
      {failure && <StoppedFoot failure={failure} />}
    </>
  )
}

/** The address; with a copy button where it is one of ours, which main can put on the clipboard. */
function RedirectLine({ authorization }: { readonly authorization: AuthorizationView }) {
  const api = useApi()
  const { run, failure } = useCall()
  const [isCopied, setCopied] = useState(false)
  const { strategy, redirectUrl } = authorization
  const index = portIndexOf(redirectUrl)
  const copy =
    strategy === 'paste' || strategy === 'relay' || index === -1
      ? undefined
      : async () => {
          const call = api.call['slack-apps/copy-redirect-urls']
          const copied = await run(() => call(strategy, index, authorization.environment.ref))
          setCopied(copied !== undefined)
        }
  return (
    <>
      <CodeLine
        text={redirectUrl}
        copyLabel="Copy redirect URL"
        isCopied={isCopied}
        onCopy={copy && (() => void copy())}
      />
      {failure && <FailureNotice failure={failure} />}
    </>
  )
}

function portIndexOf(redirectUrl: string): number {
  const port = URL.canParse(redirectUrl) ? Number(new URL(redirectUrl).port) : Number.NaN
  const ports: readonly number[] = REDIRECT_PORTS
  return ports.indexOf(port)
}
