/** Whether Slack would take an app manifest. Source: slack-auth sections 2 and 9. */
import { type AppSettings, type Manifest, manifestShape, settingsOf } from './manifest.ts'
import { redirectKind } from './redirects.ts'

/** As `invalid_manifest` lists it. */
export interface ManifestError {
  readonly message: string
  /** A JSON pointer, such as `/display_information/name`. */
  readonly pointer: string
}

type Checked =
  | { readonly manifest: Manifest }
  | { readonly errors: readonly [ManifestError, ...ManifestError[]] }

/** Events that need a scope; the common ones. */
const EVENT_SCOPES: ReadonlyMap<string, string> = new Map([
  ['app_mention', 'app_mentions:read'],
  ['message.channels', 'channels:history'],
  ['message.groups', 'groups:history'],
  ['message.im', 'im:history'],
  ['message.mpim', 'mpim:history'],
])

/** @param before the app's manifest until now; null for a new app */
export function checkManifest(input: unknown, before: Manifest | null): Checked {
  const parsed = manifestShape.safeParse(input)
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      message,
      pointer: `/${path.join('/')}`,
    }))
    return failed(errors) ?? { errors: [{ message: 'cannot be read', pointer: '/' }] }
  }
  const manifest = parsed.data
  const settings = settingsOf(manifest)
  const errors = [
    ...redirectErrors(settings),
    ...scopeErrors(manifest, settings),
    ...eventErrors(manifest, settings),
    ...(before === null ? [] : oneWayErrors(settings, settingsOf(before))),
  ]
  return failed(errors) ?? { manifest }
}

/** Null when there is none. */
function failed([first, ...rest]: readonly ManifestError[]): Checked | null {
  return first === undefined ? null : { errors: [first, ...rest] }
}

/** http works on localhost alone, for an app with PKCE (docs: using-pkce). */
function redirectErrors({ redirectUrls, pkce }: AppSettings): ManifestError[] {
  return redirectUrls.flatMap((url, index) =>
    redirectKind(url, pkce) === 'refused'
      ? [{ message: 'must use https', pointer: `/oauth_config/redirect_urls/${index}` }]
      : [],
  )
}

function scopeErrors(manifest: Manifest, settings: AppSettings): ManifestError[] {
  const { botScopes, userScopes, botOptional, userOptional } = settings
  const needsBot = botScopes.length > 0 && manifest.features?.bot_user === undefined
  return [
    ...(needsBot ? [{ message: 'is needed for bot scopes', pointer: '/features/bot_user' }] : []),
    ...optionalErrors('bot', botOptional, botScopes),
    ...optionalErrors('user', userOptional, userScopes),
  ]
}

function optionalErrors(
  side: 'bot' | 'user',
  optional: readonly string[],
  all: readonly string[],
): ManifestError[] {
  return optional.flatMap((scope, index) =>
    all.includes(scope)
      ? []
      : [
          {
            message: `must also be in the list of ${side} scopes`,
            pointer: `/oauth_config/scopes/${side}_optional/${index}`,
          },
        ],
  )
}

function eventErrors(manifest: Manifest, settings: AppSettings): ManifestError[] {
  const { bot_events: bot = [], user_events: user = [] } =
    manifest.settings?.event_subscriptions ?? {}
  const check = (side: 'bot' | 'user', events: readonly string[], scopes: readonly string[]) =>
    events.flatMap((event, index) => {
      const needed = EVENT_SCOPES.get(event)
      if (needed === undefined || scopes.includes(needed)) return []
      const pointer = `/settings/event_subscriptions/${side}_events/${index}`
      return [{ message: `needs the scope ${needed}`, pointer }]
    })
  return [...check('bot', bot, settings.botScopes), ...check('user', user, settings.userScopes)]
}

/** PKCE and token rotation cannot be turned off again. Source: slack-auth sections 2 and 4. */
function oneWayErrors(now: AppSettings, before: AppSettings): ManifestError[] {
  const message = 'cannot be turned off again'
  return [
    ...(before.pkce && !now.pkce ? [{ message, pointer: '/oauth_config/pkce_enabled' }] : []),
    ...(before.tokenRotation && !now.tokenRotation
      ? [{ message, pointer: '/settings/token_rotation_enabled' }]
      : []),
  ]
}
