import '../workspaces/detail/credential-row.css'
import type { ReactNode } from 'react'
import type { SecretRef } from '../../../main/contract/views.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../parts/button.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { CopyButton } from '../workspaces/detail/copy-button.tsx'
import { RevealedValue } from '../workspaces/detail/revealed-value.tsx'
import { useReveal } from '../workspaces/detail/use-reveal.ts'
import { useCopyLine } from '../workspaces/use-copy-line.ts'

interface RowProps {
  readonly secretRef: SecretRef
  /** Name of the group: "Client secret". */
  readonly name: string
  readonly icon: IconName
  /** Beside the name. */
  readonly badge?: ReactNode | undefined
  /** Beside the value. */
  readonly why?: ReactNode | undefined
  /** Title of the dialog that writes it: "Client secret of Deploy Bot"; without it nothing is written. */
  readonly writeTitle?: string | undefined
  /** It does not work any more, so it is neither shown nor copied. */
  readonly isDead?: boolean | undefined
  /** After the usual acts. */
  readonly acts?: ReactNode | undefined
}

/** One secret: masked, with Reveal, Copy and Write. */
export function SecretRow(props: RowProps & { readonly masked: string }) {
  const reveal = useReveal(props.secretRef, props.masked)
  const isShown = reveal.countdown !== null
  return (
    <ValueRow
      {...props}
      value={isShown ? 'shown below' : props.masked}
      reveal={
        !props.isDead && (
          <IconButton
            label={isShown ? 'Hide' : 'Reveal'}
            icon={isShown ? 'eye-off' : 'eye'}
            isBordered
            onPress={() => (isShown ? reveal.hide() : void reveal.show())}
          />
        )
      }
    >
      <RevealedValue reveal={reveal} name={props.name} />
      {reveal.act.failure && (
        <div className="credential-failure">
          <FailureNotice failure={reveal.act.failure} />
        </div>
      )}
    </ValueRow>
  )
}

interface ValueRowProps extends RowProps {
  /** The value itself for an ID, masked for a secret. */
  readonly value: string
  readonly reveal?: ReactNode | undefined
  readonly children?: ReactNode | undefined
}

/** One value that other programs need, with Copy and Write. */
export function ValueRow(props: ValueRowProps) {
  const { go } = useNavigation()
  const copying = useCopyLine()
  const { secretRef: ref, name, writeTitle } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div className="credential" role="group" aria-label={name}>
      <span className="credential-icon">
        <Icon name={props.icon} />
      </span>
      <div className="credential-line">
        <div className="credential-texts">
          <div className="credential-title">
            <span className="credential-name">{name}</span>
            {props.badge}
          </div>
          <p className="credential-note">
            <code>{props.value}</code>
            {props.why !== undefined && <span className="credential-why">{props.why}</span>}
          </p>
        </div>
        <div className="credential-acts">
          {props.reveal}
          {!props.isDead && <CopyButton onCopy={() => copying.copy(ref)} />}
          {writeTitle !== undefined && (
            <Button
              size="row"
              onPress={() => go({ dialog: { kind: 'write', ref, title: writeTitle } })}
            >
              Write to env file…
            </Button>
          )}
          {props.acts}
        </div>
      </div>
      {props.children}
      {copying.failed && (
        <div className="credential-failure">
          <FailureNotice failure={copying.failed.failure} />
        </div>
      )}
    </div>
  )
}
