import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { Link } from '../../../parts/link.tsx'
import type { Step } from './steps.tsx'

/**
 * What the user does on Slack's page and after it, by flow and redirect strategy. `onTrust` leads to
 * where the browser is told to trust the certificate.
 */
export function stepsInBrowser(authorization: AuthorizationView, onTrust: () => void): Step[] {
  const { environment, strategy, port, isCertificateTrusted } = authorization
  const isPractice = environment.ref.kind === 'practice'
  const meetsWarning = strategy === 'https' && port !== null && !isCertificateTrusted
  return [
    ...(isPractice ? [] : [pickStep(authorization)]),
    { title: 'Click Allow', more: allowWords(authorization) },
    ...(meetsWarning ? [certificateStep(onTrust)] : []),
    ...(port === null ? [COPY_STEP] : []),
  ]
}

function pickStep({ flow, slackAppName, wantedName }: AuthorizationView): Step {
  if (flow === 'openid') {
    return {
      title: wantedName === null ? 'Sign in to the workspace' : `Sign in to ${wantedName}`,
      more: `As the person that ${slackAppName} should know. Slack skips this where you are signed in.`,
    }
  }
  return {
    title: wantedName === null ? 'Pick the workspace' : `Pick ${wantedName}`,
    more: 'At the top right of Slack’s page. Sign in first if it asks.',
  }
}

function allowWords({ environment, flow, slackAppName }: AuthorizationView): string {
  const page = environment.ref.kind === 'practice' ? 'The page' : 'Slack'
  return flow === 'openid'
    ? `${page} says what ${slackAppName} gets to know about you.`
    : `${page} lists what ${slackAppName} may do.`
}

function certificateStep(onTrust: () => void): Step {
  return {
    title: 'Continue past the certificate warning',
    more: (
      <p>
        The browser does not know Token Desk’s own certificate. Choose “Advanced”, then “Continue to
        localhost”. <Link onPress={onTrust}>Trust it once instead</Link>
      </p>
    ),
  }
}

const COPY_STEP: Step = {
  title: 'Copy the address it ends on',
  more: 'From the browser’s address bar, even if the page did not load.',
}
