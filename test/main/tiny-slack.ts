/** A Slack of forty lines, by its documentation alone: it says yes at once. Nothing of ours is in it. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface TinySlack {
  readonly url: string
  readonly botToken: string
  /** The methods that were called, in order. */
  readonly calls: string[]
}

/** Ends with the test. */
export async function startTinySlack(): Promise<TinySlack> {
  const [botToken, userToken] = [`xoxb-1-tiny-${'b'.repeat(9)}`, `xoxp-1-tiny-${'u'.repeat(9)}`]
  const calls: string[] = []
  const team = { id: 'T0TINY', name: 'Tiny Team' }
  const answers: Record<string, (fields: URLSearchParams) => object> = {
    'oauth.v2.access': (fields) =>
      fields.get('code') === 'tiny-code' && fields.get('client_secret')
        ? {
            ...{ ok: true, app_id: 'A0TINY', team, enterprise: null, token_type: 'bot' },
            ...{ access_token: botToken, scope: 'chat:write', bot_user_id: 'U0BOT' },
            authed_user: { id: 'U1', access_token: userToken, scope: 'search:read' },
          }
        : { ok: false, error: 'invalid_code' },
    'auth.test': () => ({ ok: true, team_id: team.id, team: team.name, user_id: 'U1' }),
  }
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://tiny')
    if (pathname === '/oauth/v2/authorize') {
      const back = new URL(searchParams.get('redirect_uri') ?? '')
      back.search = `code=tiny-code&state=${searchParams.get('state')}`
      return response.writeHead(302, { Location: back.href }).end()
    }
    const method = pathname.replace('/api/', '')
    calls.push(method)
    const answer = answers[method]?.(new URLSearchParams(await bodyOf(request)))
    const type = { 'Content-Type': 'application/json' }
    response.writeHead(200, type).end(JSON.stringify(answer ?? { ok: false, error: 'no_method' }))
  })
  return { url: `http://localhost:${await listen(server)}`, botToken, calls }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}
