import { createCipheriv, createDecipheriv, type Decipher, randomBytes } from 'node:crypto'

/** Bytes of the data key: AES-256. */
export const KEY_BYTES = 32
/**
 * What seals and MACs of single records are bound to. It is not the version of the file: a file of a
 * later version keeps them as they are.
 */
export const SEAL_VERSION = 1
/** 96-bit nonces, as NIST SP 800-38D section 5.2.1.1 recommends for GCM; drawn anew for each seal. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'

/**
 * Seals bytes with AES-256-GCM.
 *
 * @param context what the sealed bytes belong to; opening needs the same strings. Encoded as a JSON
 *   array, so no two lists of strings share an encoding
 * @returns base64 of nonce, ciphertext and tag
 */
export function seal(key: Uint8Array, context: readonly string[], plain: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(JSON.stringify(context)))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64')
}

/**
 * Opens what `seal` made.
 *
 * @returns the bytes, or the failure as a value: the caller knows what it means (a wrong key, a
 *   damaged record)
 */
export function open(
  key: Uint8Array,
  context: readonly string[],
  sealed: string,
): { readonly ok: true; readonly plain: Buffer } | { readonly ok: false; readonly cause: unknown } {
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return { ok: false, cause: 'too short' }
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES)
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(JSON.stringify(context)))
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
    // GCM gives all of it here, and `final` only checks: no second copy that nobody would zero.
    const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
    return finished(decipher, plain)
  } catch (cause) {
    return { ok: false, cause }
  }
}

/** @throws when it is not authentic; then nothing of it is left */
function finished(
  decipher: Decipher,
  plain: Buffer,
): { readonly ok: true; readonly plain: Buffer } {
  try {
    decipher.final()
    return { ok: true, plain }
  } catch (thrown) {
    plain.fill(0)
    throw thrown
  }
}
