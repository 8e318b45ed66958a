/**
 * The certificate for https on localhost: one leaf of this installation alone, no authority, so
 * trusting it trusts nothing else. Its key is sealed like any secret by whoever keeps it.
 */
import { X509Certificate } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import { Secret } from '../platform/secret.ts'
import { CertificateFailed } from './errors.ts'

/** A self-signed leaf for localhost, 127.0.0.1 and ::1, with its key. */
export interface LoopbackCertificate {
  readonly keyPem: Secret
  readonly certPem: string
  readonly expiresAtMs: number
  /** SHA-256, upper-case hex with colons, as browsers show it. */
  readonly fingerprint: string
}

/** Keeps the certificate, its key sealed. */
export interface CertificateStore {
  /** Null where none was kept yet. */
  load(): Promise<LoopbackCertificate | null>
  save(certificate: LoopbackCertificate): Promise<void>
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Browsers accept no more than 398 days from an authority; a day of it lies in the past, for clocks that differ. */
const LIFE_DAYS = 397
/** Before its end, yet late: where the system asks about trust, it asks again for a new certificate. */
const RENEW_DAYS = 14
/** Tells it from other programs' certificates for localhost in the user's stores, which go by subject. */
const ORGANIZATION = 'Token Desk for Slack'

/** Makes a fresh certificate. @throws CertificateFailed */
export async function createLoopbackCertificate(options: {
  readonly clock: Clock
}): Promise<LoopbackCertificate> {
  const nowMs = options.clock.now()
  try {
    const made = await generateLeaf(nowMs)
    const certificate = new X509Certificate(made.cert)
    const expiresAtMs = Date.parse(certificate.validTo)
    // A clock without a date makes one that no browser takes; the library does not mind.
    if (!(expiresAtMs > nowMs)) throw new Error('the certificate is not valid now')
    return {
      keyPem: Secret.of(made.private),
      certPem: made.cert,
      expiresAtMs,
      fingerprint: certificate.fingerprint256,
    }
  } catch (cause) {
    throw new CertificateFailed(cause)
  }
}

/** True near or past its end, and when the end is farther away than any of ours: the clock was wrong then. */
export function needsRenewal(certificate: LoopbackCertificate, nowMs: number): boolean {
  const leftMs = certificate.expiresAtMs - nowMs
  return leftMs < RENEW_DAYS * DAY_MS || leftMs > (LIFE_DAYS + 1) * DAY_MS
}

/** What opens the certificate. */
export interface OpenCertificateOptions {
  readonly store: CertificateStore
  readonly clock: Clock
  /** Told once a renewed one is kept, before it is first used; must not reject. */
  readonly onRenewed?: (old: LoopbackCertificate, renewed: LoopbackCertificate) => Promise<void>
}

/**
 * A function that gives the certificate: the kept one, or a new one that it keeps first. Asked twice
 * at the same time it makes one; after a failure it tries again.
 */
export function openCertificate(
  options: OpenCertificateOptions,
): () => Promise<LoopbackCertificate> {
  let running: Promise<LoopbackCertificate> | null = null
  return () => {
    running ??= loadOrCreate(options).finally(() => {
      running = null
    })
    return running
  }
}

async function loadOrCreate(options: OpenCertificateOptions): Promise<LoopbackCertificate> {
  const kept = await options.store.load()
  if (kept !== null && !needsRenewal(kept, options.clock.now())) return kept
  const made = await createLoopbackCertificate(options)
  await options.store.save(made)
  if (kept !== null) await options.onRenewed?.(kept, made)
  return made
}

/** The library is loaded here, so that start-up does not pay for it. */
async function generateLeaf(nowMs: number): Promise<{ private: string; cert: string }> {
  const { generate } = await import('selfsigned')
  const subject = [
    { name: 'commonName', value: 'localhost' },
    { name: 'organizationName', value: ORGANIZATION },
  ]
  return generate(subject, {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(nowMs - DAY_MS),
    notAfterDate: new Date(nowMs + (LIFE_DAYS - 1) * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
}
