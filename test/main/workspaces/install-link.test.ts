import { describe, expect, it } from 'vitest'
import type { SlackAppInput } from '../../../main/contract/inputs.ts'
import { type InstallLinkKind, installLink } from '../../../main/workspaces/install-link.ts'
import { installLinkHandlers } from '../../../main/workspaces/install-link-handlers.ts'
import type { SlackApp } from '../../../main/workspaces/slack-apps.ts'
import { createFakeClipboard } from '../../fakes/fake-clipboard.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const KINDS: readonly InstallLinkKind[] = ['link', 'add-to-slack', 'sign-in-with-slack']

async function appOf(change: Partial<SlackAppInput> = {}): Promise<SlackApp> {
  const { slackApps } = await openWorkspaces()
  return slackApps.get(await slackApps.add(appInput(change)))
}

const SIGN_IN: Partial<SlackAppInput> = {
  flow: 'openid',
  botScopes: [],
  userScopes: ['openid', 'email'],
}

/** Every query parameter of the address. */
function query(address: string): Record<string, string> {
  return Object.fromEntries(new URL(address).searchParams)
}

/** The address of a button, as a browser reads it out of the page. */
function hrefOf(html: string): string {
  return (/href="([^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
}

describe('authorize links', () => {
  it('names client ID and both lists for v2, and nothing that the server adds', async () => {
    const app = await appOf({ botScopes: ['chat:write', 'commands'], userScopes: ['search:read'] })
    const link = installLink(app, 'link')
    expect(link).toMatch(/^https:\/\/slack\.com\/oauth\/v2\/authorize\?/)
    expect(query(link)).toEqual({
      client_id: app.clientId,
      scope: 'chat:write,commands',
      user_scope: 'search:read',
    })
  })

  it.each([
    {
      name: 'bot scopes alone',
      change: {},
      path: '/oauth/v2/authorize',
      fields: { scope: 'chat:write' },
    },
    {
      name: 'user scopes alone',
      change: { botScopes: [], userScopes: ['search:read'] },
      path: '/oauth/v2/authorize',
      fields: { user_scope: 'search:read' },
    },
    {
      name: 'the user-only flow',
      change: {
        flow: 'v2-user' as const,
        botScopes: [],
        userScopes: ['search:read', 'users:read'],
      },
      path: '/oauth/v2_user/authorize',
      fields: { scope: 'search:read,users:read' },
    },
    {
      name: 'a classic app',
      change: { flow: 'v1' as const, botScopes: [], userScopes: ['bot', 'commands'] },
      path: '/oauth/authorize',
      fields: { scope: 'bot,commands' },
    },
  ])('puts the scopes of $name where Slack reads them', async ({ change, path, fields }) => {
    const app = await appOf(change)
    const link = installLink(app, 'link')
    expect(new URL(link).pathname).toBe(path)
    expect(query(link)).toEqual({ client_id: app.clientId, ...fields })
  })

  it('signs in with the first registered redirect URL', async () => {
    const link = installLink(await appOf(SIGN_IN), 'link')
    expect(link).toMatch(/^https:\/\/slack\.com\/openid\/connect\/authorize\?/)
    // As in Slack's examples: a plus is not a blank to every parser.
    expect(link).toContain('scope=openid%20email')
    expect(query(link)).toMatchObject({
      response_type: 'code',
      scope: 'openid email',
      redirect_uri: 'https://localhost:17871/callback',
    })
  })

  it.each([
    { environment: { kind: 'govslack' } as const, origin: 'https://slack-gov.com' },
    { environment: { kind: 'practice' } as const, origin: 'http://localhost:17870' },
    {
      environment: { kind: 'custom', baseUrl: 'https://slack.example/base' } as const,
      origin: 'https://slack.example',
    },
  ])('leads to $origin alone, without a foreign picture', async ({ environment, origin }) => {
    const app = await appOf({ environment })
    for (const kind of KINDS) {
      const text = installLink(app, kind)
      expect(new URL(kind === 'link' ? text : hrefOf(text)).origin).toBe(origin)
      expect(text).not.toContain('slack-edge.com')
      expect(text).not.toContain('<img')
    }
  })
})

describe('buttons', () => {
  it('are Slack’s own for slack.com', async () => {
    const app = await appOf()
    const html = installLink(app, 'add-to-slack')
    expect(html).toBe(
      [
        '<!-- Your server must add a state parameter to this address and check it afterwards. -->',
        `<a href="https://slack.com/oauth/v2/authorize?client_id=${app.clientId}&amp;scope=chat%3Awrite"><img alt="Add to Slack" height="40" width="139" src="https://platform.slack-edge.com/img/add_to_slack.png" srcset="https://platform.slack-edge.com/img/add_to_slack.png 1x, https://platform.slack-edge.com/img/add_to_slack@2x.png 2x"></a>`,
        '',
      ].join('\n'),
    )
    expect(hrefOf(html)).toBe(installLink(app, 'link'))
  })

  it('sign in with all three scopes for an app of another flow, and ask for a nonce', async () => {
    const html = installLink(await appOf(), 'sign-in-with-slack')
    expect(html).toContain('src="https://platform.slack-edge.com/img/sign_in_with_slack.png"')
    expect(html).toContain('state and nonce')
    expect(query(hrefOf(html))).toMatchObject({
      scope: 'openid email profile',
      redirect_uri: 'https://localhost:17871/callback',
    })
  })

  it('stay one element whatever an app is called', async () => {
    const app = {
      ...(await appOf({
        strategy: 'paste',
        redirectUrl: 'https://example.org/"><script>alert(1)</script>\'&amp;--><!--',
      })),
      clientId: '1.2"><script>',
      botScopes: ['"><script>alert(1)</script>', "it's", '-->'],
    }
    for (const kind of KINDS.slice(1)) {
      const html = installLink(app, kind)
      const markup = html.replace(/"[^"]*"/g, '""')
      expect(markup).toMatch(/^<!-- [\w ]+\. -->\n<a href=""><img (?:\w+="" ?)+><\/a>\n$/)
      expect(html).not.toContain('<script')
      expect(html).not.toContain("'")
    }
  })
})

describe('what keeps a link from being made', () => {
  it.each([
    { name: 'no client ID', change: { clientId: '' }, kind: 'link', field: 'clientId' },
    { name: 'no scope', change: { botScopes: [] }, kind: 'add-to-slack', field: 'botScopes' },
    {
      name: 'no redirect URL to sign in with',
      change: { strategy: 'paste', redirectUrl: null },
      kind: 'sign-in-with-slack',
      field: 'redirectUrl',
    },
    { name: 'nothing to add', change: { flow: 'openid' }, kind: 'add-to-slack', field: 'flow' },
  ] as const)('is said: $name', async ({ change, kind, field }) => {
    const app: SlackApp = { ...(await appOf()), ...structuredClone(change), id: 'x' } as SlackApp
    expect(() => installLink(app, kind)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', field }),
    )
  })
})

describe('copying', () => {
  it('puts what was asked for on the clipboard, without a secret', async () => {
    const { slackApps } = await openWorkspaces()
    const clipboard = createFakeClipboard()
    const id = await slackApps.add(appInput({ signingSecret: 'placeholder-signing-secret' }))
    const copy = installLinkHandlers({ slackApps, clipboard })['slack-apps/copy-install-link']
    for (const kind of KINDS) {
      await copy(id, kind)
      const text = await clipboard.readText()
      expect(text).toBe(installLink(slackApps.get(id), kind))
      expect(text).not.toContain('placeholder')
    }
    expect(() => copy('gone', 'link')).toThrow(
      expect.objectContaining({ code: 'SLACK_APP_NOT_FOUND' }),
    )
  })
})
