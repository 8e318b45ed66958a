import { toFailure } from '../../errors.ts'
import type { Log } from '../../platform/log.ts'
import type { PublicCertificate } from './trust-store.ts'
import type { TrustStores } from './trust-stores.ts'

/**
 * What `openCertificate` calls when it renewed the certificate: moves the user's trust from the old
 * one to the new one, where there is any. On macOS and Windows the system asks the user. A failure is
 * logged and no more: the browser then warns, as it does where nothing was ever trusted.
 */
export function keepTrust(parts: {
  readonly stores: Pick<TrustStores, 'replace'>
  readonly log: Log
}): (old: PublicCertificate, renewed: PublicCertificate) => Promise<void> {
  return async (old, renewed) => {
    try {
      await parts.stores.replace(old, renewed)
      parts.log.info('trust moved to the renewed certificate')
    } catch (thrown) {
      parts.log.error('trust not moved to the renewed certificate', {
        code: toFailure(thrown).code,
      })
    }
  }
}
