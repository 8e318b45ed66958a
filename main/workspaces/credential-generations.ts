/** Counts how often a credential's secret became another; who follows credentials goes by it. */
import { AppError } from '../errors.ts'
import type { Secret } from '../platform/secret.ts'
import type { Vault } from '../vault/vault.ts'
import {
  type CredentialMeta,
  INSTALLATION,
  installationMeta,
  previousField,
  previousRefreshField,
} from './records.ts'

/** An installation on its way into the vault. */
interface Put {
  readonly id: string
  readonly meta: { readonly credentials: CredentialMeta[] }
  readonly secrets: Readonly<Record<string, Secret | null>>
}

/**
 * The same with each credential's `generation` as it is to be: one more than in the vault where its
 * secret is another, and what it was where it is not. What the caller's metadata says of it does not
 * count. A secret that is replaced takes the pair before with it, unless the change names that pair; so
 * does a record that says of a credential that it has none any more.
 *
 * Done twice it does the same, so a change may be prepared before it is saved.
 */
export function withGenerations<P extends Put>(vault: Vault, put: P): P {
  const before = credentialsOf(vault, put.id)
  let secrets = put.secrets
  const credentials = put.meta.credentials.map((credential) => {
    const { id } = credential
    const old = before.get(id)
    const generation = old?.generation ?? 0
    const isReplaced = old !== undefined && isAnother(vault, put, id)
    if (isReplaced || hasGivenUpPrevious(old, credential)) {
      secrets = { [previousField(id)]: null, [previousRefreshField(id)]: null, ...secrets }
    }
    return { ...credential, generation: isReplaced ? generation + 1 : generation }
  })
  return { ...put, secrets, meta: { ...put.meta, credentials } }
}

function hasGivenUpPrevious(old: CredentialMeta | undefined, now: CredentialMeta): boolean {
  return old?.refresh?.hasPrevious === true && now.refresh?.hasPrevious !== true
}

/** By ID; none where there is no such record, or it cannot be read. */
function credentialsOf(vault: Vault, installationId: string): Map<string, CredentialMeta> {
  const record = vaultRecord(vault, installationId)
  const parsed = installationMeta.safeParse(record?.kind === INSTALLATION ? record.meta : null)
  const found = parsed.success ? parsed.data.credentials : []
  return new Map(found.map((credential) => [credential.id, credential]))
}

function vaultRecord(vault: Vault, installationId: string) {
  try {
    return vault.record(installationId)
  } catch (thrown) {
    if (isUnreadable(thrown)) return null
    throw thrown
  }
}

function isAnother(vault: Vault, { id, secrets }: Put, credentialId: string): boolean {
  const next = Object.hasOwn(secrets, credentialId) ? secrets[credentialId] : undefined
  if (next === undefined) return false
  return textOf(vault, id, credentialId) !== (next?.expose() ?? null)
}

/** Null for one that is not there, or cannot be opened: what comes is another in any case. */
function textOf(vault: Vault, installationId: string, field: string): string | null {
  try {
    return vault.secret(installationId, field).expose()
  } catch (thrown) {
    if (isUnreadable(thrown)) return null
    throw thrown
  }
}

function isUnreadable(thrown: unknown): boolean {
  if (!(thrown instanceof AppError)) return false
  return thrown.code === 'SECRET_NOT_FOUND' || thrown.code === 'VAULT_RECORD_DAMAGED'
}
