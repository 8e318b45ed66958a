/** A key from a passphrase: for the vault, and for backups. One place for its costs and bounds. */
import { randomBytes, scrypt } from 'node:crypto'
import * as z from 'zod'
import type { Secret } from '../platform/secret.ts'
import { WeakPassphrase } from './errors.ts'
import { KEY_BYTES } from './seal.ts'

/** Fewest characters (code points) of a new passphrase. */
export const MIN_PASSPHRASE_LENGTH = 8

/** Cost of scrypt, RFC 7914 section 2: memory is 128 × n × r bytes. */
export interface ScryptCost {
  /** A power of two. */
  readonly n: number
  readonly r: number
  readonly p: number
}

/** 128 MiB. Source: OWASP Password Storage Cheat Sheet, first choice for scrypt. */
export const SCRYPT_COST: ScryptCost = { n: 2 ** 17, r: 8, p: 1 }
const SALT_BYTES = 32

/** Upper bounds for what a file may ask for: 256 MiB, twice what we write. */
export const scryptFields = {
  n: z
    .number()
    .int()
    .min(2)
    .max(2 ** 18)
    .refine((n) => Number.isInteger(Math.log2(n))),
  r: z.number().int().min(1).max(8),
  p: z.number().int().min(1).max(4),
  salt: z.base64().min(8).max(128),
}

/** What a key is derived with, beside the passphrase; `salt` in base64. */
export type ScryptParameters = ScryptCost & { readonly salt: string }

/** Parameters for a new key: this cost and a fresh salt. */
export function newScryptParameters({ n, r, p }: ScryptCost): ScryptParameters {
  return { n, r, p, salt: randomBytes(SALT_BYTES).toString('base64') }
}

/** The parameters as strings, for the context that a seal is bound to. */
export function scryptContext({ n, r, p, salt }: ScryptParameters): string[] {
  return [`${n}`, `${r}`, `${p}`, salt]
}

/** @throws WeakPassphrase */
export function requireStrength(passphrase: Secret): void {
  if ([...normalized(passphrase)].length < MIN_PASSPHRASE_LENGTH) {
    throw new WeakPassphrase(MIN_PASSPHRASE_LENGTH)
  }
}

/** 32 bytes, for the caller to zero. Takes about half a second at full cost and does not block. */
export function deriveKey(passphrase: Secret, parameters: ScryptParameters): Promise<Buffer> {
  const { n, r, p } = parameters
  const salt = Buffer.from(parameters.salt, 'base64')
  // Node's own limit is 32 MiB; OpenSSL counts some working memory beside the big table.
  const options = { N: n, r, p, maxmem: 128 * r * (n + p + 2) + 2 ** 20 }
  // Bytes can be overwritten; the strings they come from are the garbage collector's.
  const bytes = Buffer.from(normalized(passphrase))
  return new Promise((resolve, reject) => {
    scrypt(bytes, salt, KEY_BYTES, options, (failed, key) => {
      bytes.fill(0)
      if (failed) reject(failed)
      else resolve(key)
    })
  })
}

/** NFC, so that the same letters typed on another system give the same bytes. Source: RFC 8265 section 4.2. */
function normalized(passphrase: Secret): string {
  return passphrase.expose().normalize('NFC')
}
