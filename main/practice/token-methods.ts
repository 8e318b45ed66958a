/** Methods that say who a token is, where it works, or end it. Source: slack-auth section 8. */
import * as z from 'zod'
import {
  CONFIGURATION_SCOPES,
  checkConfigurationToken,
  findConfigurationToken,
} from './configuration-tokens.ts'
import { clientOf } from './exchange-token.ts'
import { identityClaims } from './id-tokens.ts'
import { type Method, type MethodAnswer, type MethodCall, plainAnswer } from './method.ts'
import { SlackProblem } from './slack-problem.ts'
import type { ConfigurationToken, PracticeState } from './state.ts'
import { endInstallation, type LiveToken, liveToken, revokeToken } from './tokens.ts'
import { findPlace, ORGANIZATION, organizationOf, type PracticePlace, placeUrl } from './world.ts'

export const TOKEN_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['auth.test', authTest],
  ['auth.revoke', authRevoke],
  ['openid.connect.userInfo', userInfo],
])

/** Methods that take a secret beside the token. */
export const uninstall: Method = (draft, call) => {
  const live = accessToken(draft, call)
  const app = clientOf(draft, call)
  if (app.appId !== live.app.appId) throw new SlackProblem('client_id_token_mismatch')
  // A granular bot may not uninstall its own app.
  if (live.grant.kind === 'bot') throw new SlackProblem('no_permission')
  endInstallation(draft, live, call.nowMs)
  return plainAnswer({ ok: true })
}

function authTest(state: PracticeState, call: MethodCall): MethodAnswer {
  const configuration = findConfigurationToken(state, call.token)
  if (configuration !== undefined) return configurationTest(configuration, call)
  const live = accessToken(state, call)
  const { grant, app, token } = live
  const place = placeOf(live)
  const person = place.people.find((one) => one.userId === grant.userId)
  const body = {
    ok: true,
    ...placeTest(place, call.port),
    user: person?.name ?? app.name.toLowerCase().replace(/[^a-z0-9]+/g, '_'),
    user_id: grant.userId,
    ...(grant.botId === null ? {} : { bot_id: grant.botId }),
    app_id: app.appId,
    app_name: app.name,
    ...(token.expiresAtMs === null ? {} : { expires_in: secondsLeft(token.expiresAtMs, call) }),
  }
  return { body, scopes: grant.scopes, accepted: [] }
}

/** A configuration token acts as its maker; nothing in its shape tells it from a user token. */
function configurationTest(token: ConfigurationToken, call: MethodCall): MethodAnswer {
  checkConfigurationToken(token, call.nowMs)
  const place = findPlace(token.teamId)
  if (place === undefined) throw new SlackProblem('account_inactive')
  const body = {
    ok: true,
    ...placeTest(place, call.port),
    user: place.people.find((one) => one.userId === token.userId)?.name,
    user_id: token.userId,
    expires_in: secondsLeft(token.expiresAtMs, call),
  }
  return { body, scopes: CONFIGURATION_SCOPES, accepted: [] }
}

function placeTest(place: PracticePlace, port: number): Record<string, unknown> {
  const organization = organizationOf(place.id)
  return {
    url: placeUrl(place, port),
    team: place.name,
    team_id: place.id,
    ...(organization === null ? {} : { enterprise_id: organization.id }),
    is_enterprise_install: place.id === ORGANIZATION.id,
  }
}

function secondsLeft(endMs: number, { nowMs }: MethodCall): number {
  return Math.floor((endMs - nowMs) / 1000)
}

const isTest = z.enum(['1', 'true']).optional().catch(undefined)

function authRevoke(draft: PracticeState, call: MethodCall): MethodAnswer {
  const revoked = isTest.parse(call.fields.test) === undefined
  const configuration = findConfigurationToken(draft, call.token)
  if (configuration !== undefined) {
    checkConfigurationToken(configuration, call.nowMs)
    if (revoked) configuration.revokedAtMs = call.nowMs
    return { body: { ok: true, revoked }, scopes: CONFIGURATION_SCOPES, accepted: [] }
  }
  const live = liveToken(draft, call.token, call.nowMs)
  const { scopes } = live.grant
  if (revoked) revokeToken(draft, live, call.nowMs)
  return { body: { ok: true, revoked }, scopes, accepted: [] }
}

/** Source: slack-auth section 6. */
function userInfo(state: PracticeState, call: MethodCall): MethodAnswer {
  const { grant } = accessToken(state, call)
  const { scopes } = grant
  needScope(scopes, 'openid')
  const body = { ok: true, ...identityClaims(grant.teamId, grant.userId, scopes) }
  return { body, scopes, accepted: ['openid'] }
}

/** A refresh token is no token for calls, and a configuration token none for an app's. */
export function accessToken(state: PracticeState, call: MethodCall): LiveToken {
  const configuration = findConfigurationToken(state, call.token)
  if (configuration !== undefined) {
    checkConfigurationToken(configuration, call.nowMs)
    throw new SlackProblem('not_allowed_token_type')
  }
  const live = liveToken(state, call.token, call.nowMs)
  if (live.token.kind === 'refresh') throw new SlackProblem('not_allowed_token_type')
  return live
}

/** @throws SlackProblem `missing_scope` */
export function needScope(scopes: readonly string[], needed: string): void {
  if (scopes.includes(needed)) return
  throw new SlackProblem('missing_scope', { needed, provided: scopes.join(',') })
}

/** Where the token was installed. */
export function placeOf({ grant }: LiveToken): PracticePlace {
  const found = findPlace(grant.teamId)
  if (found === undefined) throw new SlackProblem('account_inactive')
  return found
}
