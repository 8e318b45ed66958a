import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { registerPracticeApp } from '../../../../main/practice/find-practice.ts'
import { type PracticeSlack, startPracticeSlack } from '../../../../main/practice/practice-slack.ts'
import { REFRESH_GRACE_MS } from '../../../../main/practice/refresh.ts'
import { parseGrant } from '../../../../main/slack/oauth-grant.ts'
import { installationOf } from '../../../../main/workspaces/grant.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { authorize, call, WEB_REDIRECT } from '../../practice/practice-client.ts'
import { appInput } from '../workspaces-fixture.ts'
import { openDesk } from './child-desk.ts'

let bundle = ''
beforeAll(async () => {
  bundle = mkdtempSync(join(tmpdir(), 'rotation-child-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: fileURLToPath(new URL('child-desk.ts', import.meta.url)),
      outDir: bundle,
      rolldownOptions: { output: { entryFileNames: 'desk.mjs' } },
    },
    ssr: { noExternal: true },
  })
}, 60_000)
afterAll(() => rmSync(bundle, { recursive: true }))

/** A folder with one workspace of a running practice Slack, whose clock stands still until told. */
async function start() {
  const root = mkdtempSync(join(tmpdir(), 'rotation-'))
  const clock = createFakeClock(Date.now())
  const practice = await startPracticeSlack({ port: 0, dataDir: join(root, 'practice'), clock })
  onTestFinished(async () => {
    await practice.close()
    rmSync(root, { recursive: true })
  })
  const directory = join(root, 'data')
  mkdirSync(directory)
  const { desk, id } = await storeWorkspace(practice, directory)
  await desk.close()
  return { directory, practice, clock, id }
}

async function storeWorkspace(practice: PracticeSlack, directory: string) {
  const registered = await registerPracticeApp(practice.url, fetch, {
    ...{ name: 'Deploy Bot', redirectUrls: [WEB_REDIRECT], pkce: false, tokenRotation: true },
    ...{ botScopes: ['chat:write'], userScopes: [] },
  })
  const clientSecret = registered.clientSecret?.expose() ?? null
  const desk = await openDesk(directory)
  const environment = { kind: 'custom' as const, baseUrl: practice.url }
  const slackAppId = await desk.slackApps.add(
    appInput({ environment, clientId: registered.clientId, clientSecret }),
  )
  const client = { client_id: registered.clientId, client_secret: clientSecret ?? '' }
  const granted = parseGrant(await authorize(practice, client), Date.now())
  const app = desk.slackApps.get(slackAppId)
  const id = await desk.installations.store(installationOf(granted, app, Date.now()))
  return { desk, id }
}

/** Runs `body` in a process of its own, with `desk` and `id`; answers what it printed and how it ended. */
function inChild(
  { directory, id }: { readonly directory: string; readonly id: string },
  body: string,
  { dies = null, onReady }: { dies?: string | null; onReady?: () => void } = {},
): Promise<{ output: string; signal: string | null }> {
  const script = join(bundle, `script-${Math.random().toString(36).slice(2)}.mjs`)
  writeFileSync(
    script,
    `const { openDesk } = await import('./desk.mjs')
     const id = ${JSON.stringify(id)}
     const desk = await openDesk(${JSON.stringify(directory)}, ${JSON.stringify(dies)})
     ${body}
     await desk.close()`,
  )
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (data) => {
    if (output === '') onReady?.()
    output += data
  })
  return new Promise((resolve) => child.on('close', (_code, signal) => resolve({ output, signal })))
}

const refreshes = (practice: PracticeSlack) =>
  practice.calls().filter(({ method }) => method === 'oauth.v2.access').length - 1

const isLive = async (practice: PracticeSlack, token: string) =>
  (await call(practice, 'auth.test', { token })).ok

describe('processes on one data folder', () => {
  it('spend a refresh token once, and all of them have the new token', async () => {
    const place = await start()
    const { directory, practice } = place
    const go = join(directory, 'go')
    // Each has read the same refresh token before any of them begins.
    const body = `console.log('ready')
      const { existsSync } = await import('node:fs')
      while (!existsSync(${JSON.stringify(go)})) await new Promise((next) => setTimeout(next, 5))
      await desk.rotation.refreshNow(id)
      console.log(desk.installations.token(id, 'bot').expose())`
    let ready = 0
    const onReady = () => {
      ready += 1
      if (ready === 3) writeFileSync(go, '')
    }
    const runs = await Promise.all([1, 2, 3].map(() => inChild(place, body, { onReady })))
    const tokens = new Set(runs.map(({ output }) => output.split('\n')[1]))
    expect(refreshes(practice)).toBe(1)
    expect(tokens.size).toBe(1)
    expect(await isLive(practice, [...tokens][0] ?? '')).toBe(true)
  }, 30_000)

  it('wait for the one that is at it, and ask nothing then', async () => {
    const place = await start()
    const { directory, practice, id } = place
    const [first, second] = [await openDesk(directory), await openDesk(directory)]
    // Both know the old token; only one of them asks Slack.
    await Promise.all([first.rotation.refreshNow(id), second.rotation.refreshNow(id)])
    expect(refreshes(practice)).toBe(1)
    const tokens = [first, second].map(({ installations }) =>
      installations.token(id, 'bot').expose(),
    )
    expect(new Set(tokens).size).toBe(1)
    expect(await isLive(practice, tokens[0] ?? '')).toBe(true)
    await first.close()
    await second.close()
  }, 30_000)
})

describe('a process that is killed between the answer of Slack and its save', () => {
  it('loses nothing while Slack still takes the refresh token', async () => {
    const place = await start()
    const { directory, practice, id, clock } = place
    const killed = await inChild(place, 'await desk.rotation.refreshNow(id)', {
      dies: 'bot#refresh',
    })
    expect(killed.signal).toBe('SIGKILL')
    expect(refreshes(practice)).toBe(1)
    const next = await openDesk(directory)
    const meta = () => next.installations.get(id).credentials[0]
    expect(meta()?.refresh?.inFlightSinceMs).not.toBeNull()
    clock.advance(REFRESH_GRACE_MS / 2)
    next.rotation.start()
    await expect.poll(() => meta()?.generation).toBe(1)
    expect(meta()).toMatchObject({ state: 'working', refresh: { inFlightSinceMs: null } })
    expect(refreshes(practice)).toBe(2)
    const token = next.installations.token(id, 'bot').expose()
    expect(await isLive(practice, token)).toBe(true)
    // The line goes on: its new refresh token is the good one.
    await next.rotation.refreshNow(id)
    await next.close()
  }, 30_000)

  it('says to authorize again once Slack does not, and the token works to its end', async () => {
    const place = await start()
    const { directory, practice, id, clock } = place
    await inChild(place, 'await desk.rotation.refreshNow(id)', {
      dies: 'bot#refresh',
    })
    clock.advance(REFRESH_GRACE_MS)
    const next = await openDesk(directory)
    next.rotation.start()
    const view = () => next.installations.views()[0]?.credentials[0]
    await expect.poll(() => view()?.refresh?.isDead).toBe(true)
    expect(view()).toMatchObject({
      state: 'working',
      refresh: { failure: { slackCode: 'invalid_refresh_token', remedy: 'authorize-again' } },
    })
    expect(await isLive(practice, next.installations.token(id, 'bot').expose())).toBe(true)
    await next.close()
  }, 30_000)
})
