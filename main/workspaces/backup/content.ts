/** What a backup holds, once it is open: the records that are worth keeping, with their secrets. */
import * as z from 'zod'
import { Secret } from '../../platform/secret.ts'
import {
  type ConfigurationTokenMeta,
  configurationTokenMeta,
} from '../configuration-tokens-records.ts'
import {
  CLIENT_SECRET,
  type InstallationMeta,
  installationMeta,
  refreshField,
  SIGNING_SECRET,
  type SlackAppMeta,
  slackAppMeta,
  VERIFICATION_TOKEN,
} from '../records.ts'
import { BackupDamaged } from './errors.ts'

/** One record as the backup has it. */
export interface KeptRecord<M> {
  /** In the vault that it came from. */
  readonly id: string
  readonly meta: M
  /** By sealed field. */
  readonly secrets: ReadonlyMap<string, Secret>
}

export interface BackupContent {
  readonly slackApps: readonly KeptRecord<SlackAppMeta>[]
  readonly installations: readonly KeptRecord<InstallationMeta>[]
  readonly configurationTokens: readonly KeptRecord<ConfigurationTokenMeta>[]
}

/** Far above what Slack gives out or a form takes; ID tokens are the longest. */
const MAX_SECRET_LENGTH = 20_000
const MAX_RECORDS = 50_000

/** Pairs, since a name such as `__proto__` must not become the key of an object. */
const secretPairs = z
  .array(z.tuple([z.string().min(1).max(200), z.string().min(1).max(MAX_SECRET_LENGTH)]))
  .max(2000)

function keptRecord<M extends z.ZodType>(meta: M) {
  return z.strictObject({ id: z.string().min(1).max(200), meta, secrets: secretPairs })
}

const content = z.strictObject({
  slackApps: z.array(keptRecord(slackAppMeta)).max(MAX_RECORDS),
  installations: z.array(keptRecord(installationMeta)).max(MAX_RECORDS),
  configurationTokens: z.array(keptRecord(configurationTokenMeta)).max(MAX_RECORDS),
})

/** The bytes to seal, for the caller to zero. */
export function encodeContent({
  slackApps,
  installations,
  configurationTokens,
}: BackupContent): Buffer {
  return Buffer.from(
    JSON.stringify({
      slackApps: slackApps.map(plainRecord),
      installations: installations.map(plainRecord),
      configurationTokens: configurationTokens.map(plainRecord),
    }),
  )
}

function plainRecord<M>({ id, meta, secrets }: KeptRecord<M>) {
  return { id, meta, secrets: [...secrets].map(([field, secret]) => [field, secret.expose()]) }
}

/**
 * Reads what was sealed. Whoever knows the passphrase may have written it, so every record is looked
 * at as if it came from a stranger; one that is not right refuses all.
 *
 * @throws BackupDamaged
 */
export function decodeContent(plain: Uint8Array): BackupContent {
  const json = jsonOf(plain)
  requireThat(hasFairNumbers(json), 'a number that is no time')
  const parsed = content.safeParse(json)
  // Not its cause: that may quote what stands there.
  if (!parsed.success) throw new BackupDamaged('a record is not as it should be')
  const { slackApps, installations, configurationTokens } = parsed.data
  const opened = {
    slackApps: slackApps.map((record) => sealedRecord(record, SLACK_APP_FIELDS)),
    installations: installations.map((record) => sealedRecord(record, fieldsOf(record.meta))),
    configurationTokens: configurationTokens.map((record) =>
      sealedRecord(record, CONFIGURATION_FIELDS),
    ),
  }
  const ids = [...slackApps, ...installations, ...configurationTokens].map(({ id }) => id)
  requireThat(new Set(ids).size === ids.length, 'two records have one ID')
  for (const record of opened.installations) requireTokens(record)
  for (const { secrets } of opened.configurationTokens) requireThat(secrets.size > 0, 'no token')
  return opened
}

const SLACK_APP_FIELDS: ReadonlySet<string> = new Set([
  CLIENT_SECRET,
  SIGNING_SECRET,
  VERIFICATION_TOKEN,
])
const CONFIGURATION_FIELDS: ReadonlySet<string> = new Set(['token', 'refreshToken'])

/** A token and perhaps a refresh token for each credential. */
function fieldsOf({ credentials }: InstallationMeta): ReadonlySet<string> {
  return new Set(credentials.flatMap(({ id }) => [id, refreshField(id)]))
}

/** An ID becomes the name of a sealed field; `#` stands before what belongs to another. */
function requireTokens({ meta: { credentials }, secrets }: KeptRecord<InstallationMeta>): void {
  const ids = credentials.map(({ id }) => id)
  requireThat(new Set(ids).size === ids.length, 'two credentials have one ID')
  for (const id of ids) {
    requireThat(id.length <= 150 && !id.includes('#') && id !== '__proto__', 'an odd credential ID')
    requireThat(secrets.has(id), 'a credential without its token')
  }
}

function sealedRecord<M>(
  record: { readonly id: string; readonly meta: M; readonly secrets: [string, string][] },
  fields: ReadonlySet<string>,
): KeptRecord<M> {
  const secrets = new Map(record.secrets.map(([field, text]) => [field, Secret.of(text)]))
  requireThat(secrets.size === record.secrets.length, 'a secret stands there twice')
  for (const field of secrets.keys()) requireThat(fields.has(field), 'a secret of nobody')
  return { id: record.id, meta: record.meta, secrets }
}

/**
 * All numbers are times and counts; larger ones make no date (ECMAScript, Time Values), and whoever shows
 * them would fail each time.
 */
const MAX_NUMBER = 8.64e15
/** Deeper than any record is, and far less than what a walk could not take. */
const MAX_DEPTH = 20

function hasFairNumbers(value: unknown, depth = 0): boolean {
  if (typeof value === 'number') return Math.abs(value) <= MAX_NUMBER
  if (typeof value !== 'object' || value === null) return true
  return (
    depth < MAX_DEPTH && Object.values(value).every((inner) => hasFairNumbers(inner, depth + 1))
  )
}

function requireThat(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new BackupDamaged(otherwise)
}

function jsonOf(plain: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.length).toString('utf8'))
  } catch {
    throw new BackupDamaged('no JSON')
  }
}
