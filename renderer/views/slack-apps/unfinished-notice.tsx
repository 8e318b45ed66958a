import type { SlackAppView } from '../../../main/contract/views.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Notice } from '../../parts/notice.tsx'
import { OpenPageButton } from './open-page-button.tsx'

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
        Its secrets are sealed here. Finish in Slack’s app settings.
      </Notice>
      {opening.failure && <FailureNotice failure={opening.failure} />}
    </>
  )
}
