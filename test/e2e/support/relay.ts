import { request } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { RELAY_PORT } from '../../../main/contract/redirect.ts'

/** A public https address that leads to this computer, for a browser that resolves it here. */
export interface TestRelay {
  /** To be registered with Slack. */
  readonly url: string
  /** What a browser has to trust. */
  readonly pem: string
  /** Chromium's switch that leads the host to this server. */
  readonly browserSwitch: string
  /** Paths with query that came, oldest first: what whoever runs a relay sees. */
  readonly seen: readonly string[]
  close(): Promise<void>
}

const HOST = 'relay.example'

/**
 * `redirect`: sends the browser on to localhost. `tunnel`: asks localhost itself, with its own
 * registered name in `Host`, and hands the answer through.
 */
export async function openRelay(kind: 'redirect' | 'tunnel'): Promise<TestRelay> {
  const made = await generate([{ name: 'commonName', value: HOST }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] },
    ],
  })
  const seen: string[] = []
  const server = createHttpsServer({ key: made.private, cert: made.cert }, (asked, answer) => {
    const path = asked.url ?? '/'
    seen.push(path)
    if (kind === 'redirect') {
      const Location = `http://localhost:${RELAY_PORT}${path}`
      answer.writeHead(302, { Location }).end()
      return
    }
    const target = { host: '127.0.0.1', port: RELAY_PORT, path, method: asked.method }
    const inner = request({ ...target, headers: { ...asked.headers, host: HOST } }, (said) => {
      answer.writeHead(said.statusCode ?? 502, said.headers)
      said.pipe(answer)
    })
    inner.once('error', () => answer.writeHead(502).end())
    inner.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `https://${HOST}/callback`,
    pem: made.cert,
    browserSwitch: `--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${port}`,
    seen,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
