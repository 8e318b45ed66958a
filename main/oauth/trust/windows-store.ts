import { join } from 'node:path/win32'
import type { RunProgram } from '../../platform/run-program.ts'
import { thumbprintOf } from './fingerprints.ts'
import { withPrivateFile } from './private-file.ts'
import type { PublicCertificate, StoreState, TrustStore } from './trust-store.ts'

const LIMIT_MS = 10_000
/** Windows asks the user whether to add or remove it. */
const ASKING_LIMIT_MS = 180_000

/**
 * The trusted certificates of the current Windows user, by Windows' own `certutil`. Source:
 * electron.md section 10, and Microsoft's reference of certutil.
 *
 * @param options systemRoot the folder of Windows, such as `C:\Windows`: what else is named certutil is not run
 */
export function createWindowsStore(options: {
  readonly systemRoot: string
  readonly run: RunProgram
}): TrustStore {
  return new WindowsStore(options.run, join(options.systemRoot, 'System32', 'certutil.exe'))
}

class WindowsStore implements TrustStore {
  readonly id = 'windows-user-root'
  readonly name = 'Windows certificate store'
  readonly detail = 'Edge and Chrome, this user only.'
  readonly label = this.name
  readonly #run: RunProgram
  readonly #certutil: string

  constructor(run: RunProgram, certutil: string) {
    this.#run = run
    this.#certutil = certutil
  }

  /** Its words are in the language of Windows; the thumbprint is not, though older ones have spaces in it. */
  async look(certificate: PublicCertificate | null): Promise<StoreState['state']> {
    if (certificate === null) return 'untrusted'
    const thumbprint = thumbprintOf(certificate.certPem)
    const found = await this.#ask(['-user', '-store', 'Root', thumbprint])
    if (found.kind !== 'ended') return 'unavailable'
    const said = found.stdout.replaceAll(' ', '').toUpperCase()
    return found.code === 0 && said.includes(`:${thumbprint}`) ? 'trusted' : 'untrusted'
  }

  async trust({ certPem }: PublicCertificate): Promise<void> {
    await withPrivateFile(certPem, (path) =>
      this.#ask(['-user', '-addstore', 'Root', path], ASKING_LIMIT_MS),
    )
  }

  async untrust(certificate: PublicCertificate | null): Promise<void> {
    if (certificate === null) return
    const thumbprint = thumbprintOf(certificate.certPem)
    await this.#ask(['-user', '-delstore', 'Root', thumbprint], ASKING_LIMIT_MS)
  }

  #ask(args: readonly string[], limitMs = LIMIT_MS) {
    return this.#run(this.#certutil, args, { limitMs })
  }
}
