import { useNavigation } from '../../../app/navigation.ts'
import { Button } from '../../../parts/button.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { countWords } from '../slack-app-words.ts'

/** After an update that changed what the app may do. */
export function ReinstallNotice({ count }: { readonly count: number }) {
  const { go } = useNavigation()
  if (count === 0) {
    return (
      <Notice kind="done" title="Scopes changed.">
        No workspace here uses the app yet.
      </Notice>
    )
  }
  const need = count === 1 ? 'needs' : 'need'
  return (
    <Notice
      kind="warning"
      title={`Scopes changed. ${countWords(count, 'workspace')} ${need} a reinstall.`}
      actions={
        <Button size="row" onPress={() => go({ slackAppSegment: 'overview' })}>
          Show workspaces
        </Button>
      }
    >
      Until then their tokens have the scopes of before.
    </Notice>
  )
}
