import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { generate } from 'selfsigned'

const run = promisify(execFile)

/** A certificate authority of a company, and a certificate that it signed. */
export interface CompanyAuthority {
  /** Of the authority: what a computer of the company trusts. */
  readonly caPem: string
  /** Of the server. */
  readonly certPem: string
  readonly keyPem: string
}

/** @param host the one name that the server's certificate is for */
export async function createCompanyAuthority(host: string): Promise<CompanyAuthority> {
  const key = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const
  const authority = await generate([{ name: 'commonName', value: 'Company Test Authority' }], {
    ...key,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const leaf = await generate([{ name: 'commonName', value: host }], {
    ...key,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
  })
  return { caPem: authority.cert, certPem: leaf.cert, keyPem: leaf.private }
}

/** Lets this home folder's Chromium trust the authority, as an administrator would. */
export async function trustAuthority(home: string, caPem: string): Promise<void> {
  const database = join(home, '.pki/nssdb')
  const file = join(home, 'authority.pem')
  await mkdir(database, { recursive: true })
  await writeFile(file, caPem)
  const nss = (...args: string[]) => {
    const running = run('certutil', ['-d', `sql:${database}`, ...args])
    // A question about a password has an end then.
    running.child.stdin?.end()
    return running
  }
  // A listing fails where there is no database yet.
  await nss('-L').catch(() => nss('-N', '--empty-password'))
  await nss('-A', '-t', 'C,,', '-n', 'Company Test Authority', '-i', file)
}

/** An https server in front of a plain one, under a name that no name service knows. */
export interface TlsFront {
  readonly port: number
  /** Handshakes that a client gave up, since it did not trust the certificate. */
  readonly refusals: () => number
  close(): Promise<void>
}

/** @param target such as `http://localhost:40000`; it sees its own host */
export async function openTlsFront(
  { certPem, keyPem }: CompanyAuthority,
  target: string,
): Promise<TlsFront> {
  const { hostname, port: targetPort, host } = new URL(target)
  let refusals = 0
  const server = createServer({ cert: certPem, key: keyPem }, (incoming, response) => {
    const { method, url: path } = incoming
    const headers = { ...incoming.headers, host }
    const outgoing = request({ hostname, port: targetPort, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    outgoing.on('error', () => response.destroy())
    incoming.pipe(outgoing)
  })
  server.on('tlsClientError', () => {
    refusals += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    refusals: () => refusals,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
