import { X509Certificate } from 'node:crypto'

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/** The certificates that a program printed, as upper-case SHA-256 with colons; what is none is left out. */
export function fingerprintsIn(output: string): string[] {
  return (output.match(PEM_BLOCK) ?? []).flatMap((pem) => fingerprintOf(pem) ?? [])
}

/** SHA-1 as upper-case hex without colons: the name of a certificate in system stores. */
export function thumbprintOf(certPem: string): string {
  return new X509Certificate(certPem).fingerprint.replaceAll(':', '')
}

function fingerprintOf(pem: string): string | null {
  try {
    return new X509Certificate(pem).fingerprint256
  } catch {
    // What another program keeps in its store need not be a certificate that Node can read.
    return null
  }
}
