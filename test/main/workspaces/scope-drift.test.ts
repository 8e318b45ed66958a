import { describe, expect, it } from 'vitest'
import { blankCredential } from '../../../main/workspaces/granted-credentials.ts'
import type { CredentialMeta } from '../../../main/workspaces/records.ts'
import { type ConfiguredScopes, scopeDrift } from '../../../main/workspaces/scope-drift.ts'

const app = (change: Partial<ConfiguredScopes>): ConfiguredScopes => ({
  flow: 'v2',
  botScopes: [],
  userScopes: [],
  optionalScopes: [],
  ...change,
})
const token = (
  kind: 'bot' | 'user',
  scopes: string[],
  change: Partial<CredentialMeta> = {},
): CredentialMeta => ({
  ...blankCredential(kind, kind),
  scopes,
  grantedAtMs: 1,
  state: 'working',
  ...change,
})
const bot = (...scopes: string[]) => ({ side: 'bot' as const, scope: scopes.join() })
const user = (...scopes: string[]) => ({ side: 'user' as const, scope: scopes.join() })

describe('scope drift', () => {
  it.each([
    {
      name: 'nothing that differs',
      app: app({ botScopes: ['a', 'b'] }),
      credentials: [token('bot', ['b', 'a'])],
      drift: null,
    },
    {
      name: 'a scope that is new in the app',
      app: app({ botScopes: ['a', 'b'] }),
      credentials: [token('bot', ['a'])],
      drift: { missing: [bot('b')], extra: [] },
    },
    {
      name: 'a scope that is no longer wanted',
      app: app({ botScopes: ['a'], userScopes: ['c'] }),
      credentials: [token('bot', ['a', 'b']), token('user', ['c', 'd', 'identify'])],
      drift: { missing: [], extra: [bot('b'), user('d')] },
    },
    {
      name: 'an optional scope that was unticked',
      app: app({ botScopes: ['a', 'b'], optionalScopes: ['b'] }),
      credentials: [token('bot', ['a'])],
      drift: null,
    },
    {
      name: 'a scope of the other side',
      app: app({ botScopes: ['users:read'], userScopes: ['users:read'] }),
      credentials: [token('bot', ['users:read']), token('user', ['search:read'])],
      drift: { missing: [user('users:read')], extra: [user('search:read')] },
    },
    {
      name: 'a side that was never authorized',
      app: app({ botScopes: ['a'], userScopes: ['c'] }),
      credentials: [token('bot', ['a'])],
      drift: { missing: [user('c')], extra: [] },
    },
    {
      name: 'the user who authorized last',
      app: app({ flow: 'v2-user', userScopes: ['c', 'd'] }),
      credentials: [
        token('user', ['c', 'd'], { id: 'user:U2', grantedAtMs: 9 }),
        token('user', ['c'], { id: 'user:U1', grantedAtMs: 5 }),
      ],
      drift: null,
    },
    {
      name: 'the last of the users whose token still works',
      app: app({ userScopes: ['c', 'd'] }),
      credentials: [
        token('user', ['c', 'd'], { id: 'user:U2', grantedAtMs: 9, state: 'revoked' }),
        token('user', ['c'], { id: 'user:U1', grantedAtMs: 5 }),
      ],
      drift: { missing: [user('d')], extra: [] },
    },
    {
      name: 'a token that was revoked: there is nothing to compare',
      app: app({ botScopes: ['a', 'b'] }),
      credentials: [token('bot', ['a'], { state: 'revoked' })],
      drift: null,
    },
    {
      name: 'a token of which Slack told no scope',
      app: app({ botScopes: ['a'] }),
      credentials: [token('bot', [])],
      drift: null,
    },
    {
      name: 'a token that came through classic OAuth',
      app: app({ botScopes: ['a'] }),
      credentials: [token('bot', ['bot'], { isClassic: true })],
      drift: null,
    },
    {
      name: 'a classic app',
      app: app({ flow: 'v1', userScopes: ['bot'] }),
      credentials: [token('bot', ['bot'])],
      drift: null,
    },
    {
      name: 'an app to sign in with',
      app: app({ flow: 'openid', userScopes: ['openid', 'email'] }),
      credentials: [],
      drift: null,
    },
  ])('tells $name', ({ app, credentials, drift }) => {
    expect(scopeDrift(app, credentials)).toEqual(drift)
  })
})
