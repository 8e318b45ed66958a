import { describe, expect, it } from 'vitest'
import type { SlackAppInput } from '../../../main/contract/inputs.ts'
import { checkSlackAppInput } from '../../../main/workspaces/slack-app-input.ts'
import { appInput } from './workspaces-fixture.ts'

type Change = Partial<SlackAppInput>

const oneList = (flow: SlackAppInput['flow'], ...userScopes: string[]): Change => ({
  flow,
  botScopes: [],
  userScopes,
})
const RELAY = { strategy: 'relay', redirectUrl: 'https://relay.example.com/slack' } as const
const PASTE = { strategy: 'paste', redirectUrl: 'https://example.com/back' } as const
const PKCE = { strategy: 'pkce', clientSecret: null } as const

describe('the form of a Slack app', () => {
  it.each<{ name: string; change: Change }>([
    { name: 'v2 with bot scopes', change: {} },
    { name: 'v2 with a webhook alone', change: { botScopes: ['incoming-webhook'] } },
    { name: 'v2 by PKCE', change: { ...PKCE, botScopes: [], userScopes: ['search:read'] } },
    { name: 'v2 with an optional scope', change: { optionalScopes: ['chat:write'] } },
    { name: 'v2-user', change: oneList('v2-user', 'search:read') },
    { name: 'v2-user by PKCE', change: { ...oneList('v2-user', 'search:read'), ...PKCE } },
    { name: 'v1 with its umbrella scope', change: oneList('v1', 'bot', 'users:read') },
    { name: 'openid', change: oneList('openid', 'openid', 'email', 'profile') },
    { name: 'openid by PKCE', change: { ...oneList('openid', 'openid'), ...PKCE } },
    { name: 'a relay', change: RELAY },
    { name: 'a pasted address', change: PASTE },
    {
      name: 'v1 at an emulator',
      change: {
        ...oneList('v1', 'bot'),
        environment: { kind: 'custom', baseUrl: 'http://localhost:9/' },
      },
    },
  ])('takes $name', ({ change }) => {
    const input = appInput(change)
    const { flow, strategy, redirectUrl, botScopes, userScopes } = input
    expect(checkSlackAppInput(input, false)).toMatchObject({
      ...{ flow, strategy, redirectUrl, botScopes, userScopes },
      isUnfinished: false,
    })
  })

  const MIXED = {
    message: 'openid, email and profile cannot be mixed with other scopes',
    advice: 'Make a second Slack app entry for sign-in.',
  }
  it.each<{ name: string; change: Change; said: object }>([
    {
      name: 'sign-in scopes among bot scopes',
      change: { botScopes: ['chat:write', 'openid'] },
      said: { field: 'botScopes', ...MIXED },
    },
    {
      name: 'sign-in scopes among user scopes',
      change: { userScopes: ['users:read', 'email'] },
      said: { field: 'userScopes', ...MIXED },
    },
    {
      name: 'sign-in scopes alone in another flow',
      change: oneList('v2-user', 'profile'),
      said: { field: 'userScopes', ...MIXED },
    },
    {
      name: 'another scope in openid',
      change: oneList('openid', 'openid', 'users:read'),
      said: { field: 'userScopes', ...MIXED },
    },
    {
      name: 'openid without openid',
      change: oneList('openid', 'email'),
      said: { field: 'userScopes', message: 'Sign in with Slack needs the scope openid' },
    },
    {
      name: 'no scope in a flow with one list',
      change: oneList('v1'),
      said: { field: 'userScopes', message: 'No scope is chosen' },
    },
    {
      name: 'bot scopes in v2-user',
      change: { ...oneList('v2-user', 'search:read'), botScopes: ['chat:write'] },
      said: { field: 'botScopes', message: 'This flow has one list of scopes' },
    },
    {
      name: 'bot scopes with PKCE',
      change: PKCE,
      said: { field: 'botScopes', message: 'Slack gives no bot scopes to an http redirect' },
    },
    {
      name: 'an optional scope that is not chosen',
      change: { optionalScopes: ['files:read'] },
      said: { field: 'optionalScopes', message: 'files:read is optional but not chosen' },
    },
    {
      name: 'v1 on GovSlack',
      change: { ...oneList('v1', 'bot'), environment: { kind: 'govslack' } },
      said: { field: 'flow', message: 'GovSlack has no classic apps' },
    },
    {
      name: 'v1 with PKCE',
      change: { ...oneList('v1', 'bot'), ...PKCE },
      said: { field: 'flow', message: 'Classic apps cannot use PKCE' },
    },
    {
      name: 'http to paste from, even on this computer',
      change: { ...PASTE, redirectUrl: 'http://localhost:3000/back' },
      said: { field: 'redirectUrl', advice: expect.stringContaining('https') },
    },
    {
      name: 'a relay on this computer',
      change: { ...RELAY, redirectUrl: 'https://localhost/back' },
      said: { field: 'redirectUrl', advice: expect.stringContaining('public') },
    },
    {
      name: 'a custom host without https',
      change: { environment: { kind: 'custom', baseUrl: 'http://slack.example' } },
      said: { field: 'baseUrl', message: 'Plain http does not protect tokens' },
    },
    ...(['v2', 'v2-user', 'v1', 'openid'] as const).map((flow) => ({
      name: `${flow} without its client secret`,
      change: {
        ...(flow === 'v2' ? {} : oneList(flow, flow === 'openid' ? 'openid' : 'users:read')),
        clientSecret: '',
      },
      said: { field: 'clientSecret', message: 'The client secret is missing' },
    })),
  ])('refuses $name beside its field', ({ change, said }) => {
    expect(() => checkSlackAppInput(appInput(change), false)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', ...said }),
    )
  })
})
