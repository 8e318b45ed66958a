import * as z from 'zod'
import { Secret } from '../platform/secret.ts'
import { SlackGarbage } from './errors.ts'
import { type Granted, granted, tokenFields } from './granted.ts'
import { incomingWebhook, type OAuthGrant, webhookOf } from './oauth-grant.ts'
import { parseAnswer, scopeList, text } from './wire.ts'

/** Source: slack-auth section 5 (docs: oauth.access). */
const answer = z.object({
  ok: z.literal(true),
  app_id: text,
  team_id: z.string().min(1),
  team_name: text,
  enterprise_id: text,
  user_id: text,
  ...tokenFields,
  bot: z.object({ bot_user_id: text, bot_access_token: text, scope: text }).nullish(),
  incoming_webhook: incomingWebhook,
})
type Answer = z.infer<typeof answer>

/**
 * The answer of oauth.access (classic OAuth).
 *
 * @param nowMs when the call was sent, epoch milliseconds
 * @throws SlackGarbage for another shape, or without any token and webhook
 */
export function parseClassicGrant(json: unknown, nowMs: number): OAuthGrant {
  const data = parseAnswer(answer, json)
  const user = granted(data, nowMs)
  const bot = botOf(data)
  const webhook = webhookOf(data.incoming_webhook)
  if (user === null && bot === null && webhook === null) throw new SlackGarbage()
  return {
    appId: data.app_id,
    team: { id: data.team_id, name: data.team_name },
    enterprise: data.enterprise_id === null ? null : { id: data.enterprise_id, name: null },
    isEnterpriseInstall: false,
    botUserId: data.bot?.bot_user_id ?? null,
    authedUserId: data.user_id,
    ...{ bot, user, webhook },
    isClassic: true,
    signIn: null,
  }
}

/** `bot` is the umbrella scope of all that a classic bot may do; its tokens do not rotate. */
function botOf({ bot }: Answer): Granted | null {
  if (!bot || bot.bot_access_token === null) return null
  return {
    token: Secret.of(bot.bot_access_token),
    scopes: bot.scope === null ? ['bot'] : scopeList(bot.scope),
    expiresAtMs: null,
    refreshToken: null,
  }
}
