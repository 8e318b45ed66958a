import '../workspaces/detail/credential-row.css'
import type { ReactNode } from 'react'
import type { SecretRef, SlackAppView } from '../../../main/contract/views.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../parts/button.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { CopyButton } from '../workspaces/detail/copy-button.tsx'
import { RevealedValue } from '../workspaces/detail/revealed-value.tsx'
import { useReveal } from '../workspaces/detail/use-reveal.ts'
import { useCopyLine } from '../workspaces/use-copy-line.ts'

/** "IDs and secrets": what other programs need of the app itself. */
export function SlackAppSecrets({ app }: { readonly app: SlackAppView }) {
  return (
    <section className="detail-section" aria-labelledby="ids-and-secrets">
      <h2 id="ids-and-secrets">IDs and secrets</h2>
      <div className="credentials card">
        <ValueRow
          app={app}
          field="clientId"
          name="Client ID"
          icon="slack-app"
          note={app.clientId}
        />
        {app.clientSecretMasked !== null && <SecretRow app={app} masked={app.clientSecretMasked} />}
      </div>
      {app.clientSecretMasked === null && (
        <p className="slack-app-note">A PKCE app has no client secret.</p>
      )}
    </section>
  )
}

function SecretRow({ app, masked }: { readonly app: SlackAppView; readonly masked: string }) {
  const reveal = useReveal(refOf(app, 'clientSecret'), masked)
  const isShown = reveal.countdown !== null
  return (
    <ValueRow
      app={app}
      field="clientSecret"
      name="Client secret"
      icon="key"
      note={isShown ? 'shown below' : masked}
      act={
        <IconButton
          label={isShown ? 'Hide' : 'Reveal'}
          icon={isShown ? 'eye-off' : 'eye'}
          isBordered
          onPress={() => (isShown ? reveal.hide() : void reveal.show())}
        />
      }
    >
      <RevealedValue reveal={reveal} name="Client secret" />
      {reveal.act.failure && (
        <div className="credential-failure">
          <FailureNotice failure={reveal.act.failure} />
        </div>
      )}
    </ValueRow>
  )
}

type Field = 'clientId' | 'clientSecret'

interface ValueRowProps {
  readonly app: SlackAppView
  readonly field: Field
  readonly name: string
  readonly icon: IconName
  /** The value itself for an ID, masked for a secret. */
  readonly note: string
  readonly act?: ReactNode
  readonly children?: ReactNode
}

function ValueRow({ app, field, name, icon, note, act, children }: ValueRowProps) {
  const { go } = useNavigation()
  const copying = useCopyLine()
  const ref = refOf(app, field)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div className="credential" role="group" aria-label={name}>
      <span className="credential-icon">
        <Icon name={icon} />
      </span>
      <div className="credential-line">
        <div className="credential-texts">
          <div className="credential-title">
            <span className="credential-name">{name}</span>
          </div>
          <p className="credential-note">
            <code>{note}</code>
          </p>
        </div>
        <div className="credential-acts">
          {act}
          <CopyButton onCopy={() => copying.copy(ref)} />
          <Button
            size="row"
            onPress={() => go({ dialog: { kind: 'write', ref, title: `${name} of ${app.name}` } })}
          >
            Write to env file…
          </Button>
        </div>
      </div>
      {children}
      {copying.failed && (
        <div className="credential-failure">
          <FailureNotice failure={copying.failed.failure} />
        </div>
      )}
    </div>
  )
}

function refOf(app: SlackAppView, field: Field): SecretRef {
  return { of: 'slack-app', slackAppId: app.id, field }
}
