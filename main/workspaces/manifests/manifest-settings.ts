/** What a manifest says about authorizing, read tolerantly: Slack's own may hold anything. */
import * as z from 'zod'
import type { EnvironmentRef } from '../../contract/views.ts'
import type { SlackAppMeta } from '../records.ts'
import { urlsToRegister } from '../urls-to-register.ts'
import type { ManifestValue } from './manifest-text.ts'

export interface ManifestSettings {
  /** Empty where it has none. */
  readonly name: string
  readonly redirectUrls: readonly string[]
  readonly pkce: boolean
  readonly tokenRotation: boolean
  readonly botScopes: string[]
  readonly userScopes: string[]
  readonly optionalScopes: string[]
}

const texts = z
  .array(z.unknown())
  .transform((items) => items.filter((item) => typeof item === 'string'))
  .catch([])
const flag = z.boolean().catch(false)
const block = <S extends z.ZodRawShape>(shape: S) =>
  z.object(shape).catch(z.object(shape).parse({}))

const manifest = z.object({
  display_information: block({ name: z.string().catch('') }),
  oauth_config: block({
    redirect_urls: texts,
    pkce_enabled: flag,
    scopes: block({ bot: texts, user: texts, bot_optional: texts, user_optional: texts }),
  }),
  settings: block({ token_rotation_enabled: flag }),
})

/** Source: slack-auth section 9 (docs: reference/app-manifest). */
export function manifestSettings(value: ManifestValue): ManifestSettings {
  const { display_information: display, oauth_config: oauth, settings } = manifest.parse(value)
  const { bot, user, bot_optional: botOptional, user_optional: userOptional } = oauth.scopes
  return {
    name: display.name.trim(),
    redirectUrls: oauth.redirect_urls,
    pkce: oauth.pkce_enabled,
    tokenRotation: settings.token_rotation_enabled,
    botScopes: unique(bot),
    userScopes: unique(user),
    optionalScopes: unique([...botOptional, ...userOptional]),
  }
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)]
}

/** How Slack's answer comes back, as an app entry keeps it. */
export type Redirect = Pick<SlackAppMeta, 'strategy' | 'redirectUrl'>

/**
 * The way back that this manifest registers: http on localhost for a PKCE app, our https addresses,
 * else the user's own address, to be pasted.
 *
 * @param before the way of now, which stays while the manifest registers it
 */
export function redirectOf(
  settings: ManifestSettings,
  environment: EnvironmentRef,
  before: Redirect | null = null,
): Redirect {
  if (before !== null && isRegistered(settings, environment, before)) return before
  const pkce = { strategy: 'pkce', redirectUrl: null } as const
  if (isRegistered(settings, environment, pkce)) return pkce
  const https = { strategy: 'https', redirectUrl: null } as const
  if (isRegistered(settings, environment, https)) return https
  return { strategy: 'paste', redirectUrl: pastedUrl(settings.redirectUrls) }
}

function isRegistered(
  settings: ManifestSettings,
  environment: EnvironmentRef,
  redirect: Redirect,
): boolean {
  if (redirect.strategy === 'pkce' && !settings.pkce) return false
  return urlsToRegister({ ...redirect, environment }).some((url) =>
    settings.redirectUrls.some((saved) => covers(saved, url)),
  )
}

/** Slack takes a saved address and what lies below it. Source: slack-auth section 2. */
function covers(saved: string, url: string): boolean {
  return url === saved || url.startsWith(saved.endsWith('/') ? saved : `${saved}/`)
}

function pastedUrl(urls: readonly string[]): string | null {
  return urls.find((url) => url.startsWith('https://')) ?? null
}
