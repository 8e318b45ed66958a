import type { CredentialKind, ImportDraft, ImportFinding } from '../../../main/contract/views.ts'
import type { IconName } from '../../parts/icon.tsx'
import { KIND_ICONS, KIND_NAMES } from '../workspaces/credential-names.ts'

type FindingKind = ImportFinding['kind']

/** What a finding is, as a heading. */
export const FINDING_NAMES: Readonly<Record<FindingKind, string>> = {
  ...KIND_NAMES,
  'config-or-user': 'User or configuration token',
  configuration: 'Configuration token',
  refresh: 'Refresh token',
  session: 'Browser session token',
  unsupported: 'Other token',
}

/** The sign of a finding. */
export const FINDING_ICONS: Readonly<Record<FindingKind, IconName>> = {
  ...KIND_ICONS,
  'config-or-user': 'person',
  configuration: 'key',
  refresh: 'key',
  session: 'problem',
  unsupported: 'info',
}

const STORABLE: readonly FindingKind[] = [
  'bot',
  'user',
  'app',
  'webhook',
] satisfies CredentialKind[]

/** Whether it can be stored at all. */
export function isStorable(finding: ImportFinding): boolean {
  return STORABLE.includes(finding.kind)
}

/** Ticked without being asked: all that can be stored and that Slack did not refuse. */
export function isChosenAtFirst(finding: ImportFinding): boolean {
  return isStorable(finding) && finding.check.kind !== 'refused'
}

/** Whether Slack can be asked about something in the draft. */
export function needsCheck(draft: ImportDraft): boolean {
  return draft.findings.some(({ check }) => check.kind === 'not-checked')
}

/** Whether a chosen finding has no workspace name from Slack, so that the user gives one. */
export function needsName(draft: ImportDraft, chosen: ReadonlySet<string>): boolean {
  return draft.findings.some(({ id, check }) => chosen.has(id) && check.kind !== 'works')
}

/** "Import 3 secrets". */
export function importLabel(count: number): string {
  return count === 1 ? 'Import 1 secret' : `Import ${count} secrets`
}
