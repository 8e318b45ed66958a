/** What oauth.v2.access answers to a code, read whichever way Slack nests it. */
import * as z from 'zod'
import { Secret } from '../platform/secret.ts'
import { SlackGarbage } from './errors.ts'
import { type Granted, granted, tokenFields } from './granted.ts'
import { parseAnswer, text } from './wire.ts'

/** Who signed in with Slack. Everything but the token comes from the verified ID token. */
export interface SignIn {
  /** Reads who the user is, and no more. */
  readonly token: Granted
  readonly idToken: Secret
  /** Epoch milliseconds; minutes after it was made. */
  readonly idTokenExpiresAtMs: number
  readonly userId: string
  readonly userName: string | null
  readonly email: string | null
}

/** Everything that one authorization gave: at least one of `bot`, `user`, `signIn` and `webhook`. */
export interface OAuthGrant {
  /** Slack's own ID of the app (A…); null where the flow does not tell it, as signing in. */
  readonly appId: string | null
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
  /** Came through classic OAuth (v1). */
  readonly isClassic: boolean
  readonly signIn: SignIn | null
}

/** The webhook that an exchange may bring; null or missing where it does not. */
export const incomingWebhook = z
  .object({ url: z.string().min(1), channel: text, channel_id: text, configuration_url: text })
  .nullish()
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
  incoming_webhook: incomingWebhook,
})
type Answer = z.infer<typeof answer>

/**
 * The answer of oauth.v2.access or oauth.v2.user.access, nested or flat.
 *
 * @param nowMs when the call was sent, epoch milliseconds: the token may live a little longer than
 * this says, never shorter
 * @throws SlackGarbage for another shape, or without any token and webhook
 */
export function parseGrant(json: unknown, nowMs: number): OAuthGrant {
  const data = parseAnswer(answer, json)
  const top = granted(data, nowMs)
  const nested = data.authed_user ? granted(data.authed_user, nowMs) : null
  const isTopUser = top !== null && isUserToken(data)
  const bot = isTopUser ? null : top
  const user = nested ?? (isTopUser ? top : null)
  const webhook = webhookOf(data.incoming_webhook)
  if (bot === null && user === null && webhook === null) throw new SlackGarbage()
  return { ...whereAndWho(data), bot, user, webhook, isClassic: false, signIn: null }
}

type WhereAndWho = Omit<OAuthGrant, 'bot' | 'user' | 'webhook' | 'isClassic' | 'signIn'>

function whereAndWho(data: Answer): WhereAndWho {
  return {
    appId: data.app_id,
    team: data.team ?? null,
    enterprise: data.enterprise ?? null,
    isEnterpriseInstall: data.is_enterprise_install ?? false,
    botUserId: data.bot_user_id,
    authedUserId: data.authed_user?.id ?? data.user_id,
  }
}

/** The schema also lists "granular_bot" for bots; without a type the token's own prefix tells. */
function isUserToken(data: Answer): boolean {
  if (data.token_type === 'user') return true
  if (data.token_type === 'bot' || data.token_type === 'granular_bot') return false
  return /^(?:xoxe\.)?xoxp-/.test(data.access_token ?? '')
}

/** The webhook as a grant holds it. */
export function webhookOf(webhook: z.infer<typeof incomingWebhook>): OAuthGrant['webhook'] {
  if (!webhook) return null
  const channelId = webhook.channel_id ?? webhook.channel ?? ''
  return {
    url: Secret.of(webhook.url),
    channel: webhook.channel ?? channelId,
    channelId,
    configurationUrl: webhook.configuration_url ?? '',
  }
}
