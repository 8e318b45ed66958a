/** What oauth.v2.access answers to a code, read whichever way Slack nests it. */
import * as z from 'zod'
import { Secret } from '../platform/secret.ts'
import { SlackGarbage } from './errors.ts'
import { expiresIn, expiryMs, scopeList, text } from './wire.ts'

/** One token that Slack granted. */
export interface Granted {
  readonly token: Secret
  /** What Slack granted, which may be less than was asked for. */
  readonly scopes: string[]
  /** Epoch milliseconds; null where the token does not expire. */
  readonly expiresAtMs: number | null
  /** With token rotation alone; single use. */
  readonly refreshToken: Secret | null
}

/** Everything that one authorization gave. At least one of `bot` and `user` is there. */
export interface OAuthGrant {
  /** Slack's own ID of the app (A…). */
  readonly appId: string
  /** Null after an install on a whole organization. */
  readonly team: { readonly id: string; readonly name: string | null } | null
  readonly enterprise: { readonly id: string; readonly name: string | null } | null
  readonly isEnterpriseInstall: boolean
  readonly botUserId: string | null
  readonly authedUserId: string | null
  readonly bot: Granted | null
  readonly user: Granted | null
  readonly webhook: {
    readonly url: Secret
    readonly channel: string
    readonly channelId: string
    readonly configurationUrl: string
  } | null
}

const tokenFields = {
  access_token: text,
  token_type: text,
  scope: text,
  expires_in: expiresIn,
  refresh_token: text,
}
const place = z.object({ id: z.string().min(1), name: text }).nullish()

/** Source: slack-auth section 3 (docs: oauth.v2.access, oauth.v2.user.access). */
const answer = z.object({
  ok: z.literal(true),
  app_id: z.string().min(1),
  team: place,
  enterprise: place,
  is_enterprise_install: z.boolean().nullish(),
  bot_user_id: text,
  user_id: text,
  ...tokenFields,
  authed_user: z.object({ id: text, ...tokenFields }).nullish(),
  incoming_webhook: z
    .object({ url: z.string().min(1), channel: text, channel_id: text, configuration_url: text })
    .nullish(),
})
type Answer = z.infer<typeof answer>
type TokenAnswer = NonNullable<Answer['authed_user']>

/**
 * @param nowMs when the call was sent, epoch milliseconds: the token may live a little longer than
 * this says, never shorter
 * @throws SlackGarbage for another shape, or without any token
 */
export function parseGrant(json: unknown, nowMs: number): OAuthGrant {
  const parsed = answer.safeParse(json)
  if (!parsed.success) throw new SlackGarbage()
  const { data } = parsed
  const top = granted(data, nowMs)
  const nested = data.authed_user ? granted(data.authed_user, nowMs) : null
  const isTopUser = top !== null && isUserToken(data)
  const bot = isTopUser ? null : top
  const user = nested ?? (isTopUser ? top : null)
  if (bot === null && user === null) throw new SlackGarbage()
  return { ...whereAndWho(data), bot, user, webhook: webhookOf(data) }
}

function whereAndWho(data: Answer): Omit<OAuthGrant, 'bot' | 'user' | 'webhook'> {
  return {
    appId: data.app_id,
    team: data.team ?? null,
    enterprise: data.enterprise ?? null,
    isEnterpriseInstall: data.is_enterprise_install ?? false,
    botUserId: data.bot_user_id,
    authedUserId: data.authed_user?.id ?? data.user_id,
  }
}

function granted(fields: Omit<TokenAnswer, 'id'>, nowMs: number): Granted | null {
  if (fields.access_token === null) return null
  return {
    token: Secret.of(fields.access_token),
    scopes: scopeList(fields.scope),
    expiresAtMs: expiryMs(fields.expires_in, nowMs),
    refreshToken: fields.refresh_token === null ? null : Secret.of(fields.refresh_token),
  }
}

/** The schema also lists "granular_bot" for bots; without a type the token's own prefix tells. */
function isUserToken(data: Answer): boolean {
  if (data.token_type === 'user') return true
  if (data.token_type === 'bot' || data.token_type === 'granular_bot') return false
  return /^(?:xoxe\.)?xoxp-/.test(data.access_token ?? '')
}

function webhookOf({ incoming_webhook: webhook }: Answer): OAuthGrant['webhook'] {
  if (!webhook) return null
  const channelId = webhook.channel_id ?? webhook.channel ?? ''
  return {
    url: Secret.of(webhook.url),
    channel: webhook.channel ?? channelId,
    channelId,
    configurationUrl: webhook.configuration_url ?? '',
  }
}
