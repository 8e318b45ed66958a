import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CertificateFailed } from '../../../main/oauth/errors.ts'
import { createListeners, LINGER_MS, type Listeners } from '../../../main/oauth/listeners.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock.ts'
import { closed, codeOf, freePorts, isFree, occupy } from './support.ts'

let clock: FakeClock
let ports: number[]
let relayPort: number
let listeners: Listeners

beforeEach(async () => {
  clock = createFakeClock()
  const [one = 0, two = 0, relay = 0] = await freePorts(3)
  ports = [one, two]
  relayPort = relay
  listeners = createListeners({
    ports,
    relayPort,
    returnUrls: () => [],
    clock,
    log: silentLog,
    onCallback: async () => 'complete',
    certificate: async () => {
      throw new CertificateFailed('no')
    },
  })
})

afterEach(() => listeners.close())

const becomesFree = (port: number) => vi.waitFor(async () => expect(await isFree(port)).toBe(true))

describe('listeners', () => {
  it('share one port among all that hold it, and free it when nobody got an answer', async () => {
    const [port = 0, same] = await Promise.all([
      listeners.acquire('http'),
      listeners.acquire('http'),
    ])
    expect(same).toBe(port)
    listeners.release('http', false)
    expect(await isFree(port)).toBe(false)
    listeners.release('http', false)
    await becomesFree(port)
  })

  it('stay for 30 s after the last answer', async () => {
    const port = await listeners.acquire('http')
    listeners.release('http', true)
    clock.advance(LINGER_MS - 1)
    expect(await isFree(port)).toBe(false)
    clock.advance(1)
    await becomesFree(port)
  })

  it('are used again within the 30 s, which then count from the last answer', async () => {
    const port = await listeners.acquire('http')
    listeners.release('http', true)
    clock.advance(LINGER_MS - 1)
    expect(await listeners.acquire('http')).toBe(port)
    clock.advance(LINGER_MS)
    expect(await isFree(port)).toBe(false)
    listeners.release('http', true)
    clock.advance(LINGER_MS - 1)
    expect(await isFree(port)).toBe(false)
    clock.advance(1)
    await becomesFree(port)
  })

  it('open again on the same port right after they were let go', async () => {
    const port = await listeners.acquire('http')
    listeners.release('http', false)
    expect(await listeners.acquire('http')).toBe(port)
  })

  it('pass a failure to open on to each, hold nothing, and try again', async () => {
    const others = await Promise.all(ports.map((port) => occupy(port, '127.0.0.1')))
    const both = [1, 2].map(() => codeOf(() => listeners.acquire('http')))
    expect(await Promise.all(both)).toEqual(['OAUTH_PORTS_BUSY', 'OAUTH_PORTS_BUSY'])
    await Promise.all(others.map(closed))
    expect(await listeners.acquire('http')).toBe(ports[0])
  })

  it('for relays open on the one port of relays, beside the others', async () => {
    expect(await listeners.acquire('http')).toBe(ports[0])
    expect(await listeners.acquire('relay')).toBe(relayPort)
    expect(await listeners.acquire('relay')).toBe(relayPort)
    listeners.release('relay', false)
    expect(await isFree(relayPort)).toBe(false)
    listeners.release('relay', false)
    await becomesFree(relayPort)
  })

  it('for relays take no other port: a busy one is named', async () => {
    const other = await occupy(relayPort, '::1')
    await expect(listeners.acquire('relay')).rejects.toMatchObject({
      code: 'OAUTH_PORTS_BUSY',
      remedy: 'paste-address',
      advice: `Port ${relayPort} is in use by another program. Paste the address instead, or close that program and try again.`,
    })
    await closed(other)
    expect(await listeners.acquire('relay')).toBe(relayPort)
  })

  it('say that the certificate could not be made', async () => {
    expect(await codeOf(() => listeners.acquire('https'))).toBe('OAUTH_CERTIFICATE_FAILED')
    for (const port of ports) expect(await isFree(port)).toBe(true)
  })

  it('are gone after close, which may be called while one opens, and twice', async () => {
    const opening = listeners.acquire('http')
    await Promise.all([listeners.close(), listeners.close()])
    expect(await isFree(await opening)).toBe(true)
  })
})
