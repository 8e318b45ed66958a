/** Makes every kind of secret that the practice Slack hands out, and names them all. */
import type { PracticeSlack } from '../../../main/practice/practice-slack.ts'
import { configurationToken, MANIFEST, manifestCall } from './manifest-client.ts'
import {
  authorize,
  CHALLENGE,
  call,
  consent,
  DESKTOP_REDIRECT,
  formTokenOf,
  type Json,
  PKCE,
  register,
  VERIFIER,
} from './practice-client.ts'

/** By granular apps, with PKCE too; the codes are left unused. */
export async function issueByFlows(practice: PracticeSlack): Promise<string[]> {
  const secrets = [practice.clientSecret.expose(), VERIFIER, CHALLENGE]
  for (const tokenRotation of [false, true]) {
    const app = await register(practice, { tokenRotation })
    const query = { scope: 'chat:write,incoming-webhook', user_scope: 'search:read' }
    const answer = await authorize(practice, app, query)
    const code = (await consent(practice, { client_id: app.client_id, ...query })).get('code')
    const hook = answer.incoming_webhook as Json
    secrets.push(app.client_secret ?? '', code ?? '', new URL(`${hook.url}`).pathname)
    secrets.push(...tokensOf(answer), ...tokensOf(answer.authed_user as Json))
  }
  const pkce = await register(practice, { pkce: true })
  const query = { user_scope: 'search:read', redirect_uri: DESKTOP_REDIRECT, ...PKCE }
  secrets.push(...tokensOf((await authorize(practice, pkce, query)).authed_user as Json))
  const open = await consent(practice, { client_id: pkce.client_id, ...query })
  secrets.push(open.get('code') ?? '')
  return secrets
}

/** What a person or a program is shown once: apps from manifests, configuration tokens, sign-ins. */
export async function issueByManifests(practice: PracticeSlack): Promise<string[]> {
  const { token, refreshToken } = await configurationToken(practice)
  const rotated = await call(practice, 'tooling.tokens.rotate', { refresh_token: refreshToken })
  const secrets = [token, refreshToken, `${rotated.token}`, `${rotated.refresh_token}`]
  const created = await manifestCall(practice, 'create', token, { manifest: MANIFEST })
  const credentials = created.credentials as Record<string, string>
  const { client_id = '', ...told } = credentials
  const client = { client_id, client_secret: told.client_secret ?? '' }
  secrets.push(...Object.values(told))
  const classic = await authorize(practice, client, { scope: 'bot' }, {}, 'v1')
  secrets.push(...tokensOf(classic), `${(classic.bot as Json).bot_access_token}`)
  const query = { scope: 'openid,email', response_type: 'code' }
  const signIn = await authorize(practice, client, query, {}, 'openid')
  const parts = `${signIn.id_token}`.split('.')
  return [...secrets, ...tokensOf(signIn), ...parts.slice(1)]
}

/** The random words of a page that shows secrets once. */
export async function issueByPages({ url }: PracticeSlack): Promise<string[]> {
  const link = { new_app: '1', manifest_json: JSON.stringify(MANIFEST) }
  const shown: string[] = []
  for (const path of ['/apps', `/apps?${new URLSearchParams(link)}`]) {
    const form = formTokenOf(await (await fetch(`${url}${path}`)).text())
    const init = { method: 'POST', body: new URLSearchParams({ form }) }
    const page = await (await fetch(`${url}/apps`, init)).text()
    const all = [...page.matchAll(/<code>([^<]+)/g)].map(([, value]) => value ?? '')
    shown.push(form, ...all.filter((one) => one.length > 20 && !/^\d+\.\d+$/.test(one)))
  }
  return shown
}

function tokensOf(answer: Json): string[] {
  return [answer.access_token, answer.refresh_token].filter((one) => typeof one === 'string')
}
