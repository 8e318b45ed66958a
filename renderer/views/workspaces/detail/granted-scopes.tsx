import type { InstallationView } from '../../../../main/contract/views.ts'
import { ScopeChip } from '../../../parts/scope-chip.tsx'

/** What Slack granted (not what was asked for), by who acts with it. */
export function GrantedScopes({ installation }: { readonly installation: InstallationView }) {
  const groups = scopeGroups(installation)
  if (groups.length === 0) return null
  return (
    <section className="detail-section" aria-labelledby="granted-scopes">
      <div className="detail-section-head">
        <h2 id="granted-scopes">Granted scopes</h2>
        <span className="detail-count">
          {groups.map(({ name, scopes }) => `${name} ${scopes.length}`).join(' · ')}
        </span>
      </div>
      {groups.map(({ name, scopes }) => (
        <div key={name} className="scope-group">
          {groups.length > 1 && <h3>{name}</h3>}
          <ul className="scope-chips">
            {scopes.map((scope) => (
              <li key={scope}>
                <ScopeChip scope={scope} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

const KINDS = [
  ['bot', 'Bot'],
  ['user', 'User'],
  ['app', 'App-level'],
] as const

function scopeGroups({ credentials }: InstallationView) {
  return KINDS.map(([kind, name]) => {
    const scopes = credentials.filter((one) => one.kind === kind).flatMap((one) => one.scopes)
    return { name, scopes: [...new Set(scopes)].toSorted() }
  }).filter(({ scopes }) => scopes.length > 0)
}
