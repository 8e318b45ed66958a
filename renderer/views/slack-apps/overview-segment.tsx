import type { SlackAppView } from '../../../main/contract/views.ts'
import { AppRedirects } from './app-redirects.tsx'
import { AppWorkspaces } from './app-workspaces.tsx'
import { InstallLinks } from './install-links.tsx'
import { SlackPages } from './open-page-button.tsx'
import { SlackAppSecrets } from './slack-app-secrets.tsx'
import { UnfinishedNotice } from './unfinished-notice.tsx'

/** IDs and secrets, where Slack returns to, where the app is, and what to give to others. */
export function OverviewSegment({ app }: { readonly app: SlackAppView }) {
  return (
    <>
      {app.isUnfinished && <UnfinishedNotice app={app} />}
      <SlackAppSecrets app={app} />
      <AppRedirects app={app} />
      <AppWorkspaces app={app} />
      <InstallLinks app={app} />
      <SlackPages app={app} />
    </>
  )
}
