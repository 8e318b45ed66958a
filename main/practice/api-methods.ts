/** The Web API methods that take a token. Each reads or changes the state and answers as Slack does. */
import * as z from 'zod'
import { SlackProblem } from './slack-problem.ts'
import type { PracticeState } from './state.ts'
import { type LiveToken, liveToken, revokeToken } from './tokens.ts'
import { findWorkspace, type PracticeWorkspace, workspaceUrl } from './world.ts'

export interface MethodCall {
  readonly fields: Readonly<Record<string, string>>
  /** From the bearer header or the body; null when there is none. */
  readonly token: string | null
  readonly nowMs: number
  readonly port: number
}

export interface MethodAnswer {
  readonly body: Record<string, unknown>
  /** What the token may do: the header `x-oauth-scopes`. */
  readonly scopes: readonly string[]
  /** What the method asks for: the header `x-accepted-oauth-scopes`. */
  readonly accepted: readonly string[]
}

type Method = (draft: PracticeState, call: MethodCall) => MethodAnswer

/** Source: slack-auth section 8. */
export const METHODS: ReadonlyMap<string, Method> = new Map([
  ['auth.test', authTest],
  ['auth.revoke', authRevoke],
  ['team.info', teamInfo],
])

function authTest(state: PracticeState, call: MethodCall): MethodAnswer {
  const live = accessToken(state, call)
  const { grant, app, token } = live
  const workspace = workspaceOf(live)
  const person = workspace.people.find((one) => one.userId === grant.userId)
  const body = {
    ok: true,
    url: workspaceUrl(workspace.domain, call.port),
    team: workspace.name,
    user: person?.name ?? app.name.toLowerCase().replace(/[^a-z0-9]+/g, '_'),
    team_id: workspace.id,
    user_id: grant.userId,
    ...(grant.botId === null ? {} : { bot_id: grant.botId }),
    app_id: app.appId,
    app_name: app.name,
    is_enterprise_install: false,
    ...(token.expiresAtMs === null
      ? {}
      : { expires_in: Math.floor((token.expiresAtMs - call.nowMs) / 1000) }),
  }
  return { body, scopes: grant.scopes, accepted: [] }
}

const isTest = z.enum(['1', 'true']).optional().catch(undefined)

function authRevoke(draft: PracticeState, call: MethodCall): MethodAnswer {
  const live = liveToken(draft, call.token, call.nowMs)
  const { scopes } = live.grant
  const revoked = isTest.parse(call.fields.test) === undefined
  if (revoked) revokeToken(draft, live, call.nowMs)
  return { body: { ok: true, revoked }, scopes, accepted: [] }
}

function teamInfo(state: PracticeState, call: MethodCall): MethodAnswer {
  const live = accessToken(state, call)
  const { scopes } = live.grant
  const accepted = ['team:read']
  if (!scopes.includes('team:read')) {
    throw new SlackProblem('missing_scope', { needed: 'team:read', provided: scopes.join(',') })
  }
  const { id, name, domain } = workspaceOf(live)
  const team = { id, name, domain, email_domain: '', icon: { image_default: true } }
  return { body: { ok: true, team }, scopes, accepted }
}

/** A refresh token is no token for calls. */
function accessToken(state: PracticeState, call: MethodCall): LiveToken {
  const live = liveToken(state, call.token, call.nowMs)
  if (live.token.kind === 'refresh') throw new SlackProblem('not_allowed_token_type')
  return live
}

function workspaceOf({ grant }: LiveToken): PracticeWorkspace {
  const found = findWorkspace(grant.teamId)
  if (found === undefined) throw new SlackProblem('account_inactive')
  return found
}
