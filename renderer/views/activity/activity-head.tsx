import '../../parts/field.css'
import { useMemo } from 'react'
import type { ActivityEntry } from '../../../main/contract/views.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { SearchBox } from '../workspaces/list/search-box.tsx'
import { counted } from '../workspaces/list/use-check-all.ts'
import {
  type ActivityChoice,
  type ActivityFilter,
  isProblem,
  workspacesOf,
} from './activity-search.ts'
import type { Export } from './use-export.ts'

interface ActivityHeadProps {
  readonly entries: readonly ActivityEntry[]
  readonly choice: ActivityChoice
  readonly onChoice: (choice: ActivityChoice) => void
  readonly exporting: Export
  readonly canExport: boolean
  /** From the search into the list. */
  readonly onRows: () => void
}

/** Title, export, and what narrows the list: search, kind, workspace. */
export function ActivityHead(props: ActivityHeadProps) {
  const { entries, choice, onChoice, exporting, canExport, onRows } = props
  return (
    <header className="pane-head activity-head">
      <div className="activity-title">
        <h1>Activity</h1>
        <Button
          icon="download"
          isDisabled={!canExport}
          busyLabel={exporting.isBusy ? 'Exporting…' : undefined}
          onPress={() => void exporting.begin()}
        >
          Export as JSON lines…
        </Button>
      </div>
      {exporting.failure && (
        <FailureNotice failure={exporting.failure} onRemedy={() => void exporting.begin()} />
      )}
      <div className="activity-tools">
        <SearchBox
          label="Search activity"
          value={choice.query}
          onChange={(query) => onChoice({ ...choice, query })}
          onDown={onRows}
          onEnter={onRows}
        />
        <Filter entries={entries} choice={choice} onChoice={onChoice} />
        <WorkspaceFilter entries={entries} choice={choice} onChoice={onChoice} />
      </div>
    </header>
  )
}

type FilterProps = Pick<ActivityHeadProps, 'entries' | 'choice' | 'onChoice'>

function Filter({ entries, choice, onChoice }: FilterProps) {
  const problems = useMemo(() => entries.filter(isProblem).length, [entries])
  return (
    <Segmented<ActivityFilter>
      label="Kind of entry"
      value={choice.filter}
      onChange={(filter) => onChoice({ ...choice, filter })}
      options={[
        { id: 'all', label: 'All' },
        {
          id: 'problems',
          label: problems === 0 ? 'Problems' : `Problems ${counted(problems)}`,
          icon: 'warning',
        },
        { id: 'secrets', label: 'Copied and revealed' },
        { id: 'files', label: 'Files' },
      ]}
    />
  )
}

const ALL = ''

function WorkspaceFilter({ entries, choice, onChoice }: FilterProps) {
  const names = useMemo(() => workspacesOf(entries), [entries])
  return (
    <span className="activity-workspace">
      <select
        className="field-input"
        aria-label="Workspace"
        value={choice.workspace ?? ALL}
        onChange={({ target }) =>
          onChoice({ ...choice, workspace: target.value === ALL ? null : target.value })
        }
      >
        <option value={ALL}>All workspaces</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" size={14} />
    </span>
  )
}
