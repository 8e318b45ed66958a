import type { CertificateView } from '../../main/contract/views.ts'
import { SAMPLE_NOW_MS } from './sample-snapshot.ts'

const DAY = 24 * 60 * 60_000

/** One store that trusts the certificate, one that does not. */
export function sampleCertificate(over: Partial<CertificateView> = {}): CertificateView {
  return {
    fingerprint: Array.from({ length: 8 }, () => '7C:4A:19:E2').join(':'),
    expiresAtMs: SAMPLE_NOW_MS + 90 * DAY,
    names: ['localhost', '127.0.0.1', '::1'],
    stores: [
      {
        id: 'nss',
        name: 'Chromium and Chrome',
        detail: 'Your own certificate store, this user only.',
        state: 'untrusted',
      },
      { id: 'fox', name: 'Firefox', detail: 'Profile “default-release”.', state: 'trusted' },
    ],
    plan: [
      'Token Desk adds its certificate to the store of Chromium and Chrome in your home folder.',
      'It does so in each Firefox profile that is not open.',
      'Nothing is changed for other people on this computer.',
    ],
    failure: null,
    ...over,
  }
}
