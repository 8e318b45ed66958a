import type { SlackAppView } from '../../../main/contract/views.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Notice } from '../../parts/notice.tsx'
import { OpenPageButton } from './open-page-button.tsx'
import { joinNames } from './slack-app-words.ts'

/** Slack created the app, but what should have followed did not work. */
export function UnfinishedNotice({ app }: { readonly app: SlackAppView }) {
  const opening = useCall()
  return (
    <>
      <Notice
        kind="warning"
        title="Slack created the app, but one step failed"
        actions={
          <OpenPageButton app={app} page="basic" label="Open app settings" opening={opening} />
        }
      >
        {adviceFor(missingOf(app))}
      </Notice>
      {opening.failure && <FailureNotice failure={opening.failure} />}
    </>
  )
}

/** What Slack should have told and did not, by the names on its page. */
function missingOf(app: SlackAppView): string[] {
  const { clientId, clientSecretMasked, signingSecretMasked, verificationTokenMasked } = app
  const lacksClientSecret = clientSecretMasked === null && app.strategy !== 'pkce'
  const all: readonly [string, boolean][] = [
    ['client ID', clientId === ''],
    ['client secret', lacksClientSecret],
    ['signing secret', signingSecretMasked === null],
    ['verification token', verificationTokenMasked === null],
  ]
  return all.filter(([, isMissing]) => isMissing).map(([name]) => name)
}

function adviceFor(missing: readonly string[]): string {
  if (missing.length === 0) return 'Its secrets are sealed here. Finish in Slack’s app settings.'
  const them = missing.length === 1 ? 'it' : 'them'
  return `What Slack told is sealed here. Copy the ${joinNames(missing)} from Slack’s app settings, then add ${them} with “Edit…”.`
}
