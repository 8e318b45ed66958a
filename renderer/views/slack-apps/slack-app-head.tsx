import type { ReactNode } from 'react'
import type { SlackAppView } from '../../../main/contract/views.ts'
import { type SlackAppSegment, useNavigation } from '../../app/navigation.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import type { Authorize } from '../workspaces/use-authorize.ts'
import { factsOf } from './slack-app-words.ts'
import { useLostFocus } from './use-lost-focus.ts'

const SEGMENTS = [
  { id: 'overview', label: 'Overview' },
  { id: 'scopes', label: 'Scopes' },
  { id: 'manifest', label: 'Manifest' },
] as const satisfies readonly { id: SlackAppSegment; label: string }[]

interface SlackAppHeadProps {
  readonly app: SlackAppView
  readonly authorize: Authorize
  /** What the segment adds at the right of the segments. */
  readonly acts: ReactNode
}

/** Name and facts, the main act, and the parts of the page. */
export function SlackAppHead({ app, authorize, acts }: SlackAppHeadProps) {
  const { slackAppSegment, go } = useNavigation()
  const start = useLostFocus()
  const isOverview = slackAppSegment === 'overview'
  return (
    <header className="pane-head workspace-head">
      <div className="workspace-title slack-app-title">
        <span className="slack-app-tile" data-size={44}>
          <Icon name="slack-app" size={20} />
        </span>
        <div className="workspace-names">
          <h1 className="slack-app-name">{app.name}</h1>
          <p className="workspace-facts">{factsOf(app)}</p>
        </div>
        <Button
          kind={isOverview ? 'filled' : 'outline'}
          icon={isOverview ? undefined : 'plus'}
          size="row"
          ref={start}
          busyLabel={authorize.isBusy ? 'Opening…' : undefined}
          onPress={() => void authorize.begin(app.id, null)}
        >
          Authorize workspace
        </Button>
      </div>
      <div className="workspace-acts slack-app-segments">
        <Segmented
          label="Part of the page"
          isSmall
          options={SEGMENTS}
          value={slackAppSegment}
          onChange={(next) => go({ slackAppSegment: next })}
        />
        <div className="workspace-acts-end">{acts}</div>
      </div>
    </header>
  )
}
