import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../main/platform/log.ts'
import { openPracticeHost } from '../../../main/practice/practice-host.ts'
import { type Bench, openBench, WEB_REDIRECT } from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const app = { name: 'Bot', redirectUrls: [WEB_REDIRECT], botScopes: ['chat:write'], userScopes: [] }

function host(change: { readonly fetch?: typeof fetch } = {}) {
  const dataFolder = join(bench.dataDir, 'host')
  const { port } = bench.practice
  return openPracticeHost({
    dataFolder,
    fetch,
    clock: bench.clock,
    log: silentLog,
    port,
    ...change,
  })
}

describe('the practice host', () => {
  it('uses the one that runs, and leaves it running', async () => {
    const own = host()
    await own.ensureRunning()
    const { clientId } = await own.registerApp(app)
    await own.close()
    expect(await host().knows(clientId)).toBe(true)
  })

  it('starts one where none runs, once for all that ask, and ends it', async () => {
    await bench.practice.close()
    const first = host()
    await Promise.all([first.ensureRunning(), first.ensureRunning()])
    const second = host()
    await second.ensureRunning()
    const { clientId } = await second.registerApp(app)
    expect(await first.knows(clientId)).toBe(true)
    await second.close()
    expect(await first.knows(clientId)).toBe(true)
    await first.close()
    await expect(first.knows(clientId)).rejects.toMatchObject({ code: 'PRACTICE_FAILED' })
  })

  it('takes over when the other one has ended', async () => {
    const own = host()
    await own.ensureRunning()
    await bench.practice.close()
    await own.ensureRunning()
    expect(await own.knows('1.2')).toBe(false)
    await own.close()
  })

  it('uses the other one when both start at once', async () => {
    let asked = 0
    const own = host({
      fetch: (input, init) => {
        asked += 1
        return asked === 1 ? Promise.reject(new TypeError('nobody yet')) : fetch(input, init)
      },
    })
    await own.ensureRunning()
    expect(asked).toBe(2)
    await own.close()
    expect(await host().knows('1.2')).toBe(false)
  })

  it('says that a stranger holds the port, and tries again when asked again', async () => {
    const { port } = bench.practice
    await bench.practice.close()
    const stranger = createServer((socket) => socket.destroy())
    await new Promise<void>((done) => stranger.listen({ host: '::1', port }, done))
    const own = host()
    await expect(own.ensureRunning()).rejects.toMatchObject({ code: 'PRACTICE_PORT_BUSY' })
    await new Promise((done) => stranger.close(done))
    await own.ensureRunning()
    await own.close()
  })
})
