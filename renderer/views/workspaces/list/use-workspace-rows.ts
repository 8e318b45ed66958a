import { useDeferredValue, useMemo, useState } from 'react'
import type { AuthorizationView, InstallationView } from '../../../../main/contract/views.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { type InstallationStatus, installationStatus } from '../installation-status.ts'
import { indexInstallations, searchInstallations } from '../search-installations.ts'

export type WorkspaceFilter = 'all' | 'attention'

/** What the list shows, and the search and filter that made it. */
export interface WorkspaceRows {
  readonly query: string
  readonly setQuery: (query: string) => void
  readonly filter: WorkspaceFilter
  readonly setFilter: (filter: WorkspaceFilter) => void
  /** On top while nothing is searched or left out. */
  readonly waiting: readonly AuthorizationView[]
  /** Those that match, by name. */
  readonly installations: readonly InstallationView[]
  readonly totalCount: number
  readonly attentionCount: number
  readonly statuses: ReadonlyMap<string, InstallationStatus>
}

const BY_NAME = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const NOBODY: readonly AuthorizationView[] = []

/** Rows of the workspace list. The rows follow the typing a moment later, so that typing never waits. */
export function useWorkspaceRows(): WorkspaceRows {
  const { snapshot, now } = useDesk()
  const [query, setQuery] = useState('')
  const [filter, setFilter] = useState<WorkspaceFilter>('all')
  const searched = useDeferredValue(query)
  const sorted = useMemo(
    () => snapshot.installations.toSorted((a, b) => BY_NAME.compare(a.name, b.name)),
    [snapshot.installations],
  )
  const index = useMemo(() => indexInstallations(sorted), [sorted])
  const statuses = useMemo(
    () => new Map(sorted.map((one) => [one.id, installationStatus(one, now)])),
    [sorted, now],
  )
  const installations = useMemo(() => {
    const found = searchInstallations(index, searched)
    if (filter === 'all') return found
    return found.filter(({ id }) => statuses.get(id)?.needsAttention)
  }, [index, searched, filter, statuses])
  const isWhole = searched.trim() === '' && filter === 'all'
  return {
    ...{ query, setQuery, filter, setFilter, installations, statuses },
    waiting: isWhole ? snapshot.authorizations : NOBODY,
    totalCount: sorted.length,
    attentionCount: [...statuses.values()].filter((status) => status.needsAttention).length,
  }
}
