import { answerAddress } from './consent.ts'
import type { TestSlack, TestSlackApp } from './test-slack.ts'

/** A bot token that this Slack gives its app, got without Token Desk. */
export async function issueBotToken(slack: TestSlack, app: TestSlackApp): Promise<string> {
  const redirectUri = 'https://localhost:17871/callback'
  const authorize = new URL(`${slack.url}/oauth/v2/authorize`)
  const asked = { client_id: app.clientId, redirect_uri: redirectUri, state: 'state' }
  authorize.search = `${new URLSearchParams({ ...asked, scope: app.botScopes.join(',') })}`
  const code = new URL(await answerAddress(authorize.href)).searchParams.get('code') ?? ''
  const body = new URLSearchParams({
    client_id: app.clientId,
    client_secret: app.clientSecret ?? '',
    code,
    redirect_uri: redirectUri,
  })
  const answer = await fetch(`${slack.url}/api/oauth.v2.access`, { method: 'POST', body })
  const granted = (await answer.json()) as { access_token?: string; error?: string }
  if (granted.access_token === undefined) throw new Error(`no token: ${granted.error}`)
  return granted.access_token
}
