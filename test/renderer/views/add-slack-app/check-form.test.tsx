import { describe, expect, it } from 'vitest'
import {
  checkClientSecret,
  checkForm,
  type FieldName,
} from '../../../../renderer/views/add-slack-app/check-form.ts'
import { hasForbiddenBotScopes } from '../../../../renderer/views/add-slack-app/check-scopes.ts'
import { scopeWarning } from '../../../../renderer/views/add-slack-app/scope-warning.ts'
import {
  formOf,
  inputOf,
  type SlackAppForm,
} from '../../../../renderer/views/add-slack-app/slack-app-form.ts'
import { sampleSlackApp } from '../../sample-snapshot.ts'

const good = formOf(sampleSlackApp())

function problemFields(form: SlackAppForm): string[] {
  return Object.entries(checkForm(form)).flatMap(([field, text]) => (text ? [field] : []))
}

describe('checkForm', () => {
  it('has nothing to say of a form that is whole', () => {
    expect(problemFields(good)).toEqual([])
  })

  it.each<[string, Partial<SlackAppForm>, FieldName, RegExp]>([
    ['no name', { name: '  ' }, 'name', /name/],
    ['no client ID', { clientId: '' }, 'clientId', /missing/],
    [
      'an app ID',
      { clientId: 'A07QX2M4D' },
      'clientId',
      /^This is an app ID\. The client ID is two/,
    ],
    ['a team ID', { clientId: 'T0C4Q7ZL2' }, 'clientId', /workspace/],
    ['a token as client ID', { clientId: ['xoxb', '1', 'a'].join('-') }, 'clientId', /token/],
    ['a secret as client ID', { clientId: 'a1'.repeat(16) }, 'clientId', /secret/],
    ['a client ID with a tail', { clientId: '12.34x' }, 'clientId', /not a client ID/],
    ['two lines', { clientId: '12.34\n12.34' }, 'clientId', /not a client ID/],
    ['an empty base URL', { environment: 'custom' }, 'baseUrl', /missing/],
    [
      'plain http far away',
      { environment: 'custom', baseUrl: 'http://slack.test' },
      'baseUrl',
      /https/,
    ],
    [
      'a name before the host',
      { environment: 'custom', baseUrl: 'https://a@b.test' },
      'baseUrl',
      /user name/,
    ],
    ['a query', { environment: 'custom', baseUrl: 'https://b.test?' }, 'baseUrl', /before/],
    [
      'a script',
      { environment: 'custom', baseUrl: 'javascript:alert(1)' },
      'baseUrl',
      /no web address/,
    ],
    ['paste without a URL', { strategy: 'paste' }, 'redirectUrl', /missing/],
    [
      'paste with http',
      { strategy: 'paste', redirectUrl: 'http://a.test/' },
      'redirectUrl',
      /https/,
    ],
    [
      'paste with a fragment',
      { strategy: 'paste', redirectUrl: 'https://a.test/#' },
      'redirectUrl',
      /#/,
    ],
    ['relay without a URL', { strategy: 'relay' }, 'redirectUrl', /missing/],
    [
      'relay with http',
      { strategy: 'relay', redirectUrl: 'http://a.test' },
      'redirectUrl',
      /https/,
    ],
    [
      'relay on this computer',
      { strategy: 'relay', redirectUrl: 'https://localhost:8443' },
      'redirectUrl',
      /public/,
    ],
    [
      'relay in this network',
      { strategy: 'relay', redirectUrl: 'https://192.168.1.4/x' },
      'redirectUrl',
      /public/,
    ],
    [
      'no scope of a user-only app',
      { flow: 'v2-user', userScopes: [] },
      'userScopes',
      /user scope/,
    ],
    ['no scope of a classic app', { flow: 'v1', userScopes: [] }, 'userScopes', /one scope/],
    ['PKCE with bot scopes', { strategy: 'pkce' }, 'botScopes', /these 6 scopes/],
    ['no scope', { botScopes: [], userScopes: [] }, 'botScopes', /at least one/],
    [
      'no scope with PKCE',
      { strategy: 'pkce', botScopes: [], userScopes: [] },
      'userScopes',
      /user scope/,
    ],
    [
      'sign-in beside others',
      { userScopes: ['openid', 'users:read'] },
      'userScopes',
      /cannot be mixed/,
    ],
    [
      'sign-in beside bot scopes',
      { userScopes: ['openid', 'email'] },
      'userScopes',
      /cannot be mixed/,
    ],
    ['a scope that was not added', { botTyped: 'files:read' }, 'botScopes', /Press Enter/],
    ['a user scope that was not added', { userTyped: ' x ' }, 'userScopes', /“x”/],
  ])('names the field: %s', (_, over, field, words) => {
    const form = { ...good, ...over }
    expect(problemFields(form)).toEqual([field])
    expect(checkForm(form)[field]).toMatch(words)
  })

  it.each<[string, Partial<SlackAppForm>]>([
    ['an emulator on this computer', { environment: 'custom', baseUrl: ' http://localhost:9000 ' }],
    ['http on IPv6 loopback', { environment: 'custom', baseUrl: 'http://[::1]:9000' }],
    ['a hidden base URL', { environment: 'slack', baseUrl: 'nonsense' }],
    ['a hidden redirect URL', { strategy: 'https', redirectUrl: 'nonsense' }],
    ['sign-in alone', { botScopes: [], userScopes: ['openid', 'profile', 'email'] }],
    ['sign-in, whatever the lists hold', { flow: 'openid', userScopes: ['openid', 'users:read'] }],
    ['bot scopes that a flow does not send', { flow: 'v2-user', strategy: 'pkce' }],
    ['a public relay', { strategy: 'relay', redirectUrl: 'https://relay.test/slack' }],
    ['unknown scopes', { botScopes: ['files:wirte'] }],
    ['spaces around the client ID', { clientId: ' 12.34 ' }],
  ])('lets pass: %s', (_, over) => {
    expect(problemFields({ ...good, ...over })).toEqual([])
  })

  it('offers the way out only for PKCE with bot scopes', () => {
    expect(hasForbiddenBotScopes({ ...good, strategy: 'pkce' })).toBe(true)
    expect(hasForbiddenBotScopes({ ...good, strategy: 'pkce', botScopes: [] })).toBe(false)
    expect(hasForbiddenBotScopes(good)).toBe(false)
  })
})

