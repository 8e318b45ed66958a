import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the recorder answers an API call instead of passing it on. */
export type Fault = 'slow' | 'garbage' | 'hang-up' | { readonly status: number }

/** What Slack answered to an API call. */
export type Answer = Readonly<Record<string, unknown>>

/**
 * Stands between the app and the practice Slack: passes everything on, and keeps every code, token
 * and secret that went over the wire, so that a test knows what to look for on disk.
 */
export interface Recorder {
  readonly url: string
  /** Every secret seen so far, each once. */
  secrets(): string[]
  /** Names of the API methods called, oldest first. */
  methods(): string[]
  /** The next calls of this method fail like that, until it is called with null. */
  fail(method: string, fault: Fault | null): void
  /** The next answer of this method is what `change` makes of Slack's own. */
  alterNext(method: string, change: (answer: Answer) => unknown): void
  close(): Promise<void>
}

const SECRET_FIELDS = [
  'access_token',
  'bot_access_token',
  'refresh_token',
  'client_secret',
  'signing_secret',
  'verification_token',
  'code',
  'code_verifier',
  'token',
  'url',
]

/**
 * @param targetUrl the practice Slack, such as `http://localhost:40123`
 * @param port 0 takes any that is free
 */
export async function startRecorder(targetUrl: string, port = 0): Promise<Recorder> {
  const secrets = new Set<string>()
  const methods: string[] = []
  const faults = new Map<string, Fault>()
  const changes = new Map<string, (answer: Answer) => unknown>()
  const server = createServer((incoming, outgoing) => {
    void handle(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming)
    const method = /^\/api\/([\w.]+)/.exec(incoming.url ?? '')?.[1]
    if (method !== undefined) {
      methods.push(method)
      keepForm(body, secrets)
      keepAuthorization(incoming.headers.authorization, secrets)
      const fault = faults.get(method)
      if (fault !== undefined) return answerFault(outgoing, fault)
    }
    const change = changes.get(method ?? '')
    changes.delete(method ?? '')
    await pass(incoming, outgoing, body, change)
  }

  function pass(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    body: Buffer,
    change?: (answer: Answer) => unknown,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const target = new URL(incoming.url ?? '/', targetUrl)
      const headers = { ...incoming.headers, host: target.host }
      if (headers.origin === url) headers.origin = targetUrl
      const onward = request(target, { method: incoming.method, headers }, (answer) => {
        readAll(answer).then((bytes) => {
          keepJson(bytes, secrets)
          keepLocation(answer.headers.location, secrets)
          const given = rewritten(bytes, answer.headers['content-type'])
          const text = change ? altered(given, change) : given
          const out = { ...answer.headers, 'content-length': String(text.length) }
          outgoing.writeHead(answer.statusCode ?? 502, out).end(text)
          resolve()
        }, reject)
      })
      onward.on('error', reject)
      onward.end(body)
    })
  }

  /** The practice Slack's own address in its pages leads back through the recorder. */
  function rewritten(bytes: Buffer, type: string | undefined): Buffer {
    return type?.includes('html') ? Buffer.from(bytes.toString().replaceAll(targetUrl, url)) : bytes
  }

  return {
    url,
    secrets: () => [...secrets],
    methods: () => [...methods],
    fail(method, fault) {
      if (fault === null) faults.delete(method)
      else faults.set(method, fault)
    },
    alterNext: (method, change) => void changes.set(method, change),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function altered(bytes: Buffer, change: (answer: Answer) => unknown): Buffer {
  return Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString()))))
}

function answerFault(outgoing: ServerResponse, fault: Fault): void {
  if (fault === 'hang-up') outgoing.destroy()
  else if (fault === 'garbage') {
    outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to the network</h1>')
  } else if (fault !== 'slow') outgoing.writeHead(fault.status).end()
  // `slow`: no answer at all; the app's own limit ends it.
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function keepForm(body: Buffer, secrets: Set<string>): void {
  for (const [name, value] of new URLSearchParams(body.toString())) {
    if (SECRET_FIELDS.includes(name) && value.length > 8) secrets.add(value)
  }
}

function keepAuthorization(header: string | undefined, secrets: Set<string>): void {
  if (header?.startsWith('Bearer ')) secrets.add(header.slice('Bearer '.length))
  if (!header?.startsWith('Basic ')) return
  const pair = Buffer.from(header.slice('Basic '.length), 'base64').toString()
  secrets.add(decodeURIComponent(pair.slice(pair.indexOf(':') + 1)))
}

function keepLocation(location: string | undefined, secrets: Set<string>): void {
  if (location === undefined || !URL.canParse(location)) return
  const code = new URL(location).searchParams.get('code')
  if (code !== null) secrets.add(code)
}

function keepJson(bytes: Buffer, secrets: Set<string>): void {
  const text = bytes.toString()
  if (!text.startsWith('{')) return
  JSON.parse(text, (name, value: unknown) => {
    const isSecret = SECRET_FIELDS.includes(name) && typeof value === 'string' && value.length > 8
    if (isSecret && (name !== 'url' || value.includes('/services/'))) secrets.add(value)
    return value
  })
}
