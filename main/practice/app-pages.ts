/** The pages of the Slack apps: a list, and simple settings pages. Nothing secret but what is shown once. */

import type { FreshConfigurationToken } from './configuration-tokens.ts'
import { authorizeQuery } from './created-app.ts'
import { ANSWERS_PATH, LIST_PATH } from './description.ts'
import { form, row } from './form-parts.ts'
import type { Reply } from './messages.ts'
import { escapeHtml, pageReply } from './page.ts'
import type { PracticeApp } from './state.ts'

/** All apps, the button for configuration tokens, and the way to planned answers. */
export function appsPage(apps: readonly PracticeApp[], formToken: string): Reply {
  const rows = apps.map(
    (app) =>
      `<h2><a href="${LIST_PATH}/${app.appId}">${escapeHtml(app.name)}</a></h2>\n<dl>${row('Client ID', [app.clientId])}${row('Redirect URLs', app.redirectUrls)}</dl>`,
  )
  const button = form(
    LIST_PATH,
    formToken,
    '<div class="actions"><div class="buttons"><button class="filled">Generate token</button></div></div>',
  )
  return pageReply(
    'Slack apps',
    `<h1>Slack apps of the practice Slack</h1>
<p>Token Desk registers apps here by itself. Their secrets were shown once; only hashes are kept.</p>
<p><a href="${ANSWERS_PATH}">Make the next call fail…</a></p>
${rows.join('\n')}
<h2>Your App Configuration Tokens</h2>
<p>With such a token a program makes and changes apps by their manifests. It lives 12 hours.</p>
${button}`,
  )
}

/** A pair, shown this once. */
export function configurationTokenPage(pair: FreshConfigurationToken): Reply {
  return pageReply(
    'App configuration token',
    `<h1>Your app configuration token</h1>
<p>Copy both now: they are shown this once. The access token lives 12 hours; the refresh token gets a new pair, once.</p>
<dl>${row('Access token', [pair.token])}${row('Refresh token', [pair.refreshToken])}${row('Workspace', [pair.teamId])}</dl>
<p><a href="${LIST_PATH}">Back to the Slack apps</a></p>`,
  )
}

/** `/apps/A…`. */
export function appPage(app: PracticeApp): Reply {
  const base = `${LIST_PATH}/${app.appId}`
  return pageReply(
    app.name,
    `<h1>${escapeHtml(app.name)}</h1>
<p><a href="${base}/oauth">OAuth and permissions</a> · <a href="${base}/install-on-team">Install app</a> · <a href="${LIST_PATH}">All apps</a></p>
<h2>App credentials</h2>
<dl>${row('App ID', [app.appId])}${row('Client ID', [app.clientId])}</dl>
<p>The secrets were shown once, when the app was made.</p>
<h2>Settings</h2>
<dl>${row('PKCE', [onOff(app.pkce)])}${row('Token rotation', [onOff(app.tokenRotation)])}${row('Organization-wide', [onOff(app.orgDeploy)])}</dl>`,
  )
}

/** `/apps/A…/oauth`. */
export function appOAuthPage(app: PracticeApp): Reply {
  return pageReply(
    `OAuth and permissions of ${app.name}`,
    `<h1>OAuth and permissions</h1>
<p><a href="${LIST_PATH}/${app.appId}">${escapeHtml(app.name)}</a></p>
<h2>Redirect URLs</h2>
<dl>${row('Saved', app.redirectUrls)}</dl>
<h2>Scopes</h2>
<dl>${row('Bot', app.botScopes)}${row('Bot, optional', app.botOptional)}${row('User', app.userScopes)}${row('User, optional', app.userOptional)}</dl>`,
  )
}

/** `/apps/A…/install-on-team`. */
export function appInstallPage(app: PracticeApp): Reply {
  const hasScopes = app.botScopes.length + app.userScopes.length > 0
  const address = `/oauth/v2/authorize?${authorizeQuery(app.clientId, app)}`
  const install = hasScopes
    ? `<p><a href="${escapeHtml(address)}">Install to a workspace</a></p>`
    : '<p>The settings of this app name no scopes, so its authorize URL has to.</p>'
  return pageReply(
    `Install ${app.name}`,
    `<h1>Install app</h1>
<p><a href="${LIST_PATH}/${app.appId}">${escapeHtml(app.name)}</a></p>
${install}
<p>Slack would show the tokens here afterwards. The practice Slack keeps none that it could show.</p>`,
  )
}

function onOff(isOn: boolean): string {
  return isOn ? 'on' : 'off'
}
