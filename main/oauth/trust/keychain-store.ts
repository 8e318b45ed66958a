import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunProgram } from '../../platform/run-program.ts'
import { fingerprintsIn, thumbprintOf } from './fingerprints.ts'
import { withPrivateFile } from './private-file.ts'
import type { PublicCertificate, StoreState, TrustStore } from './trust-store.ts'

const SECURITY = '/usr/bin/security'
const LIMIT_MS = 10_000
/** macOS asks the user for a password or a finger. */
const ASKING_LIMIT_MS = 180_000

/**
 * The login keychain of macOS, by `security`. The trust is the user's own, for websites alone.
 * Source: electron.md section 10, security(1).
 */
export function createKeychainStore(options: {
  readonly homeDirectory: string
  readonly run: RunProgram
}): TrustStore {
  return new KeychainStore(
    options.run,
    join(options.homeDirectory, 'Library/Keychains/login.keychain-db'),
  )
}

class KeychainStore implements TrustStore {
  readonly id = 'login-keychain'
  readonly name = 'Login keychain'
  readonly detail = 'Safari, Chrome and Edge, this user only.'
  readonly label = this.name
  readonly #run: RunProgram
  readonly #keychain: string

  constructor(run: RunProgram, keychain: string) {
    this.#run = run
    this.#keychain = keychain
  }

  async look(certificate: PublicCertificate | null): Promise<StoreState['state']> {
    const find = ['find-certificate', '-a', '-c', 'localhost', '-p', this.#keychain]
    const found = await this.#security(find)
    if (found.kind !== 'ended') return 'unavailable'
    if (certificate === null) return 'untrusted'
    const isThere = fingerprintsIn(found.stdout).includes(certificate.fingerprint)
    return isThere && (await this.#hasTrust(certificate)) ? 'trusted' : 'untrusted'
  }

  async trust({ certPem }: PublicCertificate): Promise<void> {
    await withPrivateFile(certPem, (path) =>
      this.#security(
        ['add-trusted-cert', '-p', 'ssl', '-k', this.#keychain, path],
        ASKING_LIMIT_MS,
      ),
    )
  }

  async untrust(certificate: PublicCertificate | null): Promise<void> {
    if (certificate === null) return
    await withPrivateFile(certificate.certPem, (path) =>
      this.#security(['remove-trusted-cert', path], ASKING_LIMIT_MS),
    )
    const hash = thumbprintOf(certificate.certPem)
    await this.#security(['delete-certificate', '-Z', hash, this.#keychain], ASKING_LIMIT_MS)
  }

  /** The user's trust settings name certificates by their SHA-1; without any settings the export fails. */
  #hasTrust({ certPem }: PublicCertificate): Promise<boolean> {
    return withPrivateFile('', async (path) => {
      const exported = await this.#security(['trust-settings-export', path])
      if (exported.kind !== 'ended' || exported.code !== 0) return false
      return (await readFile(path, 'latin1')).toUpperCase().includes(thumbprintOf(certPem))
    })
  }

  #security(args: readonly string[], limitMs = LIMIT_MS) {
    return this.#run(SECURITY, args, { limitMs })
  }
}
