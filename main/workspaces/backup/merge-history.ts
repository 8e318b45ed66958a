import type { InstallationEvent } from '../../contract/views.ts'
import { HISTORY_LENGTH } from '../merge-installation.ts'

/** What either of them knows, oldest first, each once; the last ones where that makes too many. */
export function mergeHistory(
  here: readonly InstallationEvent[],
  other: readonly InstallationEvent[],
): InstallationEvent[] {
  const events = new Map([...here, ...other].map((event) => [JSON.stringify(event), event]))
  return [...events.values()].sort((a, b) => a.atMs - b.atMs).slice(-HISTORY_LENGTH)
}
