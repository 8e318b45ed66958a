/** Which installation each imported secret goes to. Nothing is stored here. */
import type { CredentialKind, EnvironmentRef } from '../contract/views.ts'
import { InputError } from '../errors.ts'
import type { Secret } from '../platform/secret.ts'
import { sameEnvironment, slackEndpoints } from '../slack/environment.ts'
import type { TokenInfo } from '../slack/slack-api.ts'
import type { ChosenCredential, ImportRest } from './import-choice.ts'
import type { HeldCredentials } from './imported-credentials.ts'
import {
  type ImportedSecrets,
  importedInstallation,
  importedInto,
} from './imported-installation.ts'
import type { Installation, Installations, VaultPut } from './installations.ts'
import type { CredentialMeta } from './records.ts'

export interface ImportPlanOptions {
  readonly installations: Installations
  readonly environment: EnvironmentRef
  readonly nowMs: number
}

/**
 * One change for each installation, to be saved together. Secrets that Slack named no workspace for
 * are in the last one.
 *
 * @throws InputError for the fields `rest` and `name`, WorkspaceNotFound
 */
export function planImport(
  options: ImportPlanOptions,
  chosen: readonly ChosenCredential[],
  rest: ImportRest,
): VaultPut[] {
  const found = groups(chosen.filter(({ info }) => info !== null))
  const others = chosen.filter(({ info }) => info === null)
  if (others.length === 0) return found.map((group) => putFound(options, group))
  switch (rest.kind) {
    case 'found':
      return [putFound(options, [...onlyOne(found), ...others])]
    case 'installation':
      return putInto(options, found, others, rest.installationId)
    case 'new':
      return [
        ...found.map((group) => putFound(options, group)),
        options.installations.prepareStore(
          importedInstallation({ ...options, secrets: others, name: nameOf(rest), held: NOTHING }),
        ).put,
      ]
  }
}

/** Tokens of the same app in the same place. One whose app Slack did not name is its own group. */
function groups(confirmed: readonly ChosenCredential[]): ChosenCredential[][] {
  const byPlace = new Map<string, ChosenCredential[]>()
  for (const credential of confirmed) {
    const key = placeKey(credential)
    byPlace.set(key, [...(byPlace.get(key) ?? []), credential])
  }
  return [...byPlace.values()]
}

function placeKey({ finding, info }: ChosenCredential): string {
  return info?.appId ? JSON.stringify([placeOf(info), info.appId]) : finding.id
}

function placeOf({ teamId, enterpriseId }: TokenInfo): string | null {
  return teamId ?? enterpriseId
}

function putFound(options: ImportPlanOptions, group: readonly ChosenCredential[]): VaultPut {
  const { installations } = options
  const make = (held: HeldCredentials) =>
    importedInstallation({ ...options, secrets: group, name: null, held })
  const same = installations.findSame(make(NOTHING).meta)
  return installations.prepareStore(make(same === null ? NOTHING : heldBy(options, same))).put
}

/** A group that belongs to that very installation goes into the same change. */
function putInto(
  options: ImportPlanOptions,
  found: readonly ChosenCredential[][],
  others: readonly ChosenCredential[],
  installationId: string,
): VaultPut[] {
  const { installations, environment, nowMs } = options
  const { id: _id, ...before } = checkedTarget(installations.get(installationId), environment)
  const isOfTarget = (group: ChosenCredential[]) => putFound(options, group).id === installationId
  const elsewhere = found.filter((group) => !isOfTarget(group))
  const own = found.filter(isOfTarget).flat()
  const secrets: ImportedSecrets['secrets'] = [...own, ...others]
  const held = heldBy(options, installations.get(installationId))
  const sealable = importedInto(before, { secrets, held, nowMs })
  return [
    ...elsewhere.map((group) => putFound(options, group)),
    installations.prepareInto(installationId, sealable).put,
  ]
}

/** Its tokens go to its own Slack: what belongs to another one has no place there. */
function checkedTarget(target: Installation, environment: EnvironmentRef): Installation {
  if (sameEnvironment(target.environment, environment)) return target
  throw new InputError(
    'rest',
    'This workspace belongs to another Slack',
    `Choose a workspace of ${slackEndpoints(environment).label}, or give a new one a name.`,
  )
}

function onlyOne(found: readonly ChosenCredential[][]): ChosenCredential[] {
  const [first] = found
  if (first !== undefined && found.length === 1) return first
  throw new InputError(
    'rest',
    first === undefined
      ? 'No workspace was found to put these in'
      : 'Several workspaces were found',
    'Choose the workspace that they belong to, or give a new one a name.',
  )
}

function nameOf({ name }: Extract<ImportRest, { kind: 'new' }>): string {
  const typed = name.trim()
  if (typed !== '') return typed
  throw new InputError(
    'name',
    'These secrets have no workspace name yet',
    'Slack cannot tell it. Give it a name.',
  )
}

const NOTHING: HeldCredentials = { ids: new Set(), find: () => null }

function heldBy({ installations }: ImportPlanOptions, target: Installation): HeldCredentials {
  return {
    ids: new Set(target.credentials.map(({ id }) => id)),
    find: (kind, secret) => heldCredential(installations, target, kind, secret),
  }
}

function heldCredential(
  installations: Installations,
  { id, credentials }: Installation,
  kind: CredentialKind,
  secret: Secret,
): CredentialMeta | null {
  const isIt = (credentialId: string) =>
    installations.token(id, credentialId).expose() === secret.expose()
  return credentials.find((one) => one.kind === kind && isIt(one.id)) ?? null
}
