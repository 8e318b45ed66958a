/**
 * Certificate databases of NSS, which Chromium and Firefox read on Linux, by its own `certutil`.
 * Other entries of the database are never touched. Source: electron.md section 10, certutil(1).
 */
import { access, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProgramResult, RunProgram } from '../../platform/run-program.ts'
import { CertificateToolMissing } from '../errors.ts'
import { fingerprintsIn } from './fingerprints.ts'
import { withPrivateFile } from './private-file.ts'
import {
  ENTRY_NAME,
  type PublicCertificate,
  type StoreState,
  type TrustStore,
} from './trust-store.ts'

/** A database on a slow disk may take a while; one that asks a question would take forever. */
const LIMIT_MS = 10_000

/** What makes one NSS store. */
export interface NssStoreOptions {
  readonly id: string
  readonly name: string
  readonly detail: string
  readonly label: string
  /** The folder of the database. */
  readonly folder: string
  /**
   * What trusts this one leaf. `P`: a peer, which Chromium takes. `C`: an authority, which Firefox asks
   * for; the leaf is none (CA:FALSE), so it still vouches for itself alone.
   */
  readonly flag: 'P' | 'C'
  readonly run: RunProgram
  /** True while the database is in use by a program that would not see a change. */
  readonly isRunning: () => Promise<boolean>
}

/** A store that is one NSS database. One that is not there yet is made when it is to trust. */
export function createNssStore(options: NssStoreOptions): TrustStore {
  return new NssStore(options)
}

class NssStore implements TrustStore {
  readonly id: string
  readonly name: string
  readonly detail: string
  readonly label: string
  readonly #options: NssStoreOptions

  constructor(options: NssStoreOptions) {
    this.id = options.id
    this.name = options.name
    this.detail = options.detail
    this.label = options.label
    this.#options = options
  }

  async look(certificate: PublicCertificate | null): Promise<StoreState['state']> {
    if (await this.#options.isRunning()) return 'running'
    if (!(await hasCertutil(this.#options.run))) return 'unavailable'
    if (!(await this.#exists())) return 'untrusted'
    const flags = await this.#flags()
    if (flags === null) return 'unavailable'
    if (certificate === null || !flags.some((flag) => flag.includes(this.#options.flag))) {
      return 'untrusted'
    }
    return (await this.#fingerprints()).includes(certificate.fingerprint) ? 'trusted' : 'untrusted'
  }

  async trust(certificate: PublicCertificate): Promise<void> {
    if (await this.#options.isRunning()) return
    if (!(await this.#exists())) await this.#create()
    await this.#remove()
    await withPrivateFile(certificate.certPem, (path) => {
      const trust = ['-t', `${this.#options.flag},,`]
      return this.#certutil('-A', ...trust, '-n', ENTRY_NAME, '-i', path)
    })
    // A database with a password keeps the certificate, but not the trust in it.
    if ((await this.look(certificate)) !== 'trusted') await this.#remove()
  }

  async untrust(): Promise<void> {
    if ((await this.#options.isRunning()) || !(await this.#exists())) return
    await this.#remove()
  }

  /**
   * Removes what stands under our name. certutil takes an entry's name for all certificates of its
   * subject, so nothing is removed when another program's entry has the same subject.
   */
  async #remove(): Promise<void> {
    const count = (await this.#flags())?.length ?? 0
    if (count === 0) return
    if ((await this.#fingerprints()).length !== count)
      throw new Error('the entry shares its subject')
    for (let i = 0; i < count; i += 1) await this.#certutil('-D', '-n', ENTRY_NAME)
    if ((await this.#flags())?.length !== 0) throw new Error('the entry could not be removed')
  }

  /** The flags for websites of each entry of our name; null for a database that cannot be read. */
  async #flags(): Promise<string[] | null> {
    return flagsIn(await this.#certutil('-L'))
  }

  async #fingerprints(): Promise<string[]> {
    const listed = await this.#certutil('-L', '-n', ENTRY_NAME, '-a')
    return listed.kind === 'ended' ? fingerprintsIn(listed.stdout) : []
  }

  /** Only where there is none: `-N` on a database asks for its password without end. */
  async #create(): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 })
    await this.#certutil('-N', '--empty-password')
  }

  async #exists(): Promise<boolean> {
    for (const file of ['cert9.db', 'key4.db']) {
      if (await isThere(join(this.#options.folder, file))) return true
    }
    return false
  }

  /** An empty password file keeps certutil from asking on the terminal that started the app. */
  async #certutil(command: string, ...args: string[]): Promise<ProgramResult> {
    const { folder, run } = this.#options
    const password = command === '-N' ? [] : ['-f', '/dev/null']
    const all = ['-d', `sql:${folder}`, command, ...args, ...password]
    const result = await run('certutil', all, { limitMs: LIMIT_MS })
    if (result.kind === 'missing') throw new CertificateToolMissing()
    return result
  }
}

/** True when NSS's certutil can be run. */
export async function hasCertutil(run: RunProgram): Promise<boolean> {
  return (await run('certutil', ['-H'], { limitMs: LIMIT_MS })).kind !== 'missing'
}

/** Reads certutil's list: a name, then the flags for websites, mail and code. */
function flagsIn(listed: ProgramResult): string[] | null {
  if (listed.kind !== 'ended' || listed.code !== 0) return null
  return listed.stdout.split('\n').flatMap((line) => {
    const [, name, flags] = /^(.*\S)\s+([A-Za-z]*),[A-Za-z]*,[A-Za-z]*\s*$/.exec(line) ?? []
    return name === ENTRY_NAME && flags !== undefined ? [flags] : []
  })
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    // Not there, or in a folder that is closed to us: then making one fails and says why.
    return false
  }
}
