import * as z from 'zod'
import type { Secret } from '../platform/secret.ts'
import {
  deriveKey,
  newScryptParameters,
  requireStrength,
  SCRYPT_COST,
  type ScryptCost,
  type ScryptParameters,
  scryptContext,
  scryptFields,
} from './derive-key.ts'
import { VaultDamaged, WrongPassphrase } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { KEY_BYTES, open, seal } from './seal.ts'

export { MIN_PASSPHRASE_LENGTH, type ScryptCost } from './derive-key.ts'

const wrappedKey = z.object({
  kdf: z.literal('scrypt'),
  ...scryptFields,
  sealed: z.base64().max(4096),
})

/**
 * Protects the data key with a passphrase. Deriving takes about half a second and does not block;
 * a pause after wrong tries is the caller's.
 *
 * @param options.cost lower only in tests, which have no half second to spare
 */
export function createPassphraseProtector(
  passphrase: Secret,
  options: { readonly cost?: ScryptCost } = {},
): KeyProtector {
  const cost = options.cost ?? SCRYPT_COST
  return {
    kind: 'passphrase',
    async wrap(dataKey) {
      requireStrength(passphrase)
      const parameters = newScryptParameters(cost)
      const sealed = await withDerivedKey(passphrase, parameters, (key) =>
        seal(key, contextOf(parameters), dataKey),
      )
      return { kdf: 'scrypt', ...parameters, sealed }
    },
    async unwrap(wrapped) {
      const parsed = wrappedKey.safeParse(wrapped)
      if (!parsed.success) throw new VaultDamaged()
      const opened = await withDerivedKey(passphrase, parsed.data, (key) =>
        open(key, contextOf(parsed.data), parsed.data.sealed),
      )
      if (!opened.ok) throw new WrongPassphrase()
      if (opened.plain.length !== KEY_BYTES) throw new VaultDamaged()
      return opened.plain
    },
  }
}

function contextOf(parameters: ScryptParameters): string[] {
  return ['token-desk-vault', 'wrapped-key', ...scryptContext(parameters)]
}

async function withDerivedKey<T>(
  passphrase: Secret,
  parameters: ScryptParameters,
  use: (key: Buffer) => T,
): Promise<T> {
  const key = await deriveKey(passphrase, parameters)
  try {
    return use(key)
  } finally {
    key.fill(0)
  }
}
