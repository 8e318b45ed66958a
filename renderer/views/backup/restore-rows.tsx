import './backup.css'
import { useId } from 'react'
import type { RestoreRow } from '../../../main/contract/views.ts'
import { Badge } from '../../parts/badge.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { kindOf, storedWords } from './restore-words.ts'

const GROUPS = [
  { action: 'new', title: 'New' },
  { action: 'update', title: 'Newer in the backup' },
  { action: 'keep', title: 'Kept as it is here' },
] as const

const ICONS: Readonly<Record<RestoreRow['of'], IconName>> = {
  installation: 'workspaces',
  'slack-app': 'slack-app',
  'configuration-token': 'key',
}

/** What a restore would do, entry by entry: first what changes, then what stays. */
export function RestoreRows({ rows }: { readonly rows: readonly RestoreRow[] }) {
  if (rows.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className="restore-rows" aria-label="In this backup" tabIndex={0}>
      {GROUPS.map(({ action, title }) => {
        const own = rows.filter((row) => row.action === action)
        return own.length > 0 && <Group key={action} title={title} rows={own} />
      })}
    </section>
  )
}

function Group(props: { readonly title: string; readonly rows: readonly RestoreRow[] }) {
  const id = useId()
  return (
    <section className="restore-group" aria-labelledby={id}>
      <h2 id={id}>
        {props.title}{' '}
        <span className="restore-count">{props.rows.length.toLocaleString('en')}</span>
      </h2>
      <ul className="card">
        {props.rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
    </section>
  )
}

function Row({ row }: { readonly row: RestoreRow }) {
  const stored = storedWords(row)
  const { environment } = row
  const facts = [kindOf(row), row.detail]
  if (environment.ref.kind !== 'slack') facts.push(environment.label)
  return (
    <li className="restore-row">
      <Icon name={ICONS[row.of]} />
      <div>
        <p className="restore-name cut" title={row.name}>
          {row.name}
        </p>
        <p className="restore-detail cut">{facts.filter((fact) => fact !== '').join(' · ')}</p>
      </div>
      {stored !== null && (
        <div className="restore-facts">
          {row.staleCount > 0 && (
            <Badge tone="warn" icon="refresh">
              May be outdated
            </Badge>
          )}
          <span className="restore-stored">{stored}</span>
        </div>
      )}
    </li>
  )
}
