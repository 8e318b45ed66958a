import './workspace-list.css'
import { useMemo, useRef } from 'react'
import type { InstallationView } from '../../../../main/contract/views.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { useNavigation } from '../../../app/navigation.ts'
import { focusInto } from '../../../app/panes.ts'
import { keysLabel } from '../../../app/shortcuts.ts'
import { Button } from '../../../parts/button.tsx'
import { IconButton } from '../../../parts/icon-button.tsx'
import { Segmented } from '../../../parts/segmented.tsx'
import type { Authorize } from '../use-authorize.ts'
import type { RunningById } from '../use-running.ts'
import { AuthorizeButton } from './authorize-button.tsx'
import { ListFoot } from './list-foot.tsx'
import { RowsContext } from './rows-context.ts'
import { SearchBox } from './search-box.tsx'
import { counted } from './use-check-all.ts'
import type { WorkspaceRows } from './use-workspace-rows.ts'
import { WorkspaceRowList } from './workspace-rows.tsx'

interface WorkspaceListProps {
  readonly rows: WorkspaceRows
  readonly checks: RunningById
  readonly authorize: Authorize
  readonly onCopy: (installation: InstallationView) => void
}

/** The pane at the left: head with the acts, search and filter; then the rows. */
export function WorkspaceList({ rows, checks, authorize, onCopy }: WorkspaceListProps) {
  const { go } = useNavigation()
  const body = useRef<HTMLDivElement>(null)
  function open(byKey: boolean): void {
    go({ isDetailOpen: true })
    const detail = body.current?.closest('.list-detail')?.querySelector<HTMLElement>('.pane-detail')
    if (byKey && detail) requestAnimationFrame(() => focusInto(detail))
  }
  function openFirst(): void {
    const [first] = rows.installations
    if (!first || rows.query.trim() === '') return
    go({ workspaceId: first.id })
    open(true)
  }
  return (
    <>
      <ListHead rows={rows} authorize={authorize} onEnter={openFirst} body={body} />
      <div className="list-body" ref={body}>
        <ListBody rows={rows} checks={checks} onCopy={onCopy} onOpen={open} />
      </div>
      <ListFoot isSearching={rows.query !== ''} />
    </>
  )
}

interface ListBodyProps extends Pick<WorkspaceListProps, 'rows' | 'checks' | 'onCopy'> {
  readonly onOpen: (byKey: boolean) => void
}

function ListBody({ rows, checks, onCopy, onOpen }: ListBodyProps) {
  const { workspaceId, authorizationId, isDetailOpen, go } = useNavigation()
  const { query, statuses, waiting, installations, totalCount } = rows
  const shown = useMemo(
    () => ({ query, statuses, checks: checks.byId }),
    [query, statuses, checks.byId],
  )
  const isEmpty = installations.length + waiting.length === 0
  const isSearching = query.trim() !== ''
  return (
    <>
      <p className="list-matches" role="status">
        {isSearching &&
          !isEmpty &&
          `${counted(installations.length)} of ${counted(totalCount)} match`}
      </p>
      {isEmpty ? (
        <NothingFound rows={rows} />
      ) : (
        <RowsContext value={shown}>
          <WorkspaceRowList
            waiting={waiting}
            installations={installations}
            selectedId={workspaceId ?? authorizationId}
            onSelect={(item) => {
              const target =
                'state' in item ? { authorizationId: item.id } : { workspaceId: item.id }
              // Walking through the rows shows the detail beside them; it does not go there.
              go({ ...target, isDetailOpen })
            }}
            onOpen={onOpen}
            onCopy={onCopy}
          />
        </RowsContext>
      )}
    </>
  )
}

interface ListHeadProps extends Pick<WorkspaceListProps, 'rows' | 'authorize'> {
  readonly onEnter: () => void
  readonly body: { readonly current: HTMLElement | null }
}

function ListHead({ rows, authorize, onEnter, body }: ListHeadProps) {
  const { go } = useNavigation()
  return (
    <header className="pane-head list-head">
      <div className="list-acts">
        <h1 className="pane-title">Workspaces</h1>
        <IconButton
          label="Import token"
          icon="clipboard"
          keys={keysLabel('I')}
          isBordered
          onPress={() => go({ dialog: { kind: 'import' } })}
        />
        <AuthorizeButton authorize={authorize} />
      </div>
      {authorize.failure && (
        <FailureNotice failure={authorize.failure} onRemedy={authorize.onRemedy} />
      )}
      <SearchBox
        label="Search workspaces"
        value={rows.query}
        onChange={rows.setQuery}
        onDown={() => body.current?.querySelector<HTMLElement>('[role=listbox]')?.focus()}
        onEnter={onEnter}
      />
      <Segmented
        label="Workspaces shown"
        isSmall
        options={[
          { id: 'all', label: `All ${counted(rows.totalCount)}` },
          {
            id: 'attention',
            label: `Needs attention ${counted(rows.attentionCount)}`,
            icon: 'warning',
          },
        ]}
        value={rows.filter}
        onChange={rows.setFilter}
      />
    </header>
  )
}

function NothingFound({ rows }: Pick<WorkspaceListProps, 'rows'>) {
  if (rows.query.trim() === '') {
    return <p className="list-nothing">No workspace needs attention.</p>
  }
  return (
    <div className="list-nothing">
      <p>No workspace matches “{rows.query.trim()}”.</p>
      <Button size="row" onPress={() => rows.setQuery('')}>
        Clear search
      </Button>
    </div>
  )
}
