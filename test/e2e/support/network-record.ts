import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const RECORD_NETWORK = resolve(import.meta.dirname, 'record-network.cjs')

/** One attempt to reach something: a connection, a datagram, a name that was looked up, an address asked for. */
export interface Attempt {
  /** `node:` where Node did it itself, `chromium:` for its network stack. */
  readonly what: string
  /** Host name or address, without a port; a path for a local socket; a program. */
  readonly where: string
}

/** Everything that an app's processes try to reach, over several starts. */
export interface NetworkRecord {
  readonly env: Readonly<Record<string, string>>
  /** For the next start: each has a net log of its own. */
  switches(): string[]
  /** After the app has closed: Chromium ends its log then. */
  attempts(): Promise<Attempt[]>
}

/** @param folder for the records, not one that the app may write to by itself */
export function openNetworkRecord(folder: string): NetworkRecord {
  const file = join(folder, 'network.jsonl')
  let starts = 0
  return {
    env: { TOKEN_DESK_RECORD_NETWORK: file },
    switches() {
      starts += 1
      return ['-r', RECORD_NETWORK, `--log-net-log=${join(folder, `net-${starts}.json`)}`]
    },
    async attempts() {
      const own = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
      const logs = (await readdir(folder)).filter((name) => /^net-\d+\.json$/.test(name))
      if (logs.length !== starts) throw new Error(`${starts} starts, ${logs.length} net logs`)
      const chromium = await Promise.all(logs.map((name) => readNetLog(join(folder, name))))
      const node = own
        .map((line): Attempt => JSON.parse(line))
        .map(({ what, where }) => ({ what: `node:${what}`, where }))
      return [...node, ...chromium.flat()]
    },
  }
}

interface NetLogEvent {
  readonly type: number
  readonly source: { readonly id: number; readonly type: number }
  readonly params?: Record<string, unknown>
}

interface NetLog {
  readonly constants: {
    readonly logEventTypes: Readonly<Record<string, number>>
    readonly logSourceType: Readonly<Record<string, number>>
  }
  readonly events: readonly NetLogEvent[]
}

/** Every host in the log, wherever an event names one. Source: Chromium, net/log/net_log_event_type_list.h. */
async function readNetLog(file: string): Promise<Attempt[]> {
  const { constants, events }: NetLog = JSON.parse(await readFile(file, 'utf8'))
  const { logEventTypes, logSourceType } = constants
  const names = new Map(Object.entries(logEventTypes).map(([name, type]) => [type, name]))
  const sending = events.filter(({ type }) => type === logEventTypes.UDP_BYTES_SENT)
  const senders = new Set(sending.map(({ source }) => source.id))
  // A client socket is a source of its own around the one that sends.
  for (const { source, params } of events) {
    const around = params?.source_dependency as { readonly id: number } | undefined
    if (around !== undefined && senders.has(source.id)) senders.add(around.id)
  }
  const udp = new Set([logSourceType.UDP_SOCKET, logSourceType.UDP_CLIENT_SOCKET])
  // Chromium connects a datagram socket to a well-known address to see whether there is a way by IPv6:
  // that asks this computer's own routes. One over which nothing was sent has reached nobody.
  const isMute = ({ source }: NetLogEvent) => udp.has(source.type) && !senders.has(source.id)
  return events
    .filter((event) => !isMute(event))
    .flatMap(({ type, params = {} }) =>
      HOST_FIELDS.flatMap((field) => {
        const value = params[field]
        if (typeof value !== 'string' || value === '') return []
        return [{ what: `chromium:${names.get(type)}`, where: hostOf(value) }]
      }),
    )
}

const HOST_FIELDS = ['url', 'host', 'address', 'hostname', 'source_address', 'remote_address']

/** `https://localhost:1/x`, `localhost:1`, `[::1]:1` and `127.0.0.1:1` without all but the host. */
function hostOf(text: string): string {
  const url = text.includes('://') ? text : `any://${text}`
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : text
}

/** True for this computer, and for what is no network at all: the app's own scheme and local sockets. */
export function isHere({ where }: Attempt): boolean {
  return /^(localhost|127\.0\.0\.1|::1|desk|\/.*)$/.test(where)
}
