import { useDesk } from '../../../app/desk-state.ts'
import { Button } from '../../../parts/button.tsx'
import { Notice } from '../../../parts/notice.tsx'
import type { RefreshNow } from '../refresh-now.ts'
import { type RefreshTrouble, refreshTroubles } from '../refresh-trouble.ts'
import { AuthorizeAgain, type AuthorizeAgainProps } from './authorize-again.tsx'

interface RefreshNoticesProps extends AuthorizeAgainProps {
  readonly refreshing: RefreshNow
}

/** Why tokens of this workspace get no successor, how long they still work, and what helps. */
export function RefreshNotices({ refreshing, ...again }: RefreshNoticesProps) {
  const { now } = useDesk()
  return refreshTroubles(again.installation, now).map((trouble) => (
    <Notice
      key={String(trouble.isDead)}
      kind="warning"
      title={trouble.title}
      actions={
        <>
          {!trouble.isDead && <RefreshButton {...refreshing} />}
          <AuthorizeAgain {...again} />
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
