import type { SlackAppView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { DangerActions } from '../../parts/danger-actions.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useToasts } from '../../parts/toast.tsx'
import { joinNames, workspacesOf } from './slack-app-words.ts'

interface RemoveSlackAppProps {
  readonly app: SlackAppView
  readonly onClose: () => void
}

/** "Remove…": forgets the app here. One that workspaces need is kept, and says which they are. */
export function RemoveSlackApp({ app, onClose }: RemoveSlackAppProps) {
  const { installations } = useDesk().snapshot
  const users = workspacesOf(app, installations).map(({ name }) => name)
  if (users.length === 0) return <AskToRemove app={app} onClose={onClose} />
  const isOne = users.length === 1
  return (
    <Dialog
      title={`${app.name} is still in use`}
      role="alertdialog"
      width={480}
      isOpen
      onClose={onClose}
      actions={
        <Button autoFocus onPress={onClose}>
          Close
        </Button>
      }
    >
      <p>
        {joinNames(users)} {isOne ? 'was' : 'were'} authorized with it, and{' '}
        {isOne ? 'needs' : 'need'} it to be authorized again. Remove {isOne ? 'it' : 'them'} from
        Token Desk first.
      </p>
    </Dialog>
  )
}

function AskToRemove({ app, onClose }: RemoveSlackAppProps) {
  const api = useApi()
  const { go } = useNavigation()
  const { show } = useToasts()
  const { isBusy, failure, run } = useCall()
  async function remove(): Promise<void> {
    const removed = await run(() => api.call['slack-apps/remove'](app.id))
    if (removed === undefined) return
    onClose()
    show({ text: `${app.name} removed.` })
    go({ slackAppId: null, isDetailOpen: false })
  }
  return (
    <Dialog
      title={`Remove ${app.name} from Token Desk?`}
      role="alertdialog"
      width={480}
      isOpen
      onClose={() => !isBusy && onClose()}
      problem={failure}
      actions={
        <DangerActions
          busyLabel={isBusy ? 'Removing…' : undefined}
          onCancel={onClose}
          onAct={() => void remove()}
        >
          Remove
        </DangerActions>
      }
    >
      <p>Its client ID and its secret are deleted here. In Slack the app stays as it is.</p>
    </Dialog>
  )
}
