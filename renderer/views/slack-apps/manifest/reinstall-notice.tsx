import type { SlackAppView } from '../../../../main/contract/views.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { Button } from '../../../parts/button.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { countWords, workspacesOf } from '../slack-app-words.ts'

interface ReinstallNoticeProps {
  readonly app: SlackAppView
  /** Workspaces that have to reinstall. */
  readonly count: number
}

/** After an update that changed what the app may do. */
export function ReinstallNotice({ app, count }: ReinstallNoticeProps) {
  const show = useShowWorkspaces(app)
  if (count === 0) {
    return (
      <Notice kind="done" title="Scopes changed.">
        No workspace here uses the app yet.
      </Notice>
    )
  }
  const isOne = count === 1
  return (
    <Notice
      kind="warning"
      title={`Scopes changed. ${countWords(count, 'workspace')} ${isOne ? 'needs' : 'need'} a reinstall.`}
      actions={
        <Button size="row" onPress={show}>
          {isOne ? 'Show workspace' : 'Show workspaces'}
        </Button>
      }
    >
      Until then {isOne ? 'its' : 'their'} tokens have the scopes of before.
    </Notice>
  )
}

/** Leads to the one workspace; where there are several, to their list on the overview. */
function useShowWorkspaces(app: SlackAppView): () => void {
  const { go } = useNavigation()
  const { installations } = useDesk().snapshot
  const [only, another] = workspacesOf(app, installations)
  if (only && !another) {
    return () => go({ screen: 'workspaces', workspaceId: only.id, isDetailOpen: true })
  }
  return () => {
    go({ slackAppSegment: 'overview' })
    // The list stands far down, and is there only after this change is drawn.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.app-workspace-link')?.focus())
  }
}
