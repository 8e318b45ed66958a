import { useDesk } from '../../../app/desk-state.ts'
import { remedyLabel } from '../../../app/failure-notice.tsx'
import { Button } from '../../../parts/button.tsx'
import { Notice } from '../../../parts/notice.tsx'
import type { RefreshNow } from '../refresh-now.ts'
import { type RefreshTrouble, refreshTroubles } from '../refresh-trouble.ts'
import { useSlackAppActs } from '../remedy-acts.ts'
import { AuthorizeAgain, type AuthorizeAgainProps } from './authorize-again.tsx'

interface RefreshNoticesProps extends AuthorizeAgainProps {
  readonly refreshing: RefreshNow
}

/** Why tokens of this workspace get no successor, how long they still work, and what helps. */
export function RefreshNotices({ refreshing, ...again }: RefreshNoticesProps) {
  const { now } = useDesk()
  const appActs = useSlackAppActs(again.installation.slackAppId)
  return refreshTroubles(again.installation, now).map((trouble) => (
    <Notice
      key={String(trouble.isDead)}
      kind="warning"
      title={trouble.title}
      actions={
        <>
          {!trouble.isDead && <RefreshButton {...refreshing} />}
          {trouble.failure?.remedy === 'edit-slack-app' && appActs['edit-slack-app'] ? (
            <Button size="row" onPress={appActs['edit-slack-app']}>
              {remedyLabel('edit-slack-app')}
            </Button>
          ) : (
            <AuthorizeAgain {...again} />
          )}
        </>
      }
    >
      {trouble.text}
      <SlackCode failure={trouble.failure} />
    </Notice>
  ))
}

function SlackCode({ failure }: Pick<RefreshTrouble, 'failure'>) {
  if (failure?.slackCode === undefined) return null
  return <span className="failure-code"> Slack’s code: {failure.slackCode}.</span>
}

function RefreshButton({ isBusy, onPress }: RefreshNow) {
  return (
    <Button size="row" busyLabel={isBusy ? 'Refreshing…' : undefined} onPress={onPress}>
      Refresh now
    </Button>
  )
}
