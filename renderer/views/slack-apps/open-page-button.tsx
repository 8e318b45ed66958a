import type { CallArgs } from '../../../main/contract/calls.ts'
import type { SlackAppView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { type Act, useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'

interface OpenPageButtonProps {
  readonly app: SlackAppView
  readonly page: CallArgs<'slack-apps/open-page'>[1]
  readonly label: string
  readonly opening: Act
}

/** Leads to one page of the app's settings at Slack. */
export function OpenPageButton({ app, page, label, opening }: OpenPageButtonProps) {
  const api = useApi()
  return (
    <Button
      size="row"
      icon="external"
      onPress={() => void opening.run(() => api.call['slack-apps/open-page'](app.id, page))}
    >
      {label}
    </Button>
  )
}

/** "In Slack": the two pages where the app's IDs and its redirect URLs stand. */
export function SlackPages({ app }: { readonly app: SlackAppView }) {
  const opening = useCall()
  return (
    <section className="detail-section" aria-labelledby="slack-pages">
      <h2 id="slack-pages">App settings in Slack</h2>
      <div className="slack-app-acts">
        <OpenPageButton app={app} page="basic" label="Open app settings" opening={opening} />
        <OpenPageButton app={app} page="oauth" label="Open OAuth & Permissions" opening={opening} />
      </div>
      {opening.failure && <FailureNotice failure={opening.failure} />}
    </section>
  )
}
