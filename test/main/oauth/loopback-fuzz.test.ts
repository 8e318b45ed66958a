import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeAll, expect, it } from 'vitest'
import {
  type Answer,
  type Authorizations,
  createAuthorizations,
  type PendingAuthorization,
} from '../../../main/oauth/authorizations.ts'
import {
  createLoopbackCertificate,
  type LoopbackCertificate,
} from '../../../main/oauth/certificate.ts'
import { systemClock } from '../../../main/platform/clock.ts'
import type { Log } from '../../../main/platform/log.ts'
import { createRandom, FUZZ_SEED } from '../../fuzz/random.ts'
import { converse } from './loopback-clients.ts'
import { type HostileRequest, hostileRequest, type Target } from './loopback-hostile.ts'
import { ask, freePorts, isFree } from './support.ts'

const CODE = 'code-4d3c2b1a'
/** Over http, over https. */
const REQUESTS = { http: 10_000, https: 2_500 } as const
const AT_ONE_TIME = 100
const HELD = 120
const MIB = 1024 * 1024

let certificate: LoopbackCertificate
let authorizations: Authorizations | null = null

beforeAll(async () => {
  certificate = await createLoopbackCertificate({ clock: systemClock })
})
afterEach(() => authorizations?.close())

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heapMib(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed / MIB
}

/** Counts instead of keeping: ten thousand lines would be the test's own memory. */
function countingLog(): Log & {
  readonly lines: { debug: number; info: number; error: number; longest: number }
} {
  const lines = { debug: 0, info: 0, error: 0, longest: 0 }
  const add = (level: 'debug' | 'info' | 'error') => (event: string, fields?: object) => {
    lines[level] += 1
    lines.longest = Math.max(lines.longest, `${event} ${JSON.stringify(fields)}`.length)
  }
  return { debug: add('debug'), info: add('info'), error: add('error'), lines }
}

/** Runs them all, so many at one time; answers what was answered, by what was asked. */
async function sendAll(requests: readonly HostileRequest[], target: Target): Promise<string[]> {
  const left = [...requests]
  const wrong: string[] = []
  const worker = async () => {
    for (let request = left.pop(); request; request = left.pop()) {
      const answer = await converse(target, request)
      const why = mistakeIn(answer, target)
      if (why !== null) wrong.push(`${request.name}: ${why}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONE_TIME }, worker))
  return wrong
}

/** What is wrong with an answer to a stranger; null where it gave nothing away and nothing was done. */
function mistakeIn(answer: string, { state }: Target): string | null {
  if (answer.includes(state) || answer.includes(CODE)) return 'it repeats what was sent'
  const heads = answer.split(/(?=HTTP\/1\.1 )/).filter((part) => part.startsWith('HTTP/1.1 '))
  for (const head of heads) {
    const status = head.slice(9, 12)
    const isNothing = status === '303' && /\r\nLocation: \/nothing-to-do\r\n/i.test(head)
    if (!isNothing && !/^4\d\d$/.test(status)) return `it got ${status}`
    if (!/\r\nCache-Control: no-store\r\n/i.test(head)) return `${status} without our headers`
    if (/\r\nSet-Cookie:|\r\nAccess-Control-/i.test(head)) return `${status} with headers of others`
  }
  return null
}

it.each([{ scheme: 'http' }, { scheme: 'https' }] as const)(
  'thousands of hostile requests later nobody was let in over $scheme, and the real redirect is answered',
  async ({ scheme }) => {
    const ports = await freePorts(3)
    const log = countingLog()
    const answers: Answer[] = []
    const failures: string[] = []
    authorizations = createAuthorizations({
      ...{ clock: systemClock, log, ports },
      browser: { open: async () => {} },
      certificate: async () => certificate,
    })
    const pending = await authorizations.begin({
      ...{ authorizeEndpoint: 'https://slack.com/oauth/v2/authorize', flow: 'v2', clientId: '1.2' },
      ...{ strategy: scheme === 'http' ? 'pkce' : 'https', registeredRedirectUrl: null },
      ...{ callbackPath: '/callback', botScopes: [], userScopes: ['users:read'], teamId: null },
      onAnswer: async (answer) => void answers.push(answer),
      onFailure: (error) => failures.push(error.code),
    })
    const target = targetOf(pending, scheme)
    const random = createRandom(FUZZ_SEED + scheme.length)
    const requests = Array.from({ length: REQUESTS[scheme] }, () => hostileRequest(target, random))
    // Every kind was tried, and often.
    const kinds = new Set(requests.map(({ name }) => name))
    expect(kinds.size).toBeGreaterThan(18)

    const heapBefore = heapMib()
    const held = heldConnections(target).map((request) => converse(target, request))
    const wrong = await sendAll(requests, target)
    // Those that say nothing, or half of something, were cut off by the server itself.
    for (const answer of await Promise.all(held)) expect(mistakeIn(answer, target)).toBeNull()
    expect(wrong, `again with TOKEN_DESK_FUZZ_SEED=${FUZZ_SEED}`).toEqual([])
    expect(answers).toEqual([])
    expect(failures).toEqual([])
    expect(heapMib() - heapBefore).toBeLessThan(24)
    expect(log.lines.error).toBe(0)
    expect(log.lines.longest).toBeLessThan(200)

    const path = `/callback?code=${CODE}&state=${target.state}`
    const answered = await ask({ port: target.port, path, ...target.tls })
    expect(answered).toMatchObject({ status: 303, location: '/complete' })
    expect(answers.map(({ code }) => code.expose())).toEqual([CODE])
    // Once: the same again gets the page and does nothing.
    await ask({ port: target.port, path, ...target.tls })
    expect(answers).toHaveLength(1)
    await authorizations.close()
    expect(await isFree(target.port)).toBe(true)
  },
  60_000,
)

/** Clients that never end what they began, on both addresses, all through the flood. */
function heldConnections({ state, port }: Target): HostileRequest[] {
  const begun = `GET /callback?code=${CODE}&state=${state} HTTP/1.1\r\nHost: localhost:${port}\r\n`
  return Array.from({ length: HELD }, (_, index) => ({
    ...{ name: 'held', ends: 'wait', isBare: index % 3 === 0 },
    address: index % 2 === 0 ? '127.0.0.1' : '::1',
    parts: index % 4 < 2 ? [] : [Buffer.from(begun)],
  }))
}

function targetOf(pending: PendingAuthorization, scheme: 'http' | 'https'): Target {
  const state = new URL(pending.authorizeUrl).searchParams.get('state') ?? ''
  const tls = scheme === 'https' ? { ca: certificate.certPem } : {}
  return { scheme, port: pending.port ?? 0, state, code: CODE, tls }
}
