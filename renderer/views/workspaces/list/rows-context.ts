import { createContext, useContext } from 'react'
import type { Running } from '../use-running.ts'
import type { WorkspaceRows } from './use-workspace-rows.ts'

/** What every row draws from: the collection itself is not built anew when only these change. */
export interface RowsShown extends Pick<WorkspaceRows, 'query' | 'statuses'> {
  readonly checks: ReadonlyMap<string, Running>
}

/** Filled by `WorkspaceList`. */
export const RowsContext = createContext<RowsShown | null>(null)

/** Search, states and checks, for one row. */
export function useRowsShown(): RowsShown {
  const shown = useContext(RowsContext)
  if (!shown) throw new TypeError('A row needs the list above it')
  return shown
}
