import { useState } from 'react'
import type { InstallationEvent, InstallationView } from '../../../../main/contract/views.ts'
import { Link } from '../../../parts/link.tsx'
import { date } from '../time-words.ts'

/** As many as tell what it is now; the rest is one click away. */
const SHOWN_AT_FIRST = 4

const WHAT: Readonly<Record<InstallationEvent['what'], string>> = {
  authorized: 'Authorized',
  reinstalled: 'Reinstalled',
  imported: 'Imported',
  revoked: 'Revoked',
}

/** "Reinstalled 21 Nov 2026, added files:write": what happened to the installation, newest first. */
export function History({ history }: Pick<InstallationView, 'history'>) {
  const [isWhole, setWhole] = useState(false)
  const newestFirst = history.toReversed()
  const shown = isWhole ? newestFirst : newestFirst.slice(0, SHOWN_AT_FIRST)
  return (
    <>
      <ol className="detail-history">
        {shown.map((event) => (
          <li key={`${event.atMs} ${event.what}`}>
            {WHAT[event.what]}{' '}
            <time dateTime={new Date(event.atMs).toISOString()}>{date(event.atMs)}</time>
            <AddedScopes scopes={event.addedScopes} isFirst={event.what !== 'reinstalled'} />
          </li>
        ))}
      </ol>
      {history.length > SHOWN_AT_FIRST && (
        <Link isExpanded={isWhole} onPress={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show all ${history.length}`}
        </Link>
      )}
    </>
  )
}

/** Scopes that came with a reinstall; at the beginning all were new, which says nothing. */
function AddedScopes(props: { readonly scopes: readonly string[]; readonly isFirst: boolean }) {
  if (props.isFirst || props.scopes.length === 0) return null
  return (
    <>
      , added <code>{props.scopes.join(', ')}</code>
    </>
  )
}
