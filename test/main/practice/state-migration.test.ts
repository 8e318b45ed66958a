import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOf } from '../../../main/practice/fresh-secrets.ts'
import { type Bench, call, openBench, WEB_REDIRECT } from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const stateFile = () => join(bench.dataDir, 'practice.json')

describe('a state of version 1', () => {
  const grantId = 'c9bf9e57-1685-4c89-bafb-ff5af830be8a'
  const expiresAtMs = Date.UTC(2030, 0)
  const VERSION_1 = {
    version: 1,
    apps: [
      {
        appId: 'A0OLD',
        clientId: '11.22',
        secretHash: hashOf('old secret'),
        name: 'Old app',
        redirectUrls: [WEB_REDIRECT],
        pkce: false,
        tokenRotation: true,
        botScopes: ['chat:write'],
        userScopes: [],
        role: 'registered',
      },
    ],
    grants: [
      {
        id: grantId,
        appId: 'A0OLD',
        teamId: 'T0PRACSTUDIO',
        kind: 'bot',
        userId: 'U0OLD',
        botId: 'B0OLD',
        scopes: ['chat:write'],
      },
    ],
    tokens: [
      {
        hash: hashOf('old token'),
        grantId,
        kind: 'access',
        line: 'line',
        isDesktop: false,
        issuedAtMs: 0,
        expiresAtMs: null,
        revokedAtMs: null,
        usedAtMs: null,
      },
    ],
    codes: [
      {
        hash: hashOf('old code'),
        appId: 'A0OLD',
        teamId: 'T0PRACSTUDIO',
        userId: 'U01PRACSTUDIO',
        botScopes: ['chat:write'],
        userScopes: [],
        redirectUri: null,
        challengeHash: null,
        channelId: null,
        isDesktop: false,
        expiresAtMs,
        isUsed: false,
        failsWith: null,
      },
    ],
    webhooks: [
      { hash: hashOf('/services/T/B/old'), appId: 'A0OLD', teamId: 'T', isRevoked: false },
      { hash: hashOf('/services/T/B/gone'), appId: 'A0OLD', teamId: 'T', isRevoked: true },
    ],
  }

  it('works on, and a copy of it stays as it was', async () => {
    await bench.practice.close()
    const text = JSON.stringify(VERSION_1)
    await writeFile(stateFile(), text, { mode: 0o600 })
    const practice = await bench.restart()
    const copy = join(bench.dataDir, 'practice.json.version-1')
    expect(await readFile(copy, 'utf8')).toBe(text)
    expect((await stat(copy)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(stateFile(), 'utf8')).version).toBe(2)
    expect(await call(practice, 'auth.test', { token: 'old token' })).toMatchObject({
      app_name: 'Old app',
      user_id: 'U0OLD',
    })
    const client = { client_id: '11.22', client_secret: 'old secret' }
    expect(await call(practice, 'oauth.v2.access', { ...client, code: 'old code' })).toMatchObject({
      ok: true,
      bot_user_id: 'U0OLD',
      expires_in: 43_200,
    })
    const posts = ['/services/T/B/old', '/services/T/B/gone'].map(async (path) => {
      const init = { method: 'POST', body: '{"text":"hello"}' }
      return (await fetch(`${practice.url}${path}`, init)).status
    })
    expect(await Promise.all(posts)).toEqual([200, 404])
  })
})
