import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  authorizeUrl,
  type Bench,
  CHALLENGE,
  call,
  consent,
  DESKTOP_REDIRECT,
  formToken,
  openBench,
  PKCE,
  register,
  sendForm,
  WEB_REDIRECT,
} from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

async function webApp() {
  const { client_id } = await register(bench.practice)
  return { client_id, redirect_uri: WEB_REDIRECT, scope: 'chat:write' }
}

describe('the consent page', () => {
  it('names app, workspaces, people, channel and scopes with what they mean', async () => {
    const { client_id } = await register(bench.practice, { name: '<b>Bot & "Co"</b>' })
    const query = { client_id, scope: 'incoming-webhook,chat:write', user_scope: 'search:read' }
    const response = await fetch(authorizeUrl(bench.practice, query))
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(page).toContain('<bdi>&lt;b&gt;Bot &amp; &quot;Co&quot;&lt;/b&gt;</bdi>')
    expect(page).not.toContain('<b>Bot')
    for (const part of ['Practice Studio', 'Practice Lab', 'Robin', 'Sam', '#deploys']) {
      expect(page).toContain(part)
    }
    expect(page).toMatch(/As a bot<\/h2>\s*<dl>.*incoming-webhook.*chat:write.*As you/s)
    expect(page).toContain('Post messages as the token owner')
    expect(page).not.toMatch(/<script|https?:\/\/|state/)
  })

  it('asks for no channel where no webhook is wanted', async () => {
    const page = await (await fetch(authorizeUrl(bench.practice, await webApp()))).text()
    expect(page).not.toContain('Channel for the webhook')
  })

  it('loads nothing, runs nothing, stands in no frame, and leaves the redirect alone', async () => {
    const { headers } = await fetch(authorizeUrl(bench.practice, await webApp()))
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/default-src 'none'; style-src 'sha256-/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/form-action|unsafe/)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('offers the wanted workspace first', async () => {
    const query = { ...(await webApp()), team: 'T0PRACLAB' }
    const page = await (await fetch(authorizeUrl(bench.practice, query))).text()
    expect(page).toContain('<option value="T0PRACLAB" selected>')
  })

  it('says which scope the app has not in its settings', async () => {
    const { client_id } = await register(bench.practice, { botScopes: ['chat:write'] })
    const query = { client_id, scope: 'chat:write,new:scope' }
    const page = await (await fetch(authorizeUrl(bench.practice, query))).text()
    expect(page.match(/Not in the settings/g)).toHaveLength(1)
  })
})

describe('the answer', () => {
  it('is a code and the state as it was sent', async () => {
    const state = 'a+b/c=&é '
    const query = { ...(await webApp()), state, redirect_uri: `${WEB_REDIRECT}/sub?x=1` }
    const form = await formToken(bench.practice, query)
    const response = await sendForm(bench.practice, { form, decision: 'allow' })
    expect(response.status).toBe(302)
    const location = new URL(response.headers.get('location') ?? '')
    expect(location.href).toMatch(/^https:\/\/localhost:17871\/callback\/sub\?x=1&code=/)
    expect(location.searchParams.get('code')).toMatch(/^\d+\.\d+\.[0-9a-f]{64}$/)
    expect(location.searchParams.get('state')).toBe(state)
  })

  it('goes to the first saved URL when none was named, and has no state then', async () => {
    const { client_id } = await register(bench.practice)
    const answer = await consent(bench.practice, { client_id, scope: 'chat:write' })
    expect([...answer.keys()]).toEqual(['code'])
  })

  it.each([
    ['Cancel', { decision: 'cancel' }],
    ['access_denied', { decision: 'answer', answer: 'access_denied' }],
  ])('after %s is access_denied, with the state', async (_name, choice) => {
    const answer = await consent(bench.practice, { ...(await webApp()), state: 's1' }, choice)
    expect(answer.toString()).toBe('error=access_denied&state=s1')
  })

  it('never comes when an admin has to approve', async () => {
    const form = await formToken(bench.practice, await webApp())
    const choice = { form, decision: 'answer', answer: 'admin_approval' }
    const response = await sendForm(bench.practice, choice)
    expect([response.status, response.headers.get('location')]).toEqual([200, null])
  })

  it.each(['invalid_code', 'bad_client_secret', 'internal_error', 'user_email_unverified'])(
    '%s comes from the exchange, once',
    async (error) => {
      const { appId: _, ...app } = await register(bench.practice)
      const query = { client_id: app.client_id, scope: 'chat:write' }
      const answer = await consent(bench.practice, query, { decision: 'answer', answer: error })
      const form = { ...app, code: answer.get('code') ?? '' }
      expect(await call(bench.practice, 'oauth.v2.access', form)).toEqual({ ok: false, error })
      expect(await call(bench.practice, 'oauth.v2.access', form)).toEqual({
        ok: false,
        error: 'invalid_code',
      })
    },
  )

  it('ratelimited says how long to wait', async () => {
    const { appId: _, ...app } = await register(bench.practice)
    const query = { client_id: app.client_id, scope: 'chat:write' }
    const choice = { decision: 'answer', answer: 'ratelimited' }
    const code = (await consent(bench.practice, query, choice)).get('code') ?? ''
    const body = new URLSearchParams({ ...app, code })
    const url = `${bench.practice.url}/api/oauth.v2.access`
    const response = await fetch(url, { method: 'POST', body })
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '30'])
  })
})

