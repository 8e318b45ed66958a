import type { InstallationView } from '../../../../main/contract/views.ts'
import { ScopeChip } from '../../../parts/scope-chip.tsx'
import { scopeGroups } from './scope-groups.ts'

/** What Slack granted, what is missing and what is no longer wanted, by who acts with it. */
export function GrantedScopes({ installation }: { readonly installation: InstallationView }) {
  const groups = scopeGroups(installation)
  if (groups.length === 0) return null
  const unwanted = groups.flatMap(({ scopes }) => scopes.filter((one) => one.state === 'unwanted'))
  return (
    <section className="detail-section" aria-labelledby="granted-scopes">
      <div className="detail-section-head">
        <h2 id="granted-scopes">Granted scopes</h2>
        <span className="detail-count">
          {groups.map(({ name, grantedCount }) => `${name} ${grantedCount}`).join(' · ')}
        </span>
      </div>
      {groups.map(({ name, scopes }) => (
        <div key={name} className="scope-group">
          {groups.length > 1 && <h3>{name}</h3>}
          <ul className="scope-chips">
            {scopes.map(({ scope, state }) => (
              <li key={scope}>
                <ScopeChip
                  scope={scope}
                  state={state}
                  meaning={state === 'unwanted' ? 'Only revoking removes it' : undefined}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {unwanted.length > 0 && <p className="detail-quiet">{unwantedWords(unwanted.length)}</p>}
    </section>
  )
}

/** Why they are still there. Source: slack-auth section 1 (requests add up). */
function unwantedWords(count: number): string {
  const rest =
    count === 1
      ? '1 scope is granted but no longer wanted; only revoking removes it.'
      : `${count} scopes are granted but no longer wanted; only revoking removes them.`
  return `Slack adds scopes up. ${rest}`
}
