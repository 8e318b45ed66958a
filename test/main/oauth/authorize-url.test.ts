import { describe, expect, it } from 'vitest'
import { authorizeUrl } from '../../../main/oauth/authorize-url.ts'
import { codeOf } from './support.ts'

const base = {
  authorizeEndpoint: 'https://slack.com/oauth/v2/authorize',
  clientId: '123.456',
  botScopes: ['chat:write', 'channels:read'],
  userScopes: [],
  redirectUri: 'https://localhost:17871/callback',
  state: 's1',
  teamId: null,
  codeChallenge: null,
}

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
