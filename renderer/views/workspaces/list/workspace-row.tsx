import { Fragment } from 'react'
import type { InstallationView } from '../../../../main/contract/views.ts'
import { Avatar } from '../../../parts/avatar.tsx'
import { Badge } from '../../../parts/badge.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Spinner } from '../../../parts/spinner.tsx'
import { isRefreshing, type StateMark } from '../installation-status.ts'
import { matchRanges } from '../search-installations.ts'
import { useRowsShown } from './rows-context.ts'

/** One workspace in two lines: name and environment, app and the most pressing state. */
export function WorkspaceRow({ installation }: { readonly installation: InstallationView }) {
  const { query, checks } = useRowsShown()
  const { id, name, environment } = installation
  const second = secondLine(installation, query)
  return (
    <>
      <Avatar name={name} />
      <span className="row-texts">
        <span className="row-line">
          <span className="row-name cut" title={name}>
            <Matched text={name} query={query} />
          </span>
          {environment.ref.kind !== 'slack' && (
            <Badge tone="neutral" isSmall>
              {environment.label}
            </Badge>
          )}
        </span>
        <span className="row-line row-second">
          <span className="cut" title={second}>
            {second}
          </span>
          <State installation={installation} isChecking={checks.get(id)?.kind === 'running'} />
        </span>
      </span>
    </>
  )
}

/** The app; while searching also what else the search may have found it by. */
function secondLine(installation: InstallationView, query: string): string {
  const { name, appName, teamId, enterpriseId, enterpriseName } = installation
  if (query.trim() === '') return appName
  const isMatch = (text: string | null) => text !== null && matchRanges(text, query).length > 0
  const enterprise = !isMatch(name) && isMatch(enterpriseName) ? enterpriseName : null
  return [enterprise, appName, teamId ?? enterpriseId].filter((part) => part !== null).join(' · ')
}

/** Sign and words of a state at the right end of a row. */
export function RowState({ label, tone, icon }: StateMark) {
  return (
    <span className="row-state" data-tone={tone}>
      <Icon name={icon} size={14} />
      {label}
    </span>
  )
}

interface StateProps {
  readonly installation: InstallationView
  readonly isChecking: boolean
}

function State({ installation, isChecking }: StateProps) {
  const status = useRowsShown().statuses.get(installation.id)
  if (isChecking) return <Busy words="Checking…" />
  if (isRefreshing(installation)) return <Busy words="Refreshing…" />
  return status && <RowState {...status.row} />
}

function Busy({ words }: { readonly words: string }) {
  return (
    <span className="row-state">
      <Spinner />
      {words}
    </span>
  )
}

function Matched({ text, query }: { readonly text: string; readonly query: string }) {
  const ranges = matchRanges(text, query)
  const ends = [0, ...ranges.map(([, to]) => to)]
  return (
    <>
      {ranges.map(([from, to], index) => (
        <Fragment key={from}>
          {text.slice(ends[index], from)}
          <mark>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(ends.at(-1))}
    </>
  )
}
