import * as z from 'zod'
import { KeyringLostKey, KeyringUnavailable } from '../platform/errors.ts'
import type { Keyring } from '../platform/keyring.ts'
import { VaultDamaged } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { KEY_BYTES } from './seal.ts'

/** The name of the keyring stands beside the key, so that a change of desktop can be told. */
const wrappedKey = z.object({ backend: z.string().max(100), sealed: z.base64().max(4096) })

/** Protects the data key with the system's keyring; refuses where there is none that is safe. */
export function createKeyringProtector(keyring: Keyring): KeyProtector {
  return {
    kind: 'keyring',
    async wrap(dataKey) {
      await requireKeyring(keyring)
      // A view, not a copy: nobody would zero that.
      const bytes = Buffer.from(dataKey.buffer, dataKey.byteOffset, dataKey.byteLength)
      const plain = bytes.toString('base64')
      const sealed = await keyring.encrypt(plain)
      await requireOpens(keyring, sealed, plain)
      return { backend: keyring.backend, sealed: Buffer.from(sealed).toString('base64') }
    },
    async unwrap(wrapped) {
      const parsed = wrappedKey.safeParse(wrapped)
      if (!parsed.success) throw new VaultDamaged()
      await requireKeyring(keyring)
      return unwrapWith(keyring, parsed.data)
    },
  }
}

async function requireKeyring(keyring: Keyring): Promise<void> {
  if (!(await keyring.isAvailable())) throw new KeyringUnavailable()
}

/** A keyring that cannot give back what it took would lose the vault with the next start. */
async function requireOpens(keyring: Keyring, sealed: Uint8Array, plain: string): Promise<void> {
  try {
    if ((await keyring.decrypt(sealed)) === plain) return
  } catch (cause) {
    throw new KeyringUnavailable(cause)
  }
  throw new KeyringUnavailable('it does not give back what it took')
}

async function unwrapWith(
  keyring: Keyring,
  wrapped: z.infer<typeof wrappedKey>,
): Promise<Uint8Array> {
  const moved = wrapped.backend === keyring.backend ? {} : { sealedWith: wrapped.backend }
  let text: string
  try {
    text = await keyring.decrypt(Buffer.from(wrapped.sealed, 'base64'))
  } catch (cause) {
    if (cause instanceof KeyringLostKey) throw new KeyringLostKey({ ...moved, cause })
    throw cause
  }
  const key = Buffer.from(text, 'base64')
  // safeStorage's ciphertext is not authenticated on macOS and Linux: a wrong key may answer rubbish.
  if (key.length !== KEY_BYTES) {
    key.fill(0)
    throw new KeyringLostKey(moved)
  }
  return key
}
