import { randomBytes, scrypt } from 'node:crypto'
import * as z from 'zod'
import type { Secret } from '../platform/secret.ts'
import { VaultDamaged, WeakPassphrase, WrongPassphrase } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { KEY_BYTES, open, seal } from './seal.ts'

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
const COST: ScryptCost = { n: 2 ** 17, r: 8, p: 1 }
const SALT_BYTES = 32

/** Upper bounds for what a file may ask for: 256 MiB, twice what we write. */
const wrappedKey = z.object({
  kdf: z.literal('scrypt'),
  n: z
    .number()
    .int()
    .min(2)
    .max(2 ** 18)
    .refine((n) => Number.isInteger(Math.log2(n))),
  r: z.number().int().min(1).max(8),
  p: z.number().int().min(1).max(4),
  salt: z.base64().min(8).max(128),
  sealed: z.base64().max(4096),
})

/**
 * Protects the data key with a passphrase. Deriving takes about half a second and does not block;
 * the pause after wrong tries is `PassphrasePause`.
 *
 * @param options.cost lower only in tests, which have no half second to spare
 */
export function createPassphraseProtector(
  passphrase: Secret,
  options: { readonly cost?: ScryptCost } = {},
): KeyProtector {
  const cost = options.cost ?? COST
  return {
    kind: 'passphrase',
    async wrap(dataKey) {
      requireStrength(passphrase)
      const salt = randomBytes(SALT_BYTES).toString('base64')
      const sealed = await withDerivedKey(passphrase, cost, salt, (key) =>
        seal(key, contextOf(cost, salt), dataKey),
      )
      return { kdf: 'scrypt', n: cost.n, r: cost.r, p: cost.p, salt, sealed }
    },
    async unwrap(wrapped) {
      const parsed = wrappedKey.safeParse(wrapped)
      if (!parsed.success) throw new VaultDamaged()
      const { salt, sealed } = parsed.data
      const opened = await withDerivedKey(passphrase, parsed.data, salt, (key) =>
        open(key, contextOf(parsed.data, salt), sealed),
      )
      if (!opened.ok) throw new WrongPassphrase()
      if (opened.plain.length !== KEY_BYTES) throw new VaultDamaged()
      return opened.plain
    },
  }
}

/** @throws WeakPassphrase for one that no vault may be protected by */
export function requireStrength(passphrase: Secret): void {
  if ([...normalized(passphrase)].length < MIN_PASSPHRASE_LENGTH) {
    throw new WeakPassphrase(MIN_PASSPHRASE_LENGTH)
  }
}

/** NFC, so that the same letters typed on another system give the same bytes. Source: RFC 8265 section 4.2. */
function normalized(passphrase: Secret): string {
  return passphrase.expose().normalize('NFC')
}

function contextOf(cost: ScryptCost, salt: string): string[] {
  return ['token-desk-vault', 'wrapped-key', `${cost.n}`, `${cost.r}`, `${cost.p}`, salt]
}

async function withDerivedKey<T>(
  passphrase: Secret,
  cost: ScryptCost,
  salt: string,
  use: (key: Buffer) => T,
): Promise<T> {
  const key = await derive(passphrase, cost, Buffer.from(salt, 'base64'))
  try {
    return use(key)
  } finally {
    key.fill(0)
  }
}

function derive(passphrase: Secret, cost: ScryptCost, salt: Buffer): Promise<Buffer> {
  const { n, r, p } = cost
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
