/** What a web server with an OAuth flow of its own shows its users. There is no secret in any of it. */
import type { CallArgs } from '../contract/calls.ts'
import { InputError } from '../errors.ts'
import { slackEndpoints } from '../slack/environment.ts'
import type { SlackApp } from './slack-apps.ts'
import { urlsToRegister } from './urls-to-register.ts'

export type InstallLinkKind = CallArgs<'slack-apps/copy-install-link'>[1]

/**
 * The authorize link of an app as text, or a button with it as HTML. The server adds `state` itself,
 * and its own `redirect_uri` where it does not want the first one that is registered.
 *
 * Source: slack-auth sections 1, 5 and 6.
 *
 * @throws InputError for an app that lacks what the link needs
 */
export function installLink(app: SlackApp, kind: InstallLinkKind): string {
  if (app.clientId === '') {
    throw new InputError('clientId', 'The client ID is missing', 'Add it to the Slack app first.')
  }
  switch (kind) {
    case 'link':
      return app.flow === 'openid' ? signInUrl(app) : authorizeUrl(app)
    case 'add-to-slack':
      return button(app, ADD_TO_SLACK, authorizeUrl(app))
    case 'sign-in-with-slack':
      return button(app, SIGN_IN, signInUrl(app))
  }
}

function authorizeUrl(app: SlackApp): string {
  const { flow, clientId, botScopes, userScopes } = app
  if (flow === 'openid') {
    throw new InputError(
      'flow',
      'This app signs people in, and adds nothing to a workspace',
      'Copy the “Sign in with Slack” button instead.',
    )
  }
  if (botScopes.length + userScopes.length === 0) {
    throw new InputError('botScopes', 'No scope is chosen', 'Add a scope to the Slack app first.')
  }
  // Only v2 has two lists; the other flows have one, in `scope`.
  const [scope, userScope] = flow === 'v2' ? [botScopes, userScopes] : [userScopes, []]
  return address(slackEndpoints(app.environment).authorizeEndpoints[flow], {
    client_id: clientId,
    scope: scope.join(','),
    user_scope: userScope.join(','),
  })
}

const SIGN_IN_SCOPES = ['openid', 'email', 'profile']

/** Here Slack wants a redirect_uri, so the first one that is registered is named. */
function signInUrl(app: SlackApp): string {
  const [redirectUri] = urlsToRegister(app)
  if (redirectUri === undefined) {
    throw new InputError(
      'redirectUrl',
      'The redirect URL is missing',
      'Add it to the Slack app first: signing in needs one.',
    )
  }
  const scopes =
    app.flow === 'openid' && app.userScopes.length > 0 ? app.userScopes : SIGN_IN_SCOPES
  return address(slackEndpoints(app.environment).authorizeEndpoints.openid, {
    response_type: 'code',
    scope: scopes.join(' '),
    client_id: app.clientId,
    redirect_uri: redirectUri,
  })
}

/** Fields without a value are left out. */
function address(endpoint: string, fields: Readonly<Record<string, string>>): string {
  const url = new URL(endpoint)
  for (const [name, value] of Object.entries(fields)) {
    if (value !== '') url.searchParams.set(name, value)
  }
  // As in Slack's own examples; a plus that was meant is %2B here.
  return url.href.replaceAll('+', '%20')
}

interface Button {
  readonly text: string
  /** Name of Slack's published picture, and its size in pixels. */
  readonly picture: string
  readonly width: number
  readonly height: number
  /** What the server has to add to the address. */
  readonly comment: string
}

const ADD_TO_SLACK: Button = {
  text: 'Add to Slack',
  picture: 'add_to_slack',
  width: 139,
  height: 40,
  comment: 'Your server must add a state parameter to this address and check it afterwards.',
}
const SIGN_IN: Button = {
  text: 'Sign in with Slack',
  picture: 'sign_in_with_slack',
  width: 172,
  height: 40,
  comment:
    'Your server must add state and nonce parameters to this address and check both afterwards.',
}

/** Slack's own pictures are for slack.com alone; no other Slack's page loads anything from there. */
function button(app: SlackApp, { text, picture, width, height, comment }: Button, url: string) {
  const source = `https://platform.slack-edge.com/img/${picture}`
  const content =
    app.environment.kind === 'slack'
      ? `<img alt="${text}" height="${height}" width="${width}" src="${source}.png" srcset="${source}.png 1x, ${source}@2x.png 2x">`
      : text
  return `<!-- ${comment} -->\n<a href="${escaped(url)}">${content}</a>\n`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
