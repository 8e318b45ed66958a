/** "Trust Token Desk's certificate": one leaf for localhost, in the user's own stores, and out of them again. */
import { AppError } from '../../errors.ts'
import { CertificateToolMissing, CertificateTrustFailed } from '../errors.ts'
import { type FindStoresOptions, findStores } from './find-stores.ts'
import { hasCertutil } from './nss-store.ts'
import { trustPlan } from './trust-plan.ts'
import type { PublicCertificate, StoreState, TrustStore } from './trust-store.ts'

export type { PublicCertificate, StoreState } from './trust-store.ts'

/** What trust stores are made of. */
export type TrustStoresOptions = FindStoresOptions

/** The stores of this user. Calls run one after another. */
export interface TrustStores {
  /** Never asks the user anything. @param certificate null where none was made yet */
  look(certificate: PublicCertificate | null): Promise<StoreState[]>
  /**
   * Puts it into every store that can be changed now; a Firefox profile that is open is left alone.
   * Those that work are done even when another one fails.
   *
   * @throws CertificateToolMissing, CertificateTrustFailed
   */
  trust(certificate: PublicCertificate): Promise<void>
  /**
   * Takes it out of every store that can be changed now.
   *
   * @param certificate null removes what stands under its name, where stores have names
   * @throws CertificateToolMissing, CertificateTrustFailed
   */
  untrust(certificate: PublicCertificate | null): Promise<void>
  /**
   * Where the old one was trusted, trusts the new one and removes the old.
   *
   * @throws CertificateToolMissing, CertificateTrustFailed
   */
  replace(old: PublicCertificate, next: PublicCertificate): Promise<void>
  /** What `trust` will do on this computer, in words for the user. */
  plan(): string[]
  /** Why nothing can be trusted here now; null where it can be tried. */
  obstacle(): Promise<AppError | null>
}

/** Nothing is looked for until the first call. */
export function createTrustStores(options: TrustStoresOptions): TrustStores {
  return new UserTrustStores(options)
}

class UserTrustStores implements TrustStores {
  readonly #options: TrustStoresOptions
  /** Two at once could each remove what the other has just put in. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: TrustStoresOptions) {
    this.#options = options
  }

  look(certificate: PublicCertificate | null): Promise<StoreState[]> {
    return this.#enqueue(async () => {
      const stores = await findStores(this.#options)
      return Promise.all(stores.map((store) => stateOf(store, certificate)))
    })
  }

  trust(certificate: PublicCertificate): Promise<void> {
    return this.#forEach('trust', (store) => trustIn(store, certificate))
  }

  untrust(certificate: PublicCertificate | null): Promise<void> {
    return this.#forEach('untrust', (store) => untrustIn(store, certificate))
  }

  replace(old: PublicCertificate, next: PublicCertificate): Promise<void> {
    return this.#forEach('trust', async (store) => {
      if ((await store.look(old)) !== 'trusted') return true
      const isTrusted = await trustIn(store, next)
      // Removed by its fingerprint where stores know no names; by its name it is gone already.
      return isTrusted && (await store.look(old)) === 'trusted' ? untrustIn(store, old) : isTrusted
    })
  }

  plan(): string[] {
    return trustPlan(this.#options.platform)
  }

  async obstacle(): Promise<AppError | null> {
    const { platform, run } = this.#options
    if (platform === 'darwin' || platform === 'win32') return null
    return (await hasCertutil(run)) ? null : new CertificateToolMissing()
  }

  /** Runs for each store, and names those where it answered false or failed. */
  #forEach(what: 'trust' | 'untrust', run: (store: TrustStore) => Promise<boolean>): Promise<void> {
    return this.#enqueue(async () => {
      const obstacle = await this.obstacle()
      if (obstacle !== null) throw obstacle
      const failed: string[] = []
      let cause: unknown
      for (const store of await findStores(this.#options)) {
        try {
          if (!(await run(store))) failed.push(store.label)
        } catch (thrown) {
          if (thrown instanceof AppError) throw thrown
          failed.push(store.label)
          cause = thrown
        }
      }
      if (failed.length > 0) throw new CertificateTrustFailed(what, failed, cause)
    })
  }

  #enqueue<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(run)
    this.#queue = result.catch(() => {
      // The failure goes to whoever asked; the queue itself goes on.
    })
    return result
  }
}

/** What a program's exit code says is not asked: only what the store then holds. */
async function trustIn(store: TrustStore, certificate: PublicCertificate): Promise<boolean> {
  const before = await store.look(certificate)
  if (before === 'trusted' || before === 'running') return true
  await store.trust(certificate)
  return (await store.look(certificate)) === 'trusted'
}

async function untrustIn(
  store: TrustStore,
  certificate: PublicCertificate | null,
): Promise<boolean> {
  await store.untrust(certificate)
  const after = await store.look(certificate)
  return after === 'untrusted' || after === 'running'
}

async function stateOf(store: TrustStore, certificate: PublicCertificate | null) {
  const { id, name, detail } = store
  return { id, name, detail, state: await store.look(certificate) }
}
