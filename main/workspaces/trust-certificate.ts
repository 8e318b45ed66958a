/** "Trust Token Desk's certificate": what the page shows of it, done and undone. */
import type { CertificateView } from '../contract/views.ts'
import { AppError, toFailure } from '../errors.ts'
import type { LoopbackCertificate } from '../oauth/certificate.ts'
import { keepTrust } from '../oauth/trust/keep-trust.ts'
import type { LazyTrustStores } from '../oauth/trust/lazy-trust-stores.ts'
import type { PublicCertificate, StoreState } from '../oauth/trust/trust-stores.ts'
import type { Log } from '../platform/log.ts'
import type { VaultCertificateStore } from './certificate-store.ts'

/** What the certificate is for; every one of ours has these names. */
const NAMES = ['localhost', '127.0.0.1', '::1']

export interface TrustCertificateOptions {
  readonly store: VaultCertificateStore
  /** Gives the certificate, and makes one where there is none. */
  readonly certificate: () => Promise<LoopbackCertificate>
  readonly stores: LazyTrustStores
  readonly log: Log
  /** Told when `isTrusted` may have changed. */
  readonly onChange: () => void
}

export interface TrustCertificateService {
  /** Looks into the browsers' stores; makes nothing. @throws VaultLocked */
  look(): Promise<CertificateView>
  /**
   * Adds the certificate to the user's own stores, and makes it first where there is none. What the
   * system or the user had against it stands in the view, beside what is the case now.
   *
   * @throws VaultLocked, VaultWriteFailed, CertificateFailed
   */
  trust(): Promise<CertificateView>
  /** Takes it out of them again; as `trust`. @throws VaultLocked, VaultWriteFailed */
  untrust(): Promise<CertificateView>
  /** Some browser's store was last seen to trust it. Asks the vault alone. @throws VaultLocked */
  isTrusted(): boolean
}

/** Trust in the certificate of one vault; what was seen of it is remembered there. */
export function createTrustCertificateService(
  options: TrustCertificateOptions,
): TrustCertificateService {
  const { store, stores } = options
  const changeAndLook = async (change: () => Promise<void>) => {
    const failure = await failureOf(change())
    const view = await look(options)
    return failure === null ? view : { ...view, failure }
  }
  return {
    look: () => look(options),
    async trust() {
      const certificate = await options.certificate()
      return changeAndLook(async () => (await stores()).trust(certificate))
    },
    async untrust() {
      const certificate = await store.load()
      return changeAndLook(async () => (await stores()).untrust(certificate))
    },
    isTrusted: () => store.trustedIn().length > 0,
  }
}

/** What `openCertificate` calls after a renewal: moves the trust, and remembers what came of it. */
export function moveTrust(
  options: Omit<TrustCertificateOptions, 'certificate'>,
): (old: PublicCertificate, renewed: PublicCertificate) => Promise<void> {
  return async (old, renewed) => {
    try {
      const stores = await options.stores()
      await keepTrust({ stores, log: options.log })(old, renewed)
      await remember(options, renewed, await stores.look(renewed))
    } catch (thrown) {
      // The certificate is used all the same; the next look remembers.
      options.log.error('trust not remembered', { code: toFailure(thrown).code })
    }
  }
}

async function look(options: TrustCertificateOptions): Promise<CertificateView> {
  const { store } = options
  const stores = await options.stores()
  const certificate = await store.load()
  const states = await stores.look(certificate)
  if (certificate !== null) await remember(options, certificate, states)
  const obstacle = await stores.obstacle()
  return {
    fingerprint: certificate?.fingerprint ?? null,
    expiresAtMs: certificate?.expiresAtMs ?? null,
    names: NAMES,
    stores: states,
    plan: stores.plan(),
    failure: obstacle === null ? null : toFailure(obstacle),
  }
}

/** A store that could not be looked into now is taken for what it was. */
async function remember(
  { store, onChange }: Pick<TrustCertificateOptions, 'store' | 'onChange'>,
  { fingerprint }: PublicCertificate,
  states: readonly StoreState[],
): Promise<void> {
  const before = store.trustedIn()
  const isTrusting = ({ id, state }: StoreState) =>
    state === 'trusted' || (state !== 'untrusted' && before.includes(id))
  await store.keepTrust({ fingerprint, storeIds: states.filter(isTrusting).map(({ id }) => id) })
  onChange()
}

/** A store that did not take the change is no failure of the call: the view says so. */
async function failureOf(change: Promise<void>): Promise<CertificateView['failure']> {
  try {
    await change
    return null
  } catch (thrown) {
    if (thrown instanceof AppError && SAID_IN_VIEW.has(thrown.code)) return toFailure(thrown)
    throw thrown
  }
}

const SAID_IN_VIEW: ReadonlySet<string> = new Set([
  'CERTIFICATE_TOOL_MISSING',
  'CERTIFICATE_TRUST_FAILED',
])
