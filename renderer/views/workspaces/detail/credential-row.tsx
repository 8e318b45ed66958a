import './credential-row.css'
import type { ReactNode } from 'react'
import type {
  CredentialView,
  InstallationView,
  SecretRef,
} from '../../../../main/contract/views.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { useNavigation } from '../../../app/navigation.ts'
import { Button } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { IconButton } from '../../../parts/icon-button.tsx'
import { credentialName, KIND_ICONS } from '../credential-names.ts'
import { isDead } from '../installation-status.ts'
import type { RefreshNow } from '../refresh-now.ts'
import type { Authorize } from '../use-authorize.ts'
import type { CopyLine } from '../use-copy-line.ts'
import { AuthorizeAgain } from './authorize-again.tsx'
import { CopyButton } from './copy-button.tsx'
import { CredentialBadges, CredentialFacts } from './credential-badges.tsx'
import { RevealedValue } from './revealed-value.tsx'
import { type Reveal, useReveal } from './use-reveal.ts'

interface CredentialRowProps {
  readonly installation: InstallationView
  readonly credential: CredentialView
  readonly copying: CopyLine
}

/** One credential that can be used: masked, with Reveal, Copy and Write. */
export function CredentialRow({ installation, credential, copying }: CredentialRowProps) {
  const ref = refOf(installation, credential)
  const reveal = useReveal(ref, credential.masked)
  const name = credentialName(credential, installation.credentials)
  const copyFailure =
    copying.failed && isSame(copying.failed.ref, ref) ? copying.failed.failure : null
  const failure = reveal.act.failure ?? copyFailure
  return (
    <Frame
      installation={installation}
      credential={credential}
      note={reveal.countdown ? 'shown below' : credential.masked}
      acts={
        <>
          <RevealButton reveal={reveal} />
          <CopyButton onCopy={() => copying.copy(ref)} />
          <WriteButton title={`${name} of ${installation.name}`} secretRef={ref} />
        </>
      }
    >
      <RevealedValue reveal={reveal} name={name} />
      {failure && (
        <div className="credential-failure">
          <FailureNotice failure={failure} />
        </div>
      )}
    </Frame>
  )
}

interface DeadCredentialRowProps extends Omit<CredentialRowProps, 'copying'> {
  readonly authorize: Authorize
  readonly refreshing: RefreshNow
}

/** One that does not work any more: the code that says why, and the one way on. */
export function DeadCredentialRow(props: DeadCredentialRowProps) {
  const { installation, credential, authorize, refreshing } = props
  const { rotates, refresh, state } = credential
  const canRefresh = rotates && !refresh?.isDead && state !== 'revoked'
  return (
    <Frame
      installation={installation}
      credential={credential}
      note={credential.masked}
      why={whyDead(credential)}
      acts={
        canRefresh ? (
          <Button
            size="row"
            icon="refresh"
            busyLabel={refreshing.isBusy ? 'Refreshing…' : undefined}
            onPress={refreshing.onPress}
          >
            Refresh now
          </Button>
        ) : (
          <AuthorizeAgain installation={installation} authorize={authorize} />
        )
      }
    />
  )
}

/** Slack's code of the check that found it dead, else of the refresh that was refused. */
function whyDead({ slackCode, refresh }: CredentialView): string | undefined {
  const refused = refresh?.isDead ? refresh.failure : null
  const code = slackCode ?? refused?.slackCode
  return code === undefined ? refused?.message : `Slack: ${code}`
}

/** The row of one credential, by whether it still works. */
export function CredentialRowOrDead(props: CredentialRowProps & DeadCredentialRowProps) {
  const { now } = useDesk()
  return isDead(props.credential, now) ? (
    <DeadCredentialRow {...props} />
  ) : (
    <CredentialRow {...props} />
  )
}

function refOf(installation: InstallationView, credential: CredentialView): SecretRef {
  return { of: 'credential', installationId: installation.id, credentialId: credential.id }
}

function isSame(a: SecretRef, b: SecretRef): boolean {
  if (a.of !== 'credential' || b.of !== 'credential') return false
  return a.installationId === b.installationId && a.credentialId === b.credentialId
}

interface FrameProps extends Pick<CredentialRowProps, 'installation' | 'credential'> {
  readonly note: string
  readonly why?: string | undefined
  readonly acts: ReactNode
  readonly children?: ReactNode | undefined
}

function Frame({ installation, credential, note, why, acts, children }: FrameProps) {
  const name = credentialName(credential, installation.credentials)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div className="credential" role="group" aria-label={name}>
      <span className="credential-icon">
        <Icon name={KIND_ICONS[credential.kind]} />
      </span>
      <div className="credential-line">
        <div className="credential-texts">
          <div className="credential-title">
            <span className="credential-name">{name}</span>
            <CredentialBadges credential={credential} />
          </div>
          <p className="credential-note">
            <code>{note}</code>
            {why !== undefined && <span className="credential-why">{why}</span>}
          </p>
          <CredentialFacts credential={credential} />
        </div>
        <div className="credential-acts">{acts}</div>
      </div>
      {children}
    </div>
  )
}

function RevealButton({ reveal }: { readonly reveal: Reveal }) {
  const isShown = reveal.countdown !== null
  return (
    <IconButton
      label={isShown ? 'Hide' : 'Reveal'}
      icon={isShown ? 'eye-off' : 'eye'}
      isBordered
      onPress={() => (isShown ? reveal.hide() : void reveal.show())}
    />
  )
}

function WriteButton(props: { readonly secretRef: SecretRef; readonly title: string }) {
  const { go } = useNavigation()
  return (
    <Button
      size="row"
      onPress={() => go({ dialog: { kind: 'write', ref: props.secretRef, title: props.title } })}
    >
      Write to env file…
    </Button>
  )
}
