import './workspace-head.css'
import type { RefObject } from 'react'
import type { InstallationView } from '../../../../main/contract/views.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { Avatar } from '../../../parts/avatar.tsx'
import { Badge } from '../../../parts/badge.tsx'
import { Button } from '../../../parts/button.tsx'
import { isCheckable } from '../credential-names.ts'
import { installationStatus } from '../installation-status.ts'
import { markPaneStart } from '../pane-start.ts'
import type { RefreshNow } from '../refresh-now.ts'
import { timeAgo } from '../time-words.ts'
import { BusyBadge } from './busy-badge.tsx'
import { canBeRevoked } from './revoke-choices.ts'

interface WorkspaceHeadProps {
  readonly installation: InstallationView
  readonly isChecking: boolean
  readonly onCheck: () => void
  readonly refreshing: RefreshNow
  readonly onRevoke: () => void
  readonly onRemove: () => void
  /** Has the focus after the dialogs that "Revoke…" leads to. */
  readonly revokeButton: RefObject<HTMLButtonElement | null>
  readonly heading: RefObject<HTMLHeadingElement | null>
}

/** Name, state, and the acts on all tokens of the workspace. */
export function WorkspaceHead(props: WorkspaceHeadProps) {
  const { installation, isChecking } = props
  const canCheck = installation.credentials.some(isCheckable)
  const canRevoke = installation.credentials.some(canBeRevoked)
  return (
    <header className="pane-head workspace-head">
      <WorkspaceTitle {...props} />
      <div className="workspace-acts">
        <Button
          size="row"
          icon="check-circle"
          ref={markPaneStart}
          busyLabel={isChecking ? 'Checking…' : undefined}
          isDisabled={!canCheck}
          disabledReason="Slack has no way to check what is here."
          onPress={props.onCheck}
        >
          Check token
        </Button>
        {props.refreshing.isOffered && <RefreshButton {...props.refreshing} />}
        <div className="workspace-acts-end">
          <Button
            kind="danger-outline"
            size="row"
            ref={props.revokeButton}
            isDisabled={!canRevoke}
            disabledReason="There is no token here that Slack can end on request."
            onPress={props.onRevoke}
          >
            Revoke…
          </Button>
          <Button kind="danger-outline" size="row" onPress={props.onRemove}>
            Remove…
          </Button>
        </div>
      </div>
    </header>
  )
}

function RefreshButton({ blockedBy, isBusy, onPress }: RefreshNow) {
  return (
    <Button
      size="row"
      icon="refresh"
      busyLabel={isBusy ? 'Refreshing…' : undefined}
      isDisabled={blockedBy !== null}
      disabledReason={blockedBy ?? undefined}
      onPress={onPress}
    >
      Refresh now
    </Button>
  )
}

function WorkspaceTitle({ installation, isChecking, refreshing, heading }: WorkspaceHeadProps) {
  const { now } = useDesk()
  const { name, environment } = installation
  const { badge } = installationStatus(installation, now)
  const busyWords = isChecking ? 'Checking…' : refreshing.isBusy ? 'Refreshing…' : null
  return (
    <div className="workspace-title">
      <Avatar name={name} size={44} />
      <div className="workspace-names">
        <div className="workspace-name">
          <h1 ref={heading} tabIndex={-1}>
            {name}
          </h1>
          {busyWords !== null ? (
            <BusyBadge>{busyWords}</BusyBadge>
          ) : (
            <Badge tone={badge.tone} icon={badge.icon}>
              {badge.label}
            </Badge>
          )}
          {installation.isOrgWide && <Badge tone="neutral">Organization</Badge>}
          {environment.ref.kind !== 'slack' && <Badge tone="neutral">{environment.label}</Badge>}
        </div>
        <p className="workspace-facts">{factsLine(installation, now)}</p>
      </div>
    </div>
  )
}

/** "T0C4Q7ZL2 · northwind-test.slack.com · checked 4 min ago" */
function factsLine(installation: InstallationView, now: number): string {
  const { teamId, enterpriseId, teamDomain, lastCheckedAtMs } = installation
  const checked =
    lastCheckedAtMs === null ? 'not checked yet' : `checked ${timeAgo(now - lastCheckedAtMs)}`
  return [teamId ?? enterpriseId, teamDomain, checked].filter((part) => part !== null).join(' · ')
}
