import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  authorize,
  authorizeUrl,
  type Bench,
  call,
  formToken,
  openBench,
  register,
  sendForm,
} from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const ORG = { team: 'E0PRACORG' }
const query = { scope: 'chat:write,team:read', user_scope: 'search:read' }

async function orgApp(change = {}) {
  const app = await register(bench.practice, { orgDeploy: true, ...change })
  const answer = await authorize(bench.practice, app, query, ORG)
  return { app, answer, token: `${answer.access_token}` }
}

describe('an org-wide install', () => {
  it('answers without a team', async () => {
    const { answer } = await orgApp()
    expect(answer).toMatchObject({
      ok: true,
      team: null,
      enterprise: { id: 'E0PRACORG', name: 'Practice Organization' },
      is_enterprise_install: true,
      authed_user: { id: 'W01PRACORG' },
    })
  })

  it('refreshes to the same', async () => {
    const { app, answer } = await orgApp({ tokenRotation: true })
    const { appId: _, ...client } = app
    const refresh = { grant_type: 'refresh_token', refresh_token: `${answer.refresh_token}` }
    expect(await call(bench.practice, 'oauth.v2.access', { ...client, ...refresh })).toMatchObject({
      team: null,
      is_enterprise_install: true,
    })
  })

  it('is what auth.test says', async () => {
    const { token } = await orgApp()
    expect(await call(bench.practice, 'auth.test', { token })).toMatchObject({
      team: 'Practice Organization',
      team_id: 'E0PRACORG',
      enterprise_id: 'E0PRACORG',
      is_enterprise_install: true,
      url: `http://practice-org.enterprise.localhost:${bench.practice.port}/`,
    })
  })

  it('is offered to apps that may be deployed there, and to no others', async () => {
    const { client_id } = await register(bench.practice)
    const asked = { client_id, ...query }
    const page = await (await fetch(authorizeUrl(bench.practice, asked))).text()
    expect(page).not.toContain('<option value="E0PRACORG"')
    const form = await formToken(bench.practice, asked)
    expect((await sendForm(bench.practice, { form, decision: 'allow', ...ORG })).status).toBe(400)
    const other = await register(bench.practice, { orgDeploy: true })
    const wide = { ...asked, client_id: other.client_id, ...ORG }
    const offered = await (await fetch(authorizeUrl(bench.practice, wide))).text()
    expect(offered).toContain('<option value="E0PRACORG" selected>')
  })

  it('gives no webhook: it belongs to no workspace', async () => {
    const app = await register(bench.practice, { orgDeploy: true })
    const asked = { scope: 'chat:write,incoming-webhook' }
    const answer = await authorize(bench.practice, app, asked, ORG)
    expect(answer).toMatchObject({ ok: true, scope: 'chat:write,incoming-webhook' })
    expect(answer).not.toHaveProperty('incoming_webhook')
  })

  it('keeps the app off single workspaces of the organization', async () => {
    const { app } = await orgApp()
    const north = { team: 'T0PRACNORTH' }
    expect(await authorize(bench.practice, app, query, north)).toEqual({
      ok: false,
      error: 'cannot_install_an_org_installed_app',
    })
    expect(await authorize(bench.practice, app, query)).toMatchObject({ ok: true })
  })
})

describe('auth.teams.list', () => {
  it('lists the workspaces page by page', async () => {
    const { token } = await orgApp()
    const list = (cursor: string) =>
      call(bench.practice, 'auth.teams.list', { token, limit: '2', cursor })
    const first = await list('')
    expect(first.teams).toEqual([
      { id: 'T0PRACNORTH', name: 'Practice North' },
      { id: 'T0PRACSOUTH', name: 'Practice South' },
    ])
    const { next_cursor } = first.response_metadata as { next_cursor: string }
    expect(await list(next_cursor)).toMatchObject({
      teams: [{ id: 'T0PRACWEST' }],
      response_metadata: { next_cursor: '' },
    })
  })

  it.each([
    [{ limit: '0' }, 'invalid_limit'],
    [{ limit: '1001' }, 'invalid_limit'],
    [{ limit: 'x' }, 'invalid_limit'],
    [{ cursor: 'x' }, 'invalid_cursor'],
    [{ cursor: 'dGVhbTo5' }, 'invalid_cursor'],
  ])('refuses %j', async (change, error) => {
    const { token } = await orgApp()
    const form = { token, ...(change as Record<string, string>) }
    expect(await call(bench.practice, 'auth.teams.list', form)).toEqual({ ok: false, error })
  })

  it('lists the one workspace of a token that has one', async () => {
    const app = await register(bench.practice)
    const token = `${(await authorize(bench.practice, app)).access_token}`
    const answer = await call(bench.practice, 'auth.teams.list', { token, include_icon: 'true' })
    expect(answer.teams).toEqual([
      { id: 'T0PRACSTUDIO', name: 'Practice Studio', icon: { image_default: true } },
    ])
  })
})

describe('a call with an org-wide token', () => {
  it('has to name a workspace of the organization', async () => {
    const { token } = await orgApp()
    const info = (form: Record<string, string>) =>
      call(bench.practice, 'team.info', { token, ...form })
    const refused = { ok: false, error: 'team_access_not_granted' }
    expect(await info({})).toEqual(refused)
    expect(await info({ team_id: 'T0PRACSTUDIO' })).toEqual(refused)
    expect(await info({ team_id: 'T0PRACSOUTH' })).toMatchObject({
      team: { id: 'T0PRACSOUTH', enterprise_id: 'E0PRACORG' },
    })
  })
})

describe('a workspace of the organization', () => {
  it('is named beside it', async () => {
    const app = await register(bench.practice)
    const answer = await authorize(bench.practice, app, query, { team: 'T0PRACWEST' })
    expect(answer).toMatchObject({
      team: { id: 'T0PRACWEST', name: 'Practice West' },
      enterprise: { id: 'E0PRACORG' },
      is_enterprise_install: false,
    })
    const test = await call(bench.practice, 'auth.test', { token: `${answer.access_token}` })
    expect(test).toMatchObject({ enterprise_id: 'E0PRACORG', is_enterprise_install: false })
  })
})

describe('bots.info', () => {
  it('names the app of a bot', async () => {
    const app = await register(bench.practice)
    const scopes = { scope: 'users:read' }
    const answer = await authorize(bench.practice, app, scopes)
    const token = `${answer.access_token}`
    const { bot_id } = await call(bench.practice, 'auth.test', { token })
    expect(await call(bench.practice, 'bots.info', { token, bot: `${bot_id}` })).toMatchObject({
      bot: { id: bot_id, app_id: app.appId, user_id: answer.bot_user_id },
    })
    expect(await call(bench.practice, 'bots.info', { token, bot: 'B1' })).toMatchObject({
      error: 'bot_not_found',
    })
  })
})
