import './workspace-detail.css'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { InstallationView } from '../../../../main/contract/views.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { onRemedyOf, useSlackAppActs } from '../remedy-acts.ts'
import { type Authorize, useAuthorize } from '../use-authorize.ts'
import type { Check } from '../use-checks.ts'
import type { CopyLine } from '../use-copy-line.ts'
import { CredentialRowOrDead } from './credential-row.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { GrantedScopes } from './granted-scopes.tsx'
import { OrgWorkspaces } from './org-workspaces.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { ScopeDriftNotice } from './scope-drift-notice.tsx'
import { UninstallDialog } from './uninstall-dialog.tsx'
import { WorkspaceDetails } from './workspace-details.tsx'
import { WorkspaceHead } from './workspace-head.tsx'

interface WorkspaceDetailProps {
  readonly installation: InstallationView
  readonly check: Check | undefined
  readonly onCheck: () => void
  readonly onRemoved: () => void
  readonly copying: CopyLine
  readonly heading: RefObject<HTMLHeadingElement | null>
}

type OpenDialog = 'revoke' | 'uninstall' | 'remove' | 'edit'

/** Everything about one workspace on one page. Give it the installation's ID as key. */
export function WorkspaceDetail(props: WorkspaceDetailProps) {
  const { installation, check, copying } = props
  const authorize = useAuthorize()
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const revokeButton = useRef<HTMLButtonElement>(null)
  const close = () => setDialog(null)
  useTakeLostFocus(props.heading)
  return (
    <>
      <WorkspaceHead
        installation={installation}
        isChecking={check?.kind === 'checking'}
        onCheck={props.onCheck}
        onRevoke={() => setDialog('revoke')}
        onRemove={() => setDialog('remove')}
        revokeButton={revokeButton}
        heading={props.heading}
      />
      <div className="pane-body detail-body">
        <Failures {...props} authorize={authorize} />
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
              />
            ))}
          </div>
        </section>
        <GrantedScopes installation={installation} />
        <OrgWorkspaces {...installation} />
        <WorkspaceDetails installation={installation} onEdit={() => setDialog('edit')} />
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

/** Why the last check, or the last "Authorize again" from here, did not work. */
function Failures(props: WorkspaceDetailProps & { readonly authorize: Authorize }) {
  const { installation, check, onCheck, authorize } = props
  const { slackAppId } = installation
  const appActs = useSlackAppActs(slackAppId)
  const failure = check?.kind === 'failed' ? check.failure : null
  const onRemedy = onRemedyOf(failure, {
    ...appActs,
    retry: onCheck,
    ...(slackAppId !== null && {
      'authorize-again': () => void authorize.begin(slackAppId, installation.id),
    }),
  })
  return (
    <>
      {failure && <FailureNotice failure={failure} onRemedy={onRemedy} />}
      {authorize.failure && (
        <FailureNotice failure={authorize.failure} onRemedy={authorize.onRemedy} />
      )}
    </>
  )
}
