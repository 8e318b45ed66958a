import type { CredentialKind, ImportDraft, ImportFinding } from '../../../main/contract/views.ts'
import type { IconName } from '../../parts/icon.tsx'
import { KIND_ICONS, KIND_NAMES } from '../workspaces/credential-names.ts'

type FindingKind = ImportFinding['kind']

/** What the user said that a `xoxe.xoxp-1-` is, by the finding's id. */
export type SaidKinds = ReadonlyMap<string, 'user' | 'configuration'>

/** A draft with what the user chose of it so far. */
export interface Choice {
  readonly draft: ImportDraft | null
  /** Ids of the findings to be stored. */
  readonly chosen: ReadonlySet<string>
  readonly said: SaidKinds
}

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
  'config-or-user': 'key',
  configuration: 'key',
  refresh: 'refresh',
  session: 'problem',
  unsupported: 'info',
}

/** A refresh token is stored beside its configuration token and is not chosen by itself. */
const NOT_CHOSEN: readonly FindingKind[] = ['refresh', 'session', 'unsupported']

/** Whether the user chooses if it is stored. */
export function isStorable(finding: ImportFinding): boolean {
  return !NOT_CHOSEN.includes(finding.kind)
}

/** Ticked without being asked: all that can be stored and that Slack did not refuse. */
export function isChosenAtFirst(finding: ImportFinding): boolean {
  return isStorable(finding) && finding.check.kind !== 'refused'
}

/** Whether Slack can be asked about something in the draft. */
export function needsCheck(draft: ImportDraft): boolean {
  return draft.findings.some(({ check }) => check.kind === 'not-checked')
}

/** Whether the user has not said yet what a chosen token is: Slack writes both kinds alike. */
export function needsKind({ draft, chosen, said }: Choice): boolean {
  return (draft?.findings ?? []).some(
    ({ id, kind }) => kind === 'config-or-user' && chosen.has(id) && !said.has(id),
  )
}

/** Whether a configuration token is to be stored, so that its refresh token goes with it. */
export function hasConfigurationToken(choice: Choice): boolean {
  return chosenOf(choice).some((one) => kindOf(one, choice) === 'configuration')
}

/** Chosen credentials that Slack named no workspace for, so that the user says where they go. */
export function looseFindings(choice: Choice): ImportFinding[] {
  return credentialsOf(choice).filter(({ check }) => check.kind !== 'works')
}

/** The names of the workspaces that chosen credentials belong to, each once. */
export function foundWorkspaces(choice: Choice): string[] {
  const names = credentialsOf(choice).flatMap(({ check }) =>
    check.kind === 'works' ? [check.workspaceName] : [],
  )
  return [...new Set(names)]
}

/** What main is asked to store: what was chosen, and the refresh token of a configuration token. */
export function storedChoices(choice: Choice) {
  const isWithRefresh = hasConfigurationToken(choice)
  const refresh = isWithRefresh
    ? (choice.draft?.findings ?? []).filter(({ kind }) => kind === 'refresh')
    : []
  return [...chosenOf(choice), ...refresh].map(({ id }) => ({
    id,
    as: choice.said.get(id) ?? null,
  }))
}

/** The name of a finding in a sentence: "webhook URL", "user token". */
export function nameInSentence(finding: ImportFinding, choice: Choice): string {
  const name = FINDING_NAMES[kindOf(finding, choice)]
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** "Import 3 secrets". */
export function importLabel(count: number): string {
  return count === 1 ? 'Import 1 secret' : `Import ${count} secrets`
}

function chosenOf({ draft, chosen }: Choice): ImportFinding[] {
  return (draft?.findings ?? []).filter(({ id }) => chosen.has(id))
}

function credentialsOf(choice: Choice): ImportFinding[] {
  return chosenOf(choice).filter((one) => isCredential(kindOf(one, choice)))
}

function kindOf({ id, kind }: ImportFinding, { said }: Choice): FindingKind {
  return kind === 'config-or-user' ? (said.get(id) ?? kind) : kind
}

function isCredential(kind: FindingKind): kind is CredentialKind {
  return kind in KIND_NAMES
}
