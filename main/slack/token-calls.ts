/** Calls about one token: does it work, whose is it, end it. */
import type { Secret } from '../platform/secret.ts'
import type { SlackEndpoints } from './environment.ts'
import { SlackGarbage, SlackRefused } from './errors.ts'
import {
  parseRevoked,
  parseTeamInfo,
  parseTeamPage,
  parseTokenInfo,
  type TeamInfo,
  type TokenInfo,
} from './token-info.ts'
import { callSlack, type WebCall, type WebCallOptions } from './web-call.ts'

export type { TeamInfo, TokenInfo } from './token-info.ts'

function tokenCall(endpoints: SlackEndpoints, method: string, token: Secret): WebCall {
  const context = { during: 'token-call' } as const
  return { endpoints, method, token, fields: {}, isRepeatable: true, context }
}

/** auth.test; repeatable. */
export async function testToken(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  token: Secret,
): Promise<TokenInfo> {
  const nowMs = options.clock.now()
  return parseTokenInfo(await callSlack(options, tokenCall(endpoints, 'auth.test', token)), nowMs)
}

/** auth.revoke; sent once. */
export async function revokeToken(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  token: Secret,
): Promise<{ revoked: boolean }> {
  const once = { ...tokenCall(endpoints, 'auth.revoke', token), isRepeatable: false }
  return parseRevoked(await callSlack(options, once))
}

/** team.info; null where the token has no `team:read`. */
export async function teamInfo(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  token: Secret,
): Promise<TeamInfo | null> {
  try {
    return parseTeamInfo(await callSlack(options, tokenCall(endpoints, 'team.info', token)))
  } catch (thrown) {
    if (thrown instanceof SlackRefused && thrown.slackCode === 'missing_scope') return null
    throw thrown
  }
}

/** Slack's largest page. Source: slack-auth section 8 (docs: auth.teams.list). */
const PAGE_SIZE = 1000
/** Bounds a Slack that always has one more page; its pages may be smaller than asked for. */
const MAX_PAGES = 100
/** Far more workspaces than any organization has: they are kept, and shown in one list. */
const MAX_TEAMS = 20_000

/**
 * auth.teams.list, page by page; the time limit is for each page.
 *
 * @throws SlackGarbage for a list without an end: no part of it is answered as if it were all
 */
export async function listTeams(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  token: Secret,
): Promise<{ id: string; name: string }[]> {
  const found: { id: string; name: string }[] = []
  const call = tokenCall(endpoints, 'auth.teams.list', token)
  const seen = new Set<string>()
  for (let cursor: string | null = null; seen.size < MAX_PAGES; seen.add(cursor)) {
    const fields = { limit: `${PAGE_SIZE}`, cursor }
    const page = parseTeamPage(await callSlack(options, { ...call, fields }))
    found.push(...page.teams)
    if (found.length > MAX_TEAMS) break
    cursor = page.nextCursor
    if (cursor === null) return found
    // A page that leads back to itself would never end.
    if (seen.has(cursor)) break
  }
  throw new SlackGarbage()
}

export interface Uninstall {
  /** A token of the installation; most likely it has to be a user token. */
  readonly token: Secret
  readonly clientId: string
  readonly clientSecret: Secret
}

/** apps.uninstall; sent once. Source: slack-auth section 8. */
export async function uninstall(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  { token, clientId, clientSecret }: Uninstall,
): Promise<void> {
  const answer = await callSlack(options, {
    ...{ endpoints, method: 'apps.uninstall', token },
    fields: { client_id: clientId, client_secret: clientSecret },
    isRepeatable: false,
    context: { during: 'uninstall' },
  })
  // The library takes any `ok` that is not empty for a yes.
  if (answer.ok !== true) throw new SlackGarbage()
}
