import { connect, type Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import type { HostileRequest, Target } from './loopback-hostile.ts'

/** A client that is still there after so long was not cut off. Above the server's own limits. */
const LIMIT_MS = 15_000

/**
 * Connects, sends as the request says, and answers all that came back until the server ended the
 * connection; what was thrown at it is an answer too.
 */
export function converse(target: Target, request: HostileRequest): Promise<string> {
  const { port, tls } = target
  const host = request.address
  const isTls = target.scheme === 'https' && !request.isBare
  const wire = connect({ port, host })
  const socket = isTls ? tlsConnect({ socket: wire, ca: tls.ca, servername: 'localhost' }) : wire
  return new Promise((resolve, reject) => {
    let got = ''
    const limit = setTimeout(() => {
      socket.destroy()
      reject(new Error(`${request.name}: the server kept the connection`))
    }, LIMIT_MS)
    socket.setEncoding('latin1').on('data', (part: string) => {
      got += part
    })
    socket.once(isTls ? 'secureConnect' : 'connect', () => act({ socket, wire }, request))
    // Being cut off is one of the answers.
    socket.on('error', () => {})
    socket.once('close', () => {
      clearTimeout(limit)
      resolve(got)
    })
  })
}

function act(
  { socket, wire }: { readonly socket: Socket; readonly wire: Socket },
  { parts, ends }: HostileRequest,
): void {
  const [first = Buffer.alloc(0), ...rest] = parts
  if (first.length > 0) socket.write(first)
  const drip = setInterval(() => {
    const part = rest.shift()
    if (part !== undefined && socket.writable) return void socket.write(part)
    clearInterval(drip)
    if (ends === 'end') socket.end()
    if (ends === 'reset') wire.resetAndDestroy()
  }, 5)
  socket.once('close', () => clearInterval(drip))
}
