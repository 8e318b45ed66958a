import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../main/platform/log.ts'
import { openStateFile } from '../../../main/practice/state-file.ts'
import { issueByFlows, issueByManifests, issueByPages } from './issued-secrets.ts'
import { authorize, type Bench, call, consent, openBench, register } from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const stateFile = () => join(bench.dataDir, 'practice.json')

describe('the state', () => {
  it('survives a restart: tokens, codes, refresh tokens, apps and webhooks', async () => {
    const app = await register(bench.practice, { tokenRotation: true })
    const query = { scope: 'incoming-webhook,chat:write' }
    const first = await authorize(bench.practice, app, query)
    const code = (await consent(bench.practice, { client_id: app.client_id, ...query })).get('code')
    const { clientId, pkceClientId } = bench.practice
    const practice = await bench.restart()
    expect([practice.clientId, practice.pkceClientId]).toEqual([clientId, pkceClientId])
    const { appId: _, ...client } = app
    const token = `${first.access_token}`
    expect(await call(practice, 'auth.test', { token })).toMatchObject({ ok: true })
    const exchange = { ...client, code: code ?? '' }
    expect(await call(practice, 'oauth.v2.access', exchange)).toMatchObject({ ok: true })
    const refresh = { grant_type: 'refresh_token', refresh_token: `${first.refresh_token}` }
    expect(await call(practice, 'oauth.v2.access', { ...client, ...refresh })).toMatchObject({
      ok: true,
    })
    const path = new URL((first.incoming_webhook as { url: string }).url).pathname
    const post = { method: 'POST', body: '{"text":"hi"}' }
    expect((await fetch(`${practice.url}${path}`, post)).status).toBe(200)
  })

  it('gives the built-in app a new secret at each start', async () => {
    const client_secret = bench.practice.clientSecret.expose()
    const practice = await bench.restart()
    const form = { client_id: practice.clientId, client_secret, code: 'x' }
    expect(await call(practice, 'oauth.v2.access', form)).toMatchObject({
      error: 'bad_client_secret',
    })
  })

  it('holds no secret that was issued, in a file of mode 0600', async () => {
    const secrets = [
      ...(await issueByFlows(bench.practice)),
      ...(await issueByManifests(bench.practice)),
      ...(await issueByPages(bench.practice)),
    ]
    const files = await readdir(bench.dataDir)
    expect(files).toEqual(['practice.json'])
    const text = await readFile(stateFile(), 'utf8')
    expect(secrets.length).toBeGreaterThan(34)
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(20)
      expect(text).not.toContain(secret)
      // The random part alone, too: no piece of a token stands there.
      expect(text).not.toContain(secret.slice(-16))
    }
    expect((await stat(stateFile())).mode & 0o777).toBe(0o600)
  })

  it('is on disk before the answer leaves', async () => {
    const app = await register(bench.practice)
    const answer = await authorize(bench.practice, app)
    const before = await readFile(stateFile(), 'utf8')
    expect(await call(bench.practice, 'auth.test', { token: `${answer.access_token}` })).toEqual(
      expect.objectContaining({ ok: true }),
    )
    expect(await readFile(stateFile(), 'utf8')).toBe(before)
    expect(JSON.parse(before).tokens).toHaveLength(1)
  })

  it.each([
    ['no JSON', '{"version":1'],
    ['another version', '{"version":3,"apps":[]}'],
    ['a broken version 1', '{"version":1,"apps":[]}'],
    ['nothing', ''],
  ])('that is %s is moved aside, and an empty one begun', async (_name, text) => {
    await bench.practice.close()
    await writeFile(stateFile(), text)
    await bench.restart()
    const files = (await readdir(bench.dataDir)).sort()
    const aside = `practice.json.damaged-${bench.clock.now()}`
    expect(files).toEqual(['practice.json', aside])
    expect(await readFile(join(bench.dataDir, aside), 'utf8')).toBe(text)
  })

  it('forgets expired codes at the next change', async () => {
    const app = await register(bench.practice)
    await consent(bench.practice, { client_id: app.client_id, scope: 'chat:write' })
    expect(JSON.parse(await readFile(stateFile(), 'utf8')).codes).toHaveLength(1)
    bench.clock.advance(600_000)
    await register(bench.practice)
    expect(JSON.parse(await readFile(stateFile(), 'utf8')).codes).toEqual([])
  })
})

describe('a change', () => {
  it('that throws, or cannot be written, leaves the state as it was', async () => {
    const dataDir = join(bench.dataDir, 'own')
    const state = await openStateFile({ dataDir, clock: bench.clock, log: silentLog })
    const rename = (id: string) =>
      state.change((draft) => {
        draft.webhooks.push({ hash: 'a'.repeat(64), appId: id, teamId: 'T' })
        if (id === 'thrown') throw new RangeError('refused')
      })
    await rename('first')
    await expect(rename('thrown')).rejects.toThrow(RangeError)
    expect(state.current().webhooks.map(({ appId }) => appId)).toEqual(['first'])
    await blockWriting(dataDir)
    await expect(rename('lost')).rejects.toMatchObject({ code: 'PRACTICE_FAILED' })
    expect(state.current().webhooks.map(({ appId }) => appId)).toEqual(['first'])
  })
})

/** A folder where the temporary file should be: not even root can write over it. */
async function blockWriting(dataDir: string): Promise<void> {
  await mkdir(join(dataDir, 'practice.json.tmp'))
}
