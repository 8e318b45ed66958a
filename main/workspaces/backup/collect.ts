import type * as z from 'zod'
import type { Secret } from '../../platform/secret.ts'
import type { Vault, VaultRecord } from '../../vault/vault.ts'
import { CONFIGURATION_TOKEN, configurationTokenMeta } from '../configuration-tokens-records.ts'
import { createRecordReader } from '../record-reader.ts'
import {
  type CredentialMeta,
  INSTALLATION,
  type InstallationMeta,
  installationMeta,
  refreshField,
  SLACK_APP,
  slackAppMeta,
} from '../records.ts'
import type { BackupContent, KeptRecord } from './content.ts'

/**
 * All of the open vault that is worth keeping: Slack apps, installations and configuration tokens.
 * Allowed hosts are asked anew, the loopback certificate belongs to this computer, and a pair before
 * the last refresh is of no use elsewhere. Damaged records stay out: nobody vouches for them.
 *
 * @throws VaultLocked
 */
export function collectContent(vault: Vault): BackupContent {
  return {
    slackApps: keptRecords(vault, SLACK_APP, slackAppMeta),
    installations: keptRecords(vault, INSTALLATION, installationMeta).map(withoutRest),
    configurationTokens: keptRecords(vault, CONFIGURATION_TOKEN, configurationTokenMeta).filter(
      ({ secrets }) => secrets.size > 0,
    ),
  }
}

/** The records of one kind that can be read, with all their secrets. @throws VaultLocked */
export function keptRecords<M extends object>(
  vault: Vault,
  kind: string,
  schema: z.ZodType<M>,
): KeptRecord<M>[] {
  const reader = createRecordReader(kind, schema)
  return reader.records(vault).map((record) => {
    const { id, ...meta } = reader.read(record)
    return { id, meta: meta as unknown as M, secrets: secretsOf(vault, record) }
  })
}

function secretsOf(vault: Vault, { id, secretFields }: VaultRecord): Map<string, Secret> {
  return new Map(secretFields.map((field) => [field, vault.secret(id, field)]))
}

/** Tokens and refresh tokens alone, and no state that only this computer can go on with. */
function withoutRest({
  id,
  meta,
  secrets,
}: KeptRecord<InstallationMeta>): KeptRecord<InstallationMeta> {
  const credentials = meta.credentials.filter((one) => secrets.has(one.id)).map(settled)
  const kept = new Map<string, Secret>()
  for (const field of credentials.flatMap((one) => [one.id, refreshField(one.id)])) {
    const secret = secrets.get(field)
    if (secret !== undefined) kept.set(field, secret)
  }
  return { id, meta: { ...meta, credentials }, secrets: kept }
}

function settled(credential: CredentialMeta): CredentialMeta {
  const { refresh } = credential
  if (refresh === null) return credential
  return { ...credential, refresh: { ...refresh, inFlightSinceMs: null, hasPrevious: false } }
}
