import type { Handlers } from '../contract/api.ts'
import type { TrustCertificateService } from './trust-certificate.ts'

type CertificateHandlers = Pick<Handlers, Extract<keyof Handlers, `certificate/${string}`>>

/** The part of the contract about the loopback certificate. */
export function certificateHandlers(trust: TrustCertificateService): CertificateHandlers {
  return {
    'certificate/look': () => trust.look(),
    'certificate/trust': () => trust.trust(),
    'certificate/untrust': () => trust.untrust(),
  }
}
