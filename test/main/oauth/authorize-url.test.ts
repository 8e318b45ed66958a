import { describe, expect, it } from 'vitest'
import { type AuthorizeUrlOptions, authorizeUrl } from '../../../main/oauth/authorize-url.ts'
import { codeOf } from './support.ts'

const base: AuthorizeUrlOptions = {
  authorizeEndpoint: 'https://slack.com/oauth/v2/authorize',
  flow: 'v2',
  clientId: '123.456',
  botScopes: ['chat:write', 'channels:read'],
  userScopes: [],
  redirectUri: 'https://localhost:17871/callback',
  state: 's1',
  teamId: null,
  codeChallenge: null,
  nonce: null,
}

/** What every flow sends. */
const always = { client_id: '123.456', redirect_uri: base.redirectUri, state: 's1' }

describe('authorizeUrl', () => {
  it('joins scopes with commas and leaves out what there is not', () => {
    const url = new URL(authorizeUrl(base))
    expect(url.origin + url.pathname).toBe(base.authorizeEndpoint)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: '123.456',
      scope: 'chat:write,channels:read',
      redirect_uri: base.redirectUri,
      state: 's1',
    })
  })

  it('sends user scopes, team and an S256 challenge', () => {
    const url = new URL(
      authorizeUrl({
        ...base,
        botScopes: [],
        userScopes: ['search:read', 'users:read'],
        teamId: 'T0123',
        codeChallenge: 'abc',
      }),
    )
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      user_scope: 'search:read,users:read',
      team: 'T0123',
      code_challenge: 'abc',
      code_challenge_method: 'S256',
    })
    expect(url.searchParams.has('scope')).toBe(false)
  })

  it.each([
    {
      name: 'v2, both lists',
      options: { userScopes: ['search:read'] },
      sent: { scope: 'chat:write,channels:read', user_scope: 'search:read' },
    },
    {
      name: 'v2, user scopes alone',
      options: { botScopes: [], userScopes: ['search:read', 'users:read'] },
      sent: { user_scope: 'search:read,users:read' },
    },
    {
      name: 'v2, no scope: left to Slack to refuse',
      options: { botScopes: [] },
      sent: {},
    },
    {
      name: 'v2-user: its list is the plain scope',
      options: { flow: 'v2-user', botScopes: [], userScopes: ['search:read', 'users:read'] },
      sent: { scope: 'search:read,users:read' },
    },
    {
      name: 'v2-user with PKCE',
      options: { flow: 'v2-user', botScopes: [], userScopes: ['a'], codeChallenge: 'abc' },
      sent: { scope: 'a', code_challenge: 'abc', code_challenge_method: 'S256' },
    },
    {
      name: 'v1: bot is one scope among the others',
      options: { flow: 'v1', botScopes: [], userScopes: ['bot', 'users:read'], teamId: 'T1' },
      sent: { scope: 'bot,users:read', team: 'T1' },
    },
    {
      name: 'openid: spaces, response type and nonce',
      options: {
        ...{ flow: 'openid', botScopes: [], userScopes: ['openid', 'email', 'profile'] },
        ...{ nonce: 'n1', teamId: 'T1' },
      },
      sent: { response_type: 'code', scope: 'openid email profile', nonce: 'n1', team: 'T1' },
    },
    {
      name: 'bot scopes in a flow without them are not sent',
      options: { flow: 'v2-user', userScopes: ['users:read'] },
      sent: { scope: 'users:read' },
    },
  ] satisfies {
    name: string
    options: Partial<AuthorizeUrlOptions>
    sent: Record<string, string>
  }[])('$name', ({ options, sent }) => {
    const url = new URL(authorizeUrl({ ...base, ...options }))
    expect(Object.fromEntries(url.searchParams)).toEqual({ ...always, ...sent })
  })

  it('lets no value break out of its parameter', () => {
    const url = new URL(authorizeUrl({ ...base, clientId: 'a&state=evil#x', teamId: 'T&scope=y' }))
    expect(url.searchParams.getAll('state')).toEqual(['s1'])
    expect(url.searchParams.get('client_id')).toBe('a&state=evil#x')
    expect(url.hash).toBe('')
  })

  it.each([
    'https://slack-gov.com/oauth/v2/authorize',
    'http://localhost:17870/oauth/v2/authorize',
    'http://127.0.0.1:17870/oauth/v2/authorize',
    'http://[::1]:17870/oauth/v2/authorize',
  ])('takes %s', (authorizeEndpoint) => {
    expect(authorizeUrl({ ...base, authorizeEndpoint })).toContain(`${authorizeEndpoint}?client_id`)
  })

  it.each([
    'http://slack.com/oauth/v2/authorize',
    'http://localhost.example.com/authorize',
    'http://localhost@example.com/authorize',
    'https://user:pw@slack.com/authorize',
    'https://slack.com/authorize#part',
    'file:///etc/hosts',
    'javascript:alert(1)',
    'slack.com/oauth',
    '',
  ])('refuses %j', async (authorizeEndpoint) => {
    expect(await codeOf(() => authorizeUrl({ ...base, authorizeEndpoint }))).toBe('INPUT_INVALID')
  })
})
