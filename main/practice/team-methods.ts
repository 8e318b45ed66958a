/** Methods about workspaces and bots. Source: slack-auth section 8. */
import type { Method, MethodAnswer, MethodCall } from './method.ts'
import { SlackProblem } from './slack-problem.ts'
import type { PracticeState } from './state.ts'
import { accessToken, needScope, placeOf } from './token-methods.ts'
import type { LiveToken } from './tokens.ts'
import { ORGANIZATION, organizationOf, type PracticePlace } from './world.ts'

export const TEAM_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['auth.teams.list', teamsList],
  ['team.info', teamInfo],
  ['bots.info', botsInfo],
])

const MAX_LIMIT = 1000
const DEFAULT_LIMIT = 100
const ICON = { icon: { image_default: true } }

/** The workspaces that the token covers, page by page. */
function teamsList(state: PracticeState, call: MethodCall): MethodAnswer {
  const live = accessToken(state, call)
  const place = placeOf(live)
  const all: readonly PracticePlace[] = place === ORGANIZATION ? ORGANIZATION.workspaces : [place]
  const limit = readLimit(call.fields.limit)
  const start = readCursor(call.fields.cursor, all.length)
  const page = all.slice(start, start + limit)
  const hasIcon = call.fields.include_icon === 'true' || call.fields.include_icon === '1'
  const next = start + limit < all.length ? cursorAt(start + limit) : ''
  const body = {
    ok: true,
    teams: page.map(({ id, name }) => ({ id, name, ...(hasIcon ? ICON : {}) })),
    response_metadata: { next_cursor: next },
  }
  return { body, scopes: live.grant.scopes, accepted: [] }
}

function readLimit(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_LIMIT
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > MAX_LIMIT) throw new SlackProblem('invalid_limit')
  return limit
}

function cursorAt(place: number): string {
  return Buffer.from(`team:${place}`).toString('base64')
}

function readCursor(text: string | undefined, count: number): number {
  if (text === undefined || text === '') return 0
  const place = /^team:(\d{1,4})$/.exec(Buffer.from(text, 'base64').toString())?.[1]
  if (place === undefined || Number(place) >= count) throw new SlackProblem('invalid_cursor')
  return Number(place)
}

function teamInfo(state: PracticeState, call: MethodCall): MethodAnswer {
  const live = accessToken(state, call)
  const { scopes } = live.grant
  needScope(scopes, 'team:read')
  const { id, name, domain } = calledTeam(live, call.fields.team_id ?? call.fields.team)
  const organization = organizationOf(id)
  const enterprise =
    organization === null
      ? {}
      : { enterprise_id: organization.id, enterprise_name: organization.name }
  const team = { id, name, domain, email_domain: '', ...ICON, ...enterprise }
  return { body: { ok: true, team }, scopes, accepted: ['team:read'] }
}

/** Without `bot` it is the bot of the token. */
function botsInfo(state: PracticeState, call: MethodCall): MethodAnswer {
  const live = accessToken(state, call)
  const { scopes, appId, teamId } = live.grant
  needScope(scopes, 'users:read')
  calledTeam(live, call.fields.team_id)
  const wanted = call.fields.bot ?? live.grant.botId
  const found = state.grants.find((one) => one.botId !== null && one.botId === wanted)
  if (found?.teamId !== teamId || found.appId !== appId) throw new SlackProblem('bot_not_found')
  const { name } = live.app
  const bot = { id: found.botId, app_id: appId, user_id: found.userId, name, deleted: false }
  return { body: { ok: true, bot }, scopes, accepted: ['users:read'] }
}

/**
 * The workspace that a call is about: an org-wide token has to name one of its own.
 *
 * @throws SlackProblem `team_access_not_granted`
 */
function calledTeam(live: LiveToken, teamId: string | undefined): PracticePlace {
  const place = placeOf(live)
  if (place !== ORGANIZATION) return place
  const found = ORGANIZATION.workspaces.find((one) => one.id === teamId)
  if (found === undefined) throw new SlackProblem('team_access_not_granted')
  return found
}
