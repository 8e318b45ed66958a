/** The app manifest: its shape as plain data, made from what a form says. */

export { type ManifestRule, manifestRules } from './manifest-rules.ts'

export interface ManifestForm {
  readonly name: string
  readonly description: string
  readonly redirectUrls: readonly string[]
  readonly botScopes: readonly string[]
  readonly userScopes: readonly string[]
  /** Those of the two lists that the user may untick on Slack's page. */
  readonly optionalScopes: readonly string[]
  readonly pkce: boolean
  readonly tokenRotation: boolean
  readonly socketMode: boolean
  readonly orgDeploy: boolean
}

interface Scopes {
  readonly bot?: string[]
  readonly user?: string[]
  readonly bot_optional?: string[]
  readonly user_optional?: string[]
}

/** What Token Desk writes of a manifest; Slack's has more. Source: slack-auth section 9. */
export interface Manifest {
  readonly display_information: { readonly name: string; readonly description?: string }
  readonly features?: {
    readonly bot_user: { readonly display_name: string; readonly always_online: boolean }
  }
  readonly oauth_config?: {
    readonly redirect_urls?: string[]
    readonly scopes?: Scopes
    readonly pkce_enabled?: true
  }
  readonly settings: {
    readonly incoming_webhooks?: { readonly incoming_webhooks_enabled: true }
    readonly org_deploy_enabled: boolean
    readonly socket_mode_enabled: boolean
    readonly token_rotation_enabled: boolean
  }
}

/** Characters that Slack takes for the name of a bot user. */
export const MAX_BOT_NAME = 80

/**
 * The manifest of a form, as it stands: what is wrong with it, `manifestRules` says. Holds no empty
 * list and no empty block, since Slack refuses them.
 */
export function buildManifest(form: ManifestForm): Manifest {
  const name = form.name.trim()
  const description = form.description.trim()
  const oauth = oauthConfig(form)
  return {
    display_information: { name, ...(description === '' ? {} : { description }) },
    ...(form.botScopes.length === 0 ? {} : { features: { bot_user: botUser(name) } }),
    ...(Object.keys(oauth).length === 0 ? {} : { oauth_config: oauth }),
    settings: settings(form),
  }
}

/** Only with bot scopes: a bot user without any is refused as well as scopes without a bot user. */
function botUser(name: string): { display_name: string; always_online: boolean } {
  return { display_name: [...name].slice(0, MAX_BOT_NAME).join(''), always_online: false }
}

function oauthConfig(form: ManifestForm): NonNullable<Manifest['oauth_config']> {
  const scopes = scopesOf(form)
  return {
    ...list('redirect_urls', form.redirectUrls),
    ...(Object.keys(scopes).length === 0 ? {} : { scopes }),
    // Left out rather than false: older parsers of manifests do not know it.
    ...(form.pkce ? { pkce_enabled: true } : {}),
  }
}

function scopesOf({ botScopes, userScopes, optionalScopes }: ManifestForm): Scopes {
  const optional = (scopes: readonly string[]) =>
    scopes.filter((one) => optionalScopes.includes(one))
  return {
    ...list('bot', botScopes),
    ...list('user', userScopes),
    ...list('bot_optional', optional(botScopes)),
    ...list('user_optional', optional(userScopes)),
  }
}

/** Each once; nothing at all for an empty list. */
function list<Name extends string>(
  name: Name,
  items: readonly string[],
): { [K in Name]?: string[] } {
  if (items.length === 0) return {}
  return { [name]: [...new Set(items)] } as { [K in Name]: string[] }
}

function settings(form: ManifestForm): Manifest['settings'] {
  const hasWebhook = [...form.botScopes, ...form.userScopes].includes('incoming-webhook')
  return {
    ...(hasWebhook ? { incoming_webhooks: { incoming_webhooks_enabled: true } } : {}),
    org_deploy_enabled: form.orgDeploy,
    socket_mode_enabled: form.socketMode,
    token_rotation_enabled: form.tokenRotation,
  }
}
