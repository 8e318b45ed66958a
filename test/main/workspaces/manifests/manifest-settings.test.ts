import { describe, expect, it } from 'vitest'
import type { EnvironmentRef } from '../../../../main/contract/views.ts'
import {
  manifestSettings,
  redirectOf,
} from '../../../../main/workspaces/manifests/manifest-settings.ts'

const SLACK: EnvironmentRef = { kind: 'slack' }
const OURS = 'https://localhost:17871/callback'
const OURS_HTTP = 'http://localhost:17872/callback'

const withUrls = (urls: string[], pkce = false) =>
  manifestSettings({ oauth_config: { redirect_urls: urls, pkce_enabled: pkce } })

describe('what a manifest says', () => {
  it('is read whole', () => {
    const settings = manifestSettings({
      display_information: { name: ' Deploy Bot ' },
      oauth_config: {
        redirect_urls: [OURS],
        pkce_enabled: true,
        scopes: {
          bot: ['chat:write', 'chat:write'],
          user: ['search:read'],
          bot_optional: ['chat:write'],
          user_optional: ['search:read'],
        },
      },
      settings: { token_rotation_enabled: true },
    })
    expect(settings).toEqual({
      name: 'Deploy Bot',
      redirectUrls: [OURS],
      pkce: true,
      tokenRotation: true,
      botScopes: ['chat:write'],
      userScopes: ['search:read'],
      optionalScopes: ['chat:write', 'search:read'],
    })
  })

  it.each([
    { name: 'nothing', value: {} },
    {
      name: 'blocks of no kind',
      value: { display_information: 1, oauth_config: [], settings: 'x' },
    },
    {
      name: 'fields of no kind',
      value: {
        display_information: { name: 7 },
        oauth_config: { redirect_urls: {}, pkce_enabled: 'yes', scopes: { bot: 'x', user: [1] } },
        settings: { token_rotation_enabled: 1 },
      },
    },
  ])('is empty for $name', ({ value }) => {
    expect(manifestSettings(value)).toEqual({
      name: '',
      redirectUrls: [],
      pkce: false,
      tokenRotation: false,
      botScopes: [],
      userScopes: [],
      optionalScopes: [],
    })
  })
})

describe('the way back', () => {
  const paste = (redirectUrl: string | null) => ({ strategy: 'paste', redirectUrl })
  const https = { strategy: 'https', redirectUrl: null }
  it.each([
    {
      name: 'http on localhost with PKCE',
      settings: withUrls([OURS_HTTP], true),
      way: { strategy: 'pkce', redirectUrl: null },
    },
    { name: 'our https address', settings: withUrls(['https://example.org/a', OURS]), way: https },
    { name: 'our https address with PKCE', settings: withUrls([OURS], true), way: https },
    { name: 'an address above ours', settings: withUrls(['https://localhost:17871/']), way: https },
    {
      name: 'our host without a slash',
      settings: withUrls(['https://localhost:17871']),
      way: https,
    },
    {
      name: 'the user’s own https address',
      settings: withUrls(['http://x.org', 'https://example.org/a']),
      way: paste('https://example.org/a'),
    },
    {
      name: 'another port of localhost',
      settings: withUrls(['https://localhost:3000/callback']),
      way: paste('https://localhost:3000/callback'),
    },
    {
      name: 'a name that begins like ours',
      settings: withUrls([`${OURS}-other`]),
      way: paste(`${OURS}-other`),
    },
    { name: 'http on localhost without PKCE', settings: withUrls([OURS_HTTP]), way: paste(null) },
    { name: 'none', settings: withUrls([]), way: paste(null) },
  ])('is found for $name', ({ settings, way }) => {
    expect(redirectOf(settings, SLACK)).toEqual(way)
  })

  it.each([
    { name: 'a relay', way: { strategy: 'relay', redirectUrl: 'https://relay.example/slack' } },
    { name: 'pasting', way: { strategy: 'paste', redirectUrl: 'https://relay.example/slack' } },
  ] as const)('stays $name while it is registered', ({ way }) => {
    expect(redirectOf(withUrls([OURS, 'https://relay.example/slack']), SLACK, way)).toBe(way)
    expect(redirectOf(withUrls([OURS]), SLACK, way)).toEqual(https)
  })

  it('is of this Slack alone', () => {
    const other: EnvironmentRef = { kind: 'custom', baseUrl: 'https://slack.example' }
    expect(redirectOf(withUrls([OURS]), other)).toEqual(paste(OURS))
  })
})
