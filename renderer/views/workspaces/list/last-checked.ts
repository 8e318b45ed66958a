import type { InstallationView } from '../../../../main/contract/views.ts'
import { isCheckable } from '../credential-names.ts'
import { timeAgo } from '../time-words.ts'

/**
 * "All checked 4 min ago", by the one that was checked longest ago; "2 of 6 not checked yet"; null
 * where there is nothing that Slack can check. Those it cannot check do not count.
 */
export function lastCheckedWords(
  installations: readonly InstallationView[],
  now: number,
): string | null {
  const checkable = installations.filter(({ credentials }) => credentials.some(isCheckable))
  const times = checkable.flatMap(({ lastCheckedAtMs }) => lastCheckedAtMs ?? [])
  if (checkable.length === 0) return null
  const left = checkable.length - times.length
  if (left === 0) return `All checked ${timeAgo(now - Math.min(...times))}`
  return left === checkable.length
    ? 'Not checked yet'
    : `${left} of ${checkable.length} not checked yet`
}
