/** What auth.test and team.info say about a token. */
import * as z from 'zod'
import { SlackGarbage } from './errors.ts'
import { expiresIn, expiryMs, parseAnswer, scopeList, text } from './wire.ts'

/** A token that works, as Slack sees it; null where Slack did not say. */
export interface TokenInfo {
  /** Null for a token of a whole organization. */
  readonly teamId: string | null
  readonly teamName: string | null
  /** Host of the workspace, such as `northwind-test.slack.com`. */
  readonly teamDomain: string | null
  readonly userId: string | null
  readonly userName: string | null
  readonly botId: string | null
  readonly appId: string | null
  readonly appName: string | null
  readonly enterpriseId: string | null
  readonly isEnterpriseInstall: boolean
  /** Epoch milliseconds; null where the token does not expire. */
  readonly expiresAtMs: number | null
  /** From the header `x-oauth-scopes`; empty where it was not sent. */
  readonly scopes: string[]
  readonly isBot: boolean
}

/** Source: slack-auth section 8 (docs: auth.test). Scopes are where @slack/web-api puts the header. */
const authTest = z.object({
  ok: z.literal(true),
  url: text,
  team: text,
  team_id: text,
  user: text,
  user_id: text,
  bot_id: text,
  app_id: text,
  app_name: text,
  enterprise_id: text,
  is_enterprise_install: z.boolean().nullish(),
  expires_in: expiresIn,
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
})
type AuthTest = z.infer<typeof authTest>

/**
 * @param nowMs when the call was sent, epoch milliseconds
 * @throws SlackGarbage for another shape, or when it names neither workspace nor organization
 */
export function parseTokenInfo(json: unknown, nowMs: number): TokenInfo {
  const data = parseAnswer(authTest, json)
  if (data.team_id === null && data.enterprise_id === null) throw new SlackGarbage()
  return {
    ...placeOf(data),
    userId: data.user_id,
    userName: data.user,
    botId: data.bot_id,
    appId: data.app_id,
    appName: data.app_name,
    expiresAtMs: expiryMs(data.expires_in, nowMs),
    scopes: scopeList(data.response_metadata?.scopes ?? null),
    isBot: data.bot_id !== null,
  }
}

type Place = Pick<
  TokenInfo,
  'teamId' | 'teamName' | 'teamDomain' | 'enterpriseId' | 'isEnterpriseInstall'
>

/** An org-wide token names its organization where others name their team: that is no team's ID. */
function placeOf(data: AuthTest): Place {
  const isOrganization = data.team_id !== null && data.team_id === data.enterprise_id
  return {
    teamId: isOrganization ? null : data.team_id,
    teamName: data.team,
    teamDomain: data.url !== null && URL.canParse(data.url) ? new URL(data.url).host || null : null,
    enterpriseId: data.enterprise_id,
    isEnterpriseInstall: data.is_enterprise_install ?? false,
  }
}

/** A workspace as team.info gives it. */
export interface TeamInfo {
  readonly name: string
  /** The part before `.slack.com`. */
  readonly domain: string | null
}

const teamAnswer = z.object({
  ok: z.literal(true),
  team: z.object({ name: z.string().min(1), domain: text }),
})

/** @throws SlackGarbage for another shape */
export function parseTeamInfo(json: unknown): TeamInfo {
  return parseAnswer(teamAnswer, json).team
}

const revokeAnswer = z.object({ ok: z.literal(true), revoked: z.boolean() })

/** @throws SlackGarbage for another shape */
export function parseRevoked(json: unknown): { revoked: boolean } {
  return { revoked: parseAnswer(revokeAnswer, json).revoked }
}

/** One page of the workspaces that an org-wide token covers. */
export interface TeamPage {
  readonly teams: { id: string; name: string }[]
  /** Null on the last page. */
  readonly nextCursor: string | null
}

const teamPage = z.object({
  ok: z.literal(true),
  teams: z.array(z.object({ id: z.string().min(1), name: text })),
  response_metadata: z.object({ next_cursor: text }).optional(),
})

/** @throws SlackGarbage for another shape */
export function parseTeamPage(json: unknown): TeamPage {
  const { teams, response_metadata: metadata } = parseAnswer(teamPage, json)
  return {
    teams: teams.map(({ id, name }) => ({ id, name: name ?? id })),
    nextCursor: metadata?.next_cursor ?? null,
  }
}
