import type { TrustCertificateService } from './trust-certificate.ts'

/**
 * Takes the certificate out of the browsers' stores, where one was ever made.
 *
 * @returns false where some store may still trust it: a Firefox profile that is open, a tool that is
 *   missing
 * @throws VaultLocked, since only the open vault knows the certificate
 */
export async function untrustEverywhere(trust: TrustCertificateService): Promise<boolean> {
  if ((await trust.look()).fingerprint === null) return true
  const wasTrusted = trust.isTrusted()
  const { failure, stores } = await trust.untrust()
  // Without the tool nothing can be looked into; what was never seen trusting needs no untrusting.
  if (failure?.code === 'CERTIFICATE_TOOL_MISSING') return !wasTrusted
  return failure === null && stores.every(({ state }) => state === 'untrusted')
}