describe('checkClientSecret', () => {
  it.each<[string, string, boolean, RegExp]>([
    ['missing', ' ', true, /missing/],
    ['a token', ['xoxp', '1'].join('-'), false, /token/],
    ['a client ID', '12.34', false, /client ID/],
  ])('refuses %s', (_, text, isNeeded, words) => {
    expect(checkClientSecret(text, isNeeded)).toMatch(words)
  })

  it('needs none where one is stored, and takes any other text', () => {
    expect(checkClientSecret('', false)).toBeUndefined()
    expect(checkClientSecret('example', true)).toBeUndefined()
  })
})

describe('scopeWarning', () => {
  it.each<[string, 'bot' | 'user', string[], RegExp | undefined]>([
    ['known ones', 'bot', ['chat:write', 'commands'], undefined],
    ['a misspelt one', 'bot', ['files:wirte'], /does not have files:wirte/],
    ['one of the other side', 'bot', ['search:read'], /user scope only/],
    ['several', 'user', ['a:b', 'c:d'], /a:b, c:d/],
  ])('of %s', (_, side, scopes, words) => {
    const warning = scopeWarning(side, scopes)
    if (words) expect(warning).toMatch(words)
    else expect(warning).toBeUndefined()
  })
})

const NONE = { clientSecret: null, signingSecret: null, verificationToken: null }
const typed = { ...NONE, clientSecret: 'typed' }

describe('inputOf', () => {
  it('sends no secret of a PKCE app and no redirect URL but the pasted one', () => {
    const pkce = inputOf({ ...good, strategy: 'pkce', redirectUrl: 'https://a.test' }, typed)
    expect(pkce).toMatchObject({ clientSecret: null, redirectUrl: null })
    const paste = inputOf({ ...good, strategy: 'paste', redirectUrl: ' https://a.test ' }, typed)
    expect(paste).toMatchObject({ clientSecret: 'typed', redirectUrl: 'https://a.test' })
  })

  it('keeps the environment of an app that is changed', () => {
    const ref = { kind: 'custom', baseUrl: 'https://b.test' } as const
    const app = sampleSlackApp({ environment: { ref, label: 'b.test', host: 'b.test' } })
    expect(inputOf(formOf(app), NONE).environment).toEqual(ref)
  })
})
