import './scopes-segment.css'
import type { SlackAppView } from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { Badge } from '../../parts/badge.tsx'
import { Icon } from '../../parts/icon.tsx'
import { extraScopes, grantOf, scopeLists } from './scope-grants.ts'
import { type ScopeSide, scopeMeaning } from './scope-meanings.ts'
import { countWords, joinNames, workspacesOf } from './slack-app-words.ts'

/** What the app asks for, what each scope lets it do, and whether the workspaces granted it. */
export function ScopesSegment({ app }: { readonly app: SlackAppView }) {
  const { installations } = useDesk().snapshot
  const workspaces = workspacesOf(app, installations)
  const extra = extraScopes(workspaces)
  return (
    <>
      {scopeLists(app).map(({ side, name, scopes }) => (
        <section key={side} className="detail-section" aria-label={`${name} scopes`}>
          <div className="detail-section-head">
            <h2>{name === 'Scopes' ? name : `${name} scopes`}</h2>
            <span className="detail-count">{scopes.length}</span>
          </div>
          <ul className="card">
            {scopes.map((scope) => (
              <ScopeRow
                key={scope}
                scope={scope}
                side={side}
                isOptional={app.optionalScopes.includes(scope)}
                grant={grantOf(side, scope, workspaces)}
              />
            ))}
          </ul>
        </section>
      ))}
      {extra.length > 0 && (
        <section className="detail-section" aria-labelledby="extra-scopes">
          <h2 id="extra-scopes">No longer asked for</h2>
          <p className="slack-app-note">
            Slack keeps a scope once it was granted. Only revoking the token removes it.
          </p>
          <ul className="card">
            {extra.map(({ side, scope, names }) => (
              <ScopeRow
                key={`${side} ${scope}`}
                scope={scope}
                side={side}
                isOptional={false}
                grant={{ mark: STILL_GRANTED, names: joinNames(names) }}
              />
            ))}
          </ul>
        </section>
      )}
      <p className="slack-app-note">
        {workspaces.length === 0
          ? 'Once a workspace is authorized, what it granted is compared with this list.'
          : `Compared with what ${countWords(workspaces.length, 'workspace')} granted.`}
      </p>
    </>
  )
}

const STILL_GRANTED = { label: 'Still granted', tone: 'neutral', icon: 'info' } as const

interface ScopeRowProps {
  readonly scope: string
  readonly side: ScopeSide
  readonly isOptional: boolean
  readonly grant: ReturnType<typeof grantOf>
}

function ScopeRow({ scope, side, isOptional, grant: { mark, names } }: ScopeRowProps) {
  return (
    <li className="scope-row">
      <span className="scope-row-texts">
        <span className="scope-row-name">
          <code>{scope}</code>
          {isOptional && (
            <Badge tone="neutral" isSmall>
              Optional
            </Badge>
          )}
        </span>
        <span className="scope-row-meaning">
          {scopeMeaning(side, scope) ?? 'Slack’s list does not have this scope.'}
        </span>
      </span>
      {mark && (
        <span
          className="row-state scope-row-state"
          data-tone={mark.tone}
          title={names || undefined}
        >
          <Icon name={mark.icon} size={14} />
          {mark.label}
          {names !== '' && <span className="said-only">: {names}</span>}
        </span>
      )}
    </li>
  )
}
