import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** A web proxy as companies have them: it takes CONNECT, and reaches what nobody else does. */
export interface ConnectProxy {
  /** `127.0.0.1:PORT` */
  readonly address: string
  readonly port: number
  /** Every target that it was asked for, oldest first: `slack.test.example:443`. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** @param ports by target, the local port that stands for it; every other target is refused */
export async function openConnectProxy(
  ports: Readonly<Record<string, number>>,
): Promise<ConnectProxy> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A browser that hangs up is no failure of the proxy.
    socket.on('error', () => socket.destroy())
  }
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(502).end()
  })
  server.on('connection', track)
  server.on('connect', (request, client: Socket, head: Buffer) => {
    const target = request.url ?? ''
    asked.push(target)
    const port = ports[target]
    if (port === undefined) {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
      return
    }
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    track(upstream)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    port,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
