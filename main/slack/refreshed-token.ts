import * as z from 'zod'
import { Secret } from '../platform/secret.ts'
import { SlackGarbage } from './errors.ts'
import { tokenFields } from './granted.ts'
import { expiryMs, parseAnswer, scopeList, text } from './wire.ts'

/** A pair as Slack gave it. */
export interface RefreshedToken {
  readonly token: Secret
  readonly refreshToken: Secret
  /** Epoch milliseconds. */
  readonly expiresAtMs: number
  /** Empty where Slack did not tell. */
  readonly scopes: readonly string[]
  /**
   * What the pair is for, null where Slack did not tell: an answer for another app, team, user or kind
   * of token is not stored as ours.
   */
  readonly kind: 'bot' | 'user' | null
  readonly appId: string | null
  readonly teamId: string | null
  readonly enterpriseId: string | null
  /** Of a bot, the user that it is. */
  readonly userId: string | null
}

const place = z.object({ id: text }).nullish()

/**
 * Flat for bots and users alike; some answers nest the user's part as a first exchange does. Source:
 * slack-auth section 3 (docs: oauth.v2.access), and 6 for sign-ins, which tell less.
 */
const answer = z.object({
  ok: z.literal(true),
  app_id: text,
  team: place,
  enterprise: place,
  bot_user_id: text,
  user_id: text,
  ...tokenFields,
  authed_user: z.object({ id: text, ...tokenFields }).nullish(),
})
type Answer = z.infer<typeof answer>

/** What was asked for. */
export interface RefreshAsked {
  /** False for a bot token. */
  readonly isUser: boolean
  /** When the call was sent, epoch milliseconds: the token may live a little longer, never shorter. */
  readonly nowMs: number
  /** The refresh token that was sent, null in an exchange: one that Slack does not replace goes on (RFC 6749 section 6). */
  readonly spent: Secret | null
}

/** Always so long. Source: slack-auth section 4 (docs: using token rotation). */
const LIFE_SECONDS = 43_200

/** @throws SlackGarbage for another shape, or without a token or anything that renews it */
export function parseRefreshed(json: unknown, asked: RefreshAsked): RefreshedToken {
  const data = parseAnswer(answer, json)
  const nested = data.authed_user?.access_token ? data.authed_user : null
  const isNested = nested !== null && (asked.isUser || data.access_token === null)
  const fields = isNested ? nested : data
  const { access_token: token, refresh_token: next } = fields
  const refreshToken = next === null ? asked.spent : Secret.of(next)
  if (token === null || refreshToken === null) throw new SlackGarbage()
  const kind = isNested ? 'user' : kindOf(data, token)
  return {
    token: Secret.of(token),
    refreshToken,
    expiresAtMs: expiryMs(fields.expires_in ?? LIFE_SECONDS, asked.nowMs) ?? asked.nowMs,
    scopes: scopeList(fields.scope),
    kind,
    appId: data.app_id,
    teamId: data.team?.id ?? null,
    enterpriseId: data.enterprise?.id ?? null,
    userId: kind === 'bot' ? data.bot_user_id : (data.authed_user?.id ?? data.user_id),
  }
}

/** The type as Slack names it; without one the token's own prefix tells. */
function kindOf({ token_type: type }: Answer, token: string): RefreshedToken['kind'] {
  if (type === 'bot' || type === 'granular_bot') return 'bot'
  if (type === 'user') return 'user'
  return KINDS[/^(?:xoxe\.)?(xox[bp])-/.exec(token)?.[1] ?? ''] ?? null
}

const KINDS: Readonly<Record<string, RefreshedToken['kind']>> = { xoxb: 'bot', xoxp: 'user' }
