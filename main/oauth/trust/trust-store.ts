import type { TrustStoreView } from '../../contract/views.ts'
import type { LoopbackCertificate } from '../certificate.ts'

/** The certificate without its key: all that a store gets. */
export type PublicCertificate = Pick<LoopbackCertificate, 'certPem' | 'fingerprint'>

/** One store as it was found. */
export type StoreState = TrustStoreView

/** The name of the entry in stores that name their entries. */
export const ENTRY_NAME = 'Token Desk for Slack (localhost)'

/** One place where browsers look for certificates that this user trusts. */
export interface TrustStore {
  readonly id: string
  readonly name: string
  readonly detail: string
  /** What a message calls it: `Firefox profile “work”`. */
  readonly label: string
  /** Null: there is no certificate yet. */
  look(certificate: PublicCertificate | null): Promise<StoreState['state']>
  /**
   * Puts it in; an older one of the same name goes. Whether that worked is found out by looking again.
   *
   * @throws CertificateToolMissing, or what the system says about a folder
   */
  trust(certificate: PublicCertificate): Promise<void>
  /**
   * Takes it out, and what stands there under its name; does nothing where there is none.
   *
   * @throws CertificateToolMissing, or what the system says about a folder
   */
  untrust(certificate: PublicCertificate | null): Promise<void>
}
