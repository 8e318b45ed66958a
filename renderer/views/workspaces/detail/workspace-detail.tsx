import './workspace-detail.css'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { InstallationView } from '../../../../main/contract/views.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { refreshNow } from '../refresh-now.ts'
import { onRemedyOf, useSlackAppActs } from '../remedy-acts.ts'
import { type Authorize, useAuthorize } from '../use-authorize.ts'
import type { CopyLine } from '../use-copy-line.ts'
import type { Running } from '../use-running.ts'
import { CredentialRowOrDead } from './credential-row.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { ExchangeDialog } from './exchange-dialog.tsx'
import { GrantedScopes } from './granted-scopes.tsx'
import { OrgWorkspaces } from './org-workspaces.tsx'
import { RefreshNotices } from './refresh-notices.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { ScopeDriftNotice } from './scope-drift-notice.tsx'
import { UninstallDialog } from './uninstall-dialog.tsx'
import { WorkspaceDetails } from './workspace-details.tsx'
import { WorkspaceHead } from './workspace-head.tsx'

interface WorkspaceDetailProps {
  readonly installation: InstallationView
  readonly check: Running | undefined
  readonly onCheck: () => void
  readonly refresh: Running | undefined
  readonly onRefresh: () => void
  readonly onRemoved: () => void
  readonly copying: CopyLine
  readonly heading: RefObject<HTMLHeadingElement | null>
}

type OpenDialog = 'revoke' | 'uninstall' | 'remove' | 'edit'

/** Everything about one workspace on one page. Give it the installation's ID as key. */
export function WorkspaceDetail(props: WorkspaceDetailProps) {
  const { installation, check, copying } = props
  const authorize = useAuthorize()
  const refreshing = refreshNow(installation, props.refresh, props.onRefresh)
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [exchangedId, setExchangedId] = useState<string | null>(null)
  const exchanged = installation.credentials.find(({ id }) => id === exchangedId)
  const revokeButton = useRef<HTMLButtonElement>(null)
  const close = () => setDialog(null)
  useTakeLostFocus(props.heading)
  return (
    <>
      <WorkspaceHead
        installation={installation}
        isChecking={check?.kind === 'running'}
        onCheck={props.onCheck}
        refreshing={refreshing}
        onRevoke={() => setDialog('revoke')}
        onRemove={() => setDialog('remove')}
        revokeButton={revokeButton}
        heading={props.heading}
      />
      <div className="pane-body detail-body">
        <Failures {...props} authorize={authorize} />
        <RefreshNotices {...{ installation, authorize, refreshing }} />
        <ScopeDriftNotice installation={installation} authorize={authorize} />
        <section className="detail-section credentials" aria-labelledby="credentials">
          <h2 id="credentials">Credentials</h2>
          <div className="card">
            {installation.credentials.map((credential) => (
              <CredentialRowOrDead
                key={credential.id}
                installation={installation}
                credential={credential}
                copying={copying}
                authorize={authorize}
                refreshing={refreshing}
              />
            ))}
          </div>
        </section>
        <GrantedScopes installation={installation} />
        <OrgWorkspaces {...installation} />
        <WorkspaceDetails
          installation={installation}
          onEdit={() => setDialog('edit')}
          onExchange={setExchangedId}
        />
      </div>
      {dialog === 'revoke' && (
        <RevokeDialog
          installation={installation}
          onClose={close}
          onUninstall={() => setDialog('uninstall')}
        />
      )}
      {dialog === 'uninstall' && (
        <UninstallDialog
          installation={installation}
          onClose={() => {
            close()
            focusLater(revokeButton)
          }}
        />
      )}
      {exchanged && (
        <ExchangeDialog
          installation={installation}
          credential={exchanged}
          onClose={() => setExchangedId(null)}
        />
      )}
      {dialog === 'edit' && <EditDialog installation={installation} onClose={close} />}
      {dialog === 'remove' && (
        <RemoveDialog installation={installation} onClose={close} onRemoved={props.onRemoved} />
      )}
    </>
  )
}

/** The button that led to the dialog before is gone, so that React Aria has nowhere to go back to. */
function focusLater(button: RefObject<HTMLButtonElement | null>): void {
  afterDialog(() => button.current?.focus())
}

/** An import on the first run ends here: what led to it is gone, so the focus comes to the heading. */
function useTakeLostFocus(heading: RefObject<HTMLHeadingElement | null>): void {
  useEffect(() => {
    afterDialog(() => document.activeElement === document.body && heading.current?.focus())
  }, [heading])
}

/** A dialog that closes puts the focus back in the next frame; this comes after it. */
function afterDialog(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act))
}

/** Why the last check, refresh, or "Authorize again" from here, did not work. */
function Failures(props: WorkspaceDetailProps & { readonly authorize: Authorize }) {
  const { installation, check, refresh, authorize } = props
  return (
    <>
      <ActFailure {...props} act={check} onRetry={props.onCheck} />
      {!isSaidBelow(installation, refresh) && (
        <ActFailure {...props} act={refresh} onRetry={props.onRefresh} />
      )}
      {authorize.failure && (
        <FailureNotice failure={authorize.failure} onRemedy={authorize.onRemedy} />
      )}
    </>
  )
}

/** The notice about the tokens gives the same reason, and for how long they still work. */
function isSaidBelow({ credentials }: InstallationView, refresh: Running | undefined): boolean {
  if (refresh?.kind !== 'failed') return false
  return credentials.some((one) => one.refresh?.failure?.code === refresh.failure.code)
}

interface ActFailureProps {
  readonly installation: InstallationView
  readonly authorize: Authorize
  readonly act: Running | undefined
  readonly onRetry: () => void
}

function ActFailure({ installation, authorize, act, onRetry }: ActFailureProps) {
  const { slackAppId } = installation
  const appActs = useSlackAppActs(slackAppId)
  const failure = act?.kind === 'failed' ? act.failure : null
  const onRemedy = onRemedyOf(failure, {
    ...appActs,
    retry: onRetry,
    ...(slackAppId !== null && {
      'authorize-again': () => void authorize.begin(slackAppId, installation.id),
    }),
  })
  return failure && <FailureNotice failure={failure} onRemedy={onRemedy} />
}