describe('the form', () => {
  it('counts once', async () => {
    const form = await formToken(bench.practice, await webApp())
    const both = await Promise.all(
      [1, 2].map(() => sendForm(bench.practice, { form, decision: 'allow' })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([302, 400])
  })

  it('counts for ten minutes', async () => {
    const form = await formToken(bench.practice, await webApp())
    bench.clock.advance(600_000)
    expect((await sendForm(bench.practice, { form, decision: 'allow' })).status).toBe(400)
  })

  it.each([
    ['a made-up token', { form: 'x'.repeat(43) }, {}, 400],
    ['no token', { form: '' }, {}, 400],
    ['an unknown workspace', { team: 'T1' }, {}, 400],
    ['an unknown person', { person: '9' }, {}, 400],
    ['a person that is no place', { person: '__proto__' }, {}, 400],
    ['an unknown decision', { decision: 'maybe' }, {}, 400],
    ['an answer that is not offered', { decision: 'answer', answer: 'toString' }, {}, 400],
    ['a foreign page', {}, { Origin: 'https://evil.example' }, 403],
    ['a page without an origin', {}, { Origin: 'null' }, 403],
    ['another port of localhost', {}, { Origin: 'http://localhost:1' }, 403],
  ])('refuses %s', async (_name, change, headers, status) => {
    const form = await formToken(bench.practice, await webApp())
    const sent = { form, decision: 'allow', ...change }
    const response = await sendForm(bench.practice, sent, headers as Record<string, string>)
    expect([response.status, response.headers.get('location')]).toEqual([status, null])
  })

  it('works with the Origin that a browser sends', async () => {
    const form = await formToken(bench.practice, await webApp())
    const headers = { Origin: bench.practice.url }
    expect((await sendForm(bench.practice, { form, decision: 'allow' }, headers)).status).toBe(302)
  })
})

describe('Slack’s own page, without a redirect', () => {
  const desktop = { redirect_uri: DESKTOP_REDIRECT, scope: '', user_scope: 'search:read' }
  it.each<[string, boolean, Record<string, string>, string]>([
    ['an unknown client', false, { client_id: '1.2' }, 'invalid_client_id'],
    ['no client', false, { client_id: '' }, 'invalid_client_id'],
    ['another port', false, { redirect_uri: 'https://localhost:1/callback' }, 'bad_redirect_uri'],
    [
      'another host',
      false,
      { redirect_uri: 'https://127.0.0.1:17871/callback' },
      'bad_redirect_uri',
    ],
    ['a longer path', false, { redirect_uri: `${WEB_REDIRECT}s` }, 'bad_redirect_uri'],
    ['a path above', false, { redirect_uri: `${WEB_REDIRECT}/../x` }, 'bad_redirect_uri'],
    ['a fragment', false, { redirect_uri: `${WEB_REDIRECT}#x` }, 'bad_redirect_uri'],
    [
      'a user name',
      false,
      { redirect_uri: 'https://localhost:17871@evil.example/callback' },
      'bad_redirect_uri',
    ],
    ['no URL', false, { redirect_uri: 'javascript:alert(1)' }, 'bad_redirect_uri'],
    ['an empty URL', false, { redirect_uri: '' }, 'bad_redirect_uri'],
    ['http without PKCE', false, { redirect_uri: DESKTOP_REDIRECT }, 'bad_redirect_uri'],
    ['a malformed scope', false, { scope: 'chat:write,<b>' }, 'invalid_scope'],
    ['a long scope', false, { scope: 'a'.repeat(51) }, 'invalid_scope'],
    ['sign-in mixed in', false, { user_scope: 'openid,email' }, 'invalid_scope'],
    ['no scopes', false, { scope: '' }, 'no_scopes'],
    [
      'bot scopes on a desktop redirect',
      true,
      { ...desktop, ...PKCE, scope: 'chat:write' },
      'desktop redirect cannot ask',
    ],
    ['a desktop redirect without PKCE', true, desktop, 'PKCE is missing'],
    [
      'a plain challenge',
      true,
      { ...desktop, ...PKCE, code_challenge_method: 'plain' },
      'challenge cannot be used',
    ],
    [
      'a padded challenge',
      true,
      { ...desktop, ...PKCE, code_challenge: `${CHALLENGE}=` },
      'challenge cannot be used',
    ],
    [
      'a hex challenge',
      true,
      { ...desktop, ...PKCE, code_challenge: 'a'.repeat(64) },
      'challenge cannot be used',
    ],
  ])('%s', async (_name, pkce, change, said) => {
    const { client_id } = await register(bench.practice, { pkce })
    const query = { client_id, redirect_uri: WEB_REDIRECT, scope: 'chat:write', ...change }
    const response = await fetch(authorizeUrl(bench.practice, query), { redirect: 'manual' })
    const page = await response.text()
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    expect(page).toContain(said)
    expect(page).not.toContain('name="form"')
  })

  it('shows the passed URI, escaped', async () => {
    const query = { ...(await webApp()), redirect_uri: 'https://x/"><script>alert(1)</script>' }
    const page = await (await fetch(authorizeUrl(bench.practice, query))).text()
    expect(page).toContain('https://x/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toContain('<script')
  })

  it('refuses a parameter that is there twice', async () => {
    const url = `${authorizeUrl(bench.practice, await webApp())}&redirect_uri=https://evil.example`
    expect(await (await fetch(url)).text()).toContain('invalid_arguments')
  })
})

describe('a custom scheme', () => {
  it('is a desktop redirect of any app', async () => {
    const redirect_uri = 'deploybot://oauth/callback'
    const { client_id } = await register(bench.practice, { redirectUrls: [redirect_uri] })
    const query = { client_id, redirect_uri, user_scope: 'search:read', ...PKCE }
    const form = await formToken(bench.practice, query)
    const response = await sendForm(bench.practice, { form, decision: 'allow' })
    expect(response.headers.get('location')).toMatch(/^deploybot:\/\/oauth\/callback\?code=/)
  })
})
