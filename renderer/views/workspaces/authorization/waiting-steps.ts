import type { AuthorizationView } from '../../../../main/contract/views.ts'
import type { Step } from './steps.tsx'

/** What the user does on Slack's page and after it, by redirect strategy. */
export function stepsInBrowser(authorization: AuthorizationView): Step[] {
  const { environment, strategy, port } = authorization
  const isPractice = environment.ref.kind === 'practice'
  return [
    ...(isPractice ? [] : [pickStep(authorization)]),
    {
      title: 'Click Allow',
      more: `${isPractice ? 'The page' : 'Slack'} lists what ${authorization.slackAppName} may do.`,
    },
    ...(strategy === 'https' && port !== null ? [CERTIFICATE_STEP] : []),
    ...(port === null ? [COPY_STEP] : []),
  ]
}

function pickStep({ wantedName }: AuthorizationView): Step {
  return {
    title: wantedName === null ? 'Pick the workspace' : `Pick ${wantedName}`,
    more: 'At the top right of Slack’s page. Sign in first if it asks.',
  }
}

const CERTIFICATE_STEP: Step = {
  title: 'Continue past the certificate warning',
  more: 'The browser does not know Token Desk’s own certificate. Choose “Advanced”, then “Continue to localhost”.',
}

const COPY_STEP: Step = {
  title: 'Copy the address it ends on',
  more: 'From the browser’s address bar, even if the page did not load.',
}
