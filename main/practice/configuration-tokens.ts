/** App configuration tokens: per person and workspace, twelve hours, rotated. Source: slack-auth section 9. */
import { freshRefreshToken, freshRotatingToken, hashOf } from './fresh-secrets.ts'
import { type Method, plainAnswer } from './method.ts'
import { SlackProblem } from './slack-problem.ts'
import type { ConfigurationToken, PracticeState } from './state.ts'
import { findPlace, WORKSPACES } from './world.ts'

const LIFE_SECONDS = 43_200
/** What such a token may do. Source: docs: apps.manifest.create, apps.manifest.export. */
export const CONFIGURATION_SCOPES = ['app_configurations:read', 'app_configurations:write']

/** A pair as it is shown once; `iat` and `exp` are epoch seconds. */
export interface FreshConfigurationToken {
  readonly token: string
  readonly refreshToken: string
  readonly teamId: string
  readonly userId: string
  readonly iat: number
  readonly exp: number
}

/** Makes a pair for the first person of a workspace. @throws RangeError for an unknown workspace */
export function addConfigurationToken(
  draft: PracticeState,
  nowMs: number,
  teamId = WORKSPACES[0]?.id ?? '',
): FreshConfigurationToken {
  const userId = findPlace(teamId)?.people[0]?.userId
  if (userId === undefined) throw new RangeError('There is no such workspace')
  return issue(draft, { teamId, userId }, nowMs)
}

function issue(
  draft: PracticeState,
  owner: Pick<ConfigurationToken, 'teamId' | 'userId'>,
  nowMs: number,
): FreshConfigurationToken {
  const token = freshRotatingToken('user')
  const refreshToken = freshRefreshToken()
  const { teamId, userId } = owner
  const iat = Math.floor(nowMs / 1000)
  draft.configurationTokens.push({
    hash: hashOf(token),
    refreshHash: hashOf(refreshToken),
    teamId,
    userId,
    issuedAtMs: nowMs,
    expiresAtMs: (iat + LIFE_SECONDS) * 1000,
    revokedAtMs: null,
    isRotated: false,
  })
  return { token, refreshToken, teamId, userId, iat, exp: iat + LIFE_SECONDS }
}

/** The token with this text, dead or alive; undefined for any other. */
export function findConfigurationToken(
  state: PracticeState,
  text: string | null,
): ConfigurationToken | undefined {
  const hash = hashOf(text ?? '')
  return state.configurationTokens.find((one) => one.hash === hash)
}

/** @throws SlackProblem `token_revoked`, `token_expired` */
export function checkConfigurationToken(token: ConfigurationToken, nowMs: number): void {
  if (token.revokedAtMs !== null) throw new SlackProblem('token_revoked')
  if (token.expiresAtMs <= nowMs) throw new SlackProblem('token_expired')
}

/** A refresh token works once; the token it came with lives on to its end. */
export const toolingTokensRotate: Method = (draft, { fields, nowMs }) => {
  const hash = hashOf(fields.refresh_token ?? '')
  const old = draft.configurationTokens.find((one) => one.refreshHash === hash)
  if (old === undefined || old.isRotated || old.revokedAtMs !== null) {
    throw new SlackProblem('invalid_refresh_token')
  }
  old.isRotated = true
  const { token, refreshToken, teamId, userId, iat, exp } = issue(draft, old, nowMs)
  const ids = { team_id: teamId, user_id: userId }
  return plainAnswer({ ok: true, token, refresh_token: refreshToken, ...ids, iat, exp })
}
