import type { CertificateView } from '../../../../main/contract/views.ts'
import { date } from '../../workspaces/time-words.ts'

/** Until when, for what, and by which fingerprint the certificate can be known again. */
export function CertificateDetails({ view }: { readonly view: CertificateView }) {
  const { fingerprint, expiresAtMs, names } = view
  return (
    <section className="setting-group" aria-labelledby="certificate-details">
      <h2 id="certificate-details">Details</h2>
      <dl className="card certificate-facts">
        {expiresAtMs !== null && (
          <div className="certificate-fact">
            <dt>Valid until</dt>
            <dd>{date(expiresAtMs)}, renewed by itself</dd>
          </div>
        )}
        <div className="certificate-fact">
          <dt>For</dt>
          <dd>{names.join(', ')}</dd>
        </div>
        <div className="certificate-fact">
          <dt>Fingerprint</dt>
          <dd>
            {fingerprint === null ? (
              'Made when it is first needed'
            ) : (
              <code title={fingerprint}>{shortened(fingerprint)}</code>
            )}
          </dd>
        </div>
      </dl>
    </section>
  )
}

/** "7C:4A:19:E2 … 5B:0D:F1:88": enough to compare with what a browser shows. */
function shortened(fingerprint: string): string {
  const parts = fingerprint.split(':')
  if (parts.length <= 8) return fingerprint
  return `${parts.slice(0, 4).join(':')} … ${parts.slice(-4).join(':')}`
}
