import type { RestorePreview, RestoreReport, RestoreRow } from '../../../main/contract/views.ts'

const NAMES: Readonly<Record<RestoreRow['of'], readonly [string, string]>> = {
  installation: ['workspace', 'workspaces'],
  'slack-app': ['Slack app', 'Slack apps'],
  'configuration-token': ['configuration token', 'configuration tokens'],
}

/** "1 workspace", "4 workspaces". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** What kind of entry a row is: "Workspace". */
export function kindOf({ of }: RestoreRow): string {
  const [one] = NAMES[of]
  return one.charAt(0).toUpperCase() + one.slice(1)
}

/** The act of the preview: "Restore 4 workspaces", "Restore 3 entries"; null where nothing would change. */
export function restoreAct({ rows }: RestorePreview): string | null {
  const changing = rows.filter(({ action }) => action !== 'keep')
  const [first] = changing
  if (!first) return null
  const workspaces = changing.filter(({ of }) => of === 'installation').length
  if (workspaces > 0) return `Restore ${counted(workspaces, ...NAMES.installation)}`
  const isOneKind = changing.every(({ of }) => of === first.of)
  return isOneKind
    ? `Restore ${counted(changing.length, ...NAMES[first.of])}`
    : `Restore ${counted(changing.length, 'entry', 'entries')}`
}

/** What a row would store: "3 secrets", "1 of 3 secrets"; nothing for what stays. */
export function storedWords({ action, credentialCount, storedCount }: RestoreRow): string | null {
  if (action === 'keep' || storedCount === 0) return null
  const of = counted(credentialCount, 'secret')
  return storedCount === credentialCount ? of : `${storedCount} of ${of}`
}

/** Rotating tokens among what would be stored that may have been refreshed since. */
export function staleCount({ rows }: RestorePreview): number {
  return rows.reduce((sum, row) => sum + (row.action === 'keep' ? 0 : row.staleCount), 0)
}

/** "4 added, 1 updated." */
export function reportWords({ added, updated }: RestoreReport): string {
  const parts = [added > 0 && `${added} added`, updated > 0 && `${updated} updated`]
  return `${parts.filter(Boolean).join(', ')}.`
}
