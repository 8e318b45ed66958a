import '../workspaces/detail/workspace-head.css'
import '../workspaces/detail/workspace-detail.css'
import { useState } from 'react'
import type { SlackAppView } from '../../../main/contract/views.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../parts/button.tsx'
import { CodeLine } from '../../parts/code-line.tsx'
import { Icon } from '../../parts/icon.tsx'
import { ScopeChip } from '../../parts/scope-chip.tsx'
import { type Authorize, useAuthorize } from '../workspaces/use-authorize.ts'
import { AppWorkspaces } from './app-workspaces.tsx'
import { RedirectLines } from './redirect-lines.tsx'
import { RemoveSlackApp } from './remove-slack-app.tsx'
import { type ScopeSide, scopeMeaning } from './scope-meanings.ts'
import { SlackAppSecrets } from './slack-app-secrets.tsx'
import { factsOf } from './slack-app-words.ts'
import { STRATEGY_NAMES } from './strategy-names.ts'
import { useLostFocus } from './use-lost-focus.ts'

interface DetailProps {
  readonly app: SlackAppView
}

/** One Slack app: its IDs and secrets, where Slack returns to, what it asks for, and where it is. */
export function SlackAppDetail({ app }: DetailProps) {
  const authorize = useAuthorize()
  const [isRemoving, setRemoving] = useState(false)
  return (
    <>
      <Head app={app} authorize={authorize} onRemove={() => setRemoving(true)} />
      <div className="pane-body detail-body">
        {authorize.failure && (
          <FailureNotice failure={authorize.failure} onRemedy={authorize.onRemedy} />
        )}
        <SlackAppSecrets app={app} />
        <Redirects app={app} />
        <RequestedScopes app={app} />
        <AppWorkspaces app={app} />
      </div>
      {isRemoving && <RemoveSlackApp app={app} onClose={() => setRemoving(false)} />}
    </>
  )
}

interface HeadProps extends DetailProps {
  readonly authorize: Authorize
  readonly onRemove: () => void
}

function Head({ app, authorize, onRemove }: HeadProps) {
  const { go } = useNavigation()
  const start = useLostFocus()
  return (
    <header className="pane-head workspace-head">
      <div className="workspace-title">
        <span className="slack-app-tile" data-size={44}>
          <Icon name="slack-app" size={20} />
        </span>
        <div className="workspace-names">
          <h1 className="slack-app-name">{app.name}</h1>
          <p className="workspace-facts">{factsOf(app)}</p>
        </div>
      </div>
      <div className="workspace-acts">
        <Button
          kind="filled"
          size="row"
          ref={start}
          busyLabel={authorize.isBusy ? 'Opening…' : undefined}
          onPress={() => void authorize.begin(app.id, null)}
        >
          Authorize workspace
        </Button>
        <span className="workspace-acts-gap" />
        <Button size="row" onPress={() => go({ isEditingSlackApp: true })}>
          Edit…
        </Button>
        <Button kind="danger-outline" size="row" onPress={onRemove}>
          Remove…
        </Button>
      </div>
    </header>
  )
}

function Redirects({ app }: DetailProps) {
  const { strategy } = app
  return (
    <section className="detail-section" aria-labelledby="redirect-urls">
      <div className="detail-section-head">
        <h2 id="redirect-urls">Redirect URLs</h2>
        <span className="detail-count">{STRATEGY_NAMES[strategy]}</span>
      </div>
      {strategy === 'paste' || strategy === 'relay' ? (
        app.redirectUrls.map((url) => <CodeLine key={url} text={url} />)
      ) : (
        <RedirectLines strategy={strategy} environment={app.environment.ref} />
      )}
      <p className="slack-app-note">
        {strategy === 'paste'
          ? 'After Allow, copy the address from the browser; Token Desk reads it from the clipboard.'
          : 'All three must stand under OAuth & Permissions, so that a busy port is no dead end.'}
      </p>
    </section>
  )
}

const SIDES = [
  ['bot', 'Bot'],
  ['user', 'User'],
] as const satisfies readonly (readonly [ScopeSide, string])[]

function RequestedScopes({ app }: DetailProps) {
  const scopes = { bot: app.botScopes, user: app.userScopes }
  const sides = SIDES.filter(([side]) => scopes[side].length > 0)
  return (
    <section className="detail-section" aria-labelledby="requested-scopes">
      <div className="detail-section-head">
        <h2 id="requested-scopes">Requested scopes</h2>
        <span className="detail-count">
          {sides.map(([side, name]) => `${name} ${scopes[side].length}`).join(' · ')}
        </span>
      </div>
      {sides.map(([side, name]) => (
        <div key={side} className="scope-group">
          {sides.length > 1 && <h3>{name}</h3>}
          <ul className="scope-chips">
            {scopes[side].map((scope) => (
              <li key={scope}>
                <ScopeChip scope={scope} meaning={scopeMeaning(side, scope)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
