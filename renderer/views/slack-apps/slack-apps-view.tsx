import { useDesk } from '../../app/desk-state.ts'
import { ListDetail } from '../../app/list-detail.tsx'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { SlackAppDetail } from './slack-app-detail.tsx'
import { SlackAppList } from './slack-app-list.tsx'
import { useLostFocus } from './use-lost-focus.ts'

/** The Slack apps that the user authorizes with: list and overview. */
export function SlackAppsView() {
  const { slackAppId, go } = useNavigation()
  const { slackApps } = useDesk().snapshot
  const app = slackApps.find(({ id }) => id === slackAppId)
  const add = () => go({ isAddingSlackApp: true })
  return (
    <ListDetail
      name="Slack apps"
      list={<SlackAppList onAdd={add} />}
      detailName={app?.name ?? 'Slack app'}
      detail={
        app ? (
          <SlackAppDetail key={app.id} app={app} />
        ) : (
          <Nothing hasApps={slackApps.length > 0} onAdd={add} />
        )
      }
    />
  )
}

function Nothing(props: { readonly hasApps: boolean; readonly onAdd: () => void }) {
  const start = useLostFocus()
  if (props.hasApps) {
    return (
      <EmptyState icon="slack-app" title="Choose a Slack app">
        Its IDs, secrets and redirect URLs are shown here.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon="slack-app"
      title="No Slack apps yet"
      action={
        <Button kind="filled" ref={start} onPress={props.onAdd}>
          Add Slack app
        </Button>
      }
    >
      Add the app that you want to test with. You need its client ID from Slack.
    </EmptyState>
  )
}
