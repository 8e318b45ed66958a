import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { KeyringLostKey, KeyringUnavailable } from '../../main/platform/errors.ts'
import type { Keyring } from '../../main/platform/keyring.ts'

/** A keyring in memory that can be taken away, lose its key, or answer rubbish as unauthenticated ones do. */
export interface FakeKeyring extends Keyring {
  available: boolean
  backend: string
  /** `refuse`: a new key, and opening fails. `garble`: a new key, and opening gives other text. */
  loseKey(how: 'refuse' | 'garble'): void
}

export function createFakeKeyring(): FakeKeyring {
  let key = randomBytes(32)
  let garbles = false
  return {
    available: true,
    backend: 'fake_keyring',
    async isAvailable() {
      return this.available
    },
    async encrypt(plain) {
      if (!this.available) throw new KeyringUnavailable()
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([nonce, body, cipher.getAuthTag()])
    },
    async decrypt(sealed) {
      if (!this.available) throw new KeyringUnavailable()
      if (garbles) return randomBytes(32).toString('base64')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
        decipher.setAuthTag(sealed.subarray(-16))
        return Buffer.concat([
          decipher.update(sealed.subarray(12, -16)),
          decipher.final(),
        ]).toString()
      } catch (cause) {
        throw new KeyringLostKey({ cause })
      }
    },
    loseKey(how) {
      key = randomBytes(32)
      garbles = how === 'garble'
    },
  }
}
