import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/**
 * How Slack answers a call for new tokens. The first four never reach it; `half` and `hang-up` do, so
 * the refresh token is spent and only the answer is lost; `never` is not answered at all.
 */
export const SLACK_FAULTS = ['500', '429', 'garbage', 'never', 'half', 'hang-up'] as const
export type SlackFault = (typeof SLACK_FAULTS)[number]

/** Stands before the practice Slack on the port that the app knows, and spoils answers. Close it. */
export interface SlackFront {
  /** The next refreshes are answered like that, one after the other. */
  failNext(...faults: readonly SlackFault[]): void
  /** Forgets the faults that nobody met. */
  heal(): void
  /** Calls for new tokens so far. */
  readonly refreshes: number
  /** Every token that went through, so that a whole one can be told from a piece. */
  readonly issued: ReadonlySet<string>
  /** Faults that were met so far. */
  readonly met: readonly SlackFault[]
  close(): Promise<void>
}

/** @param slackUrl the practice Slack itself, `http://localhost:PORT` */
export async function openSlackFront(slackUrl: string, port: number): Promise<SlackFront> {
  const coming: SlackFault[] = []
  const met: SlackFault[] = []
  const issued = new Set<string>()
  let refreshes = 0
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing).catch(() => outgoing.destroy())
  })
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const isRefresh = body.includes('grant_type=refresh_token')
    if (isRefresh) refreshes += 1
    const fault = isRefresh ? coming.shift() : undefined
    if (fault !== undefined) met.push(fault)
    if (fault === undefined) return pass({ slackUrl, issued }, incoming, body, outgoing)
    if (fault === 'never') return
    if (fault === '500') return void outgoing.writeHead(500).end()
    if (fault === '429') return void outgoing.writeHead(429, { 'Retry-After': '1' }).end()
    if (fault === 'garbage') return void outgoing.writeHead(200).end('<html>Sign in to the network')
    return pass({ slackUrl, issued }, incoming, body, outgoing, fault)
  }
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  return {
    failNext: (...faults) => void coming.push(...faults),
    heal: () => void coming.splice(0),
    get refreshes() {
      return refreshes
    },
    ...{ met, issued },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function pass(
  { slackUrl, issued }: { readonly slackUrl: string; readonly issued: Set<string> },
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  fault?: 'half' | 'hang-up',
): Promise<void> {
  return new Promise((resolve, reject) => {
    const target = new URL(incoming.url ?? '/', slackUrl)
    const headers = { ...incoming.headers, host: target.host, connection: 'close' }
    if (headers.origin !== undefined) headers.origin = slackUrl
    const onward = request(target, { method: incoming.method, headers }, async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      const whole = Buffer.concat(chunks)
      for (const [, token = ''] of whole.toString().matchAll(/"access_token":"([^"]+)"/g)) {
        issued.add(token)
      }
      resolve()
      if (fault === 'hang-up') return outgoing.destroy()
      const { 'transfer-encoding': _, ...rest } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 502, { ...rest, 'content-length': whole.length })
      if (fault === undefined) return outgoing.end(whole)
      outgoing.write(whole.subarray(0, whole.length / 2), () => outgoing.destroy())
    })
    onward.once('error', reject)
    onward.end(body)
  })
}
