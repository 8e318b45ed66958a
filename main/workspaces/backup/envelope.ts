/** The backup's file format: a readable header, a key check and one sealed payload. */
import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Secret } from '../../platform/secret.ts'
import {
  deriveKey,
  newScryptParameters,
  type ScryptCost,
  scryptContext,
  scryptFields,
} from '../../vault/derive-key.ts'
import { open, seal } from '../../vault/seal.ts'
import { BackupDamaged, BackupNewerVersion, BackupWrongPassphrase, NotABackup } from './errors.ts'

const FORMAT = 'token-desk-backup'
/** The version this code writes and reads. */
const VERSION = 1
/** What every backup begins with: it tells a damaged one from a file that is none. */
const BEGIN = `{"format":"${FORMAT}"`
const CHECK_TEXT = 'token-desk-backup key check'

const header = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Epoch milliseconds. */
  createdAtMs: z.number().int().min(0).max(8.64e15),
  kdf: z.strictObject({ name: z.literal('scrypt'), ...scryptFields }),
})
type Header = z.infer<typeof header>

const envelope = z.strictObject({
  ...header.shape,
  /** A known text sealed with the key: tells a wrong passphrase from damage. */
  check: z.string().max(1000),
  /** Base64, sealed. */
  payload: z.string(),
  /** SHA-256 over all of the above, base64: tells an accident. Who changes it on purpose meets the seals. */
  digest: z.string().max(100),
})
export type Envelope = z.infer<typeof envelope>

const newer = z.object({ format: z.literal(FORMAT), version: z.number().int().gt(VERSION) })

/**
 * Seals a backup by a key that is derived from its own passphrase.
 *
 * @param plain the caller zeroes it
 * @returns the file's bytes
 */
export async function sealBackup(
  plain: Uint8Array,
  passphrase: Secret,
  { createdAtMs, cost }: { readonly createdAtMs: number; readonly cost: ScryptCost },
): Promise<Buffer> {
  const kdf = { name: 'scrypt' as const, ...newScryptParameters(cost) }
  const head: Header = { format: FORMAT, version: VERSION, createdAtMs, kdf }
  const key = await deriveKey(passphrase, kdf)
  try {
    const check = seal(key, contextOf(head, 'check'), Buffer.from(CHECK_TEXT))
    const payload = seal(key, contextOf(head, 'payload'), plain)
    const sealed = { ...head, check, payload }
    return Buffer.from(`${JSON.stringify({ ...sealed, digest: digestOf(sealed) })}\n`)
  } finally {
    key.fill(0)
  }
}

/** True for bytes that begin as a backup does. */
export function beginsAsBackup(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, BEGIN.length)).equals(Buffer.from(BEGIN))
}

/**
 * Reads what can be read without the passphrase.
 *
 * @param bytes of a file that nobody vouches for
 * @throws NotABackup, BackupNewerVersion, BackupDamaged
 */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  if (!beginsAsBackup(bytes)) throw new NotABackup()
  const value = jsonOf(bytes)
  if (newer.safeParse(value).success) throw new BackupNewerVersion()
  const parsed = envelope.safeParse(value)
  if (!parsed.success) throw new BackupDamaged(parsed.error)
  if (parsed.data.digest !== digestOf(parsed.data)) throw new BackupDamaged('its digest differs')
  return parsed.data
}

/** The backup's key, for the caller to zero. @throws BackupWrongPassphrase */
export async function openKey(sealed: Envelope, passphrase: Secret): Promise<Buffer> {
  const key = await deriveKey(passphrase, sealed.kdf)
  const checked = open(key, contextOf(sealed, 'check'), sealed.check)
  if (checked.ok) return key
  key.fill(0)
  throw new BackupWrongPassphrase()
}

/** What was sealed, for the caller to zero. @throws BackupDamaged */
export function openPayload(sealed: Envelope, key: Uint8Array): Buffer {
  const opened = open(key, contextOf(sealed, 'payload'), sealed.payload)
  if (!opened.ok) throw new BackupDamaged(opened.cause)
  return opened.plain
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    // The parser's own words quote the text.
    throw new BackupDamaged(cause instanceof Error ? cause.name : undefined)
  }
}

/** The whole header: with another one, nothing opens. */
function contextOf({ format, version, createdAtMs, kdf }: Header, part: string): string[] {
  return [format, part, `${version}`, `${createdAtMs}`, kdf.name, ...scryptContext(kdf)]
}

function digestOf(sealed: Omit<Envelope, 'digest'>): string {
  const { check, payload } = sealed
  const text = JSON.stringify([...contextOf(sealed, 'digest'), check])
  return createHash('sha256').update(text).update('\n').update(payload).digest('base64')
}
