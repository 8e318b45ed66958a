/** The shape of an app manifest, as far as the practice Slack reads it; what it does not know stays. */
import * as z from 'zod'
import { isRedirectUrl } from './redirects.ts'
import { parseScopes } from './scopes.ts'

const flag = z.boolean('must be true or false').optional()

function text(max: number, min = 1) {
  return z
    .string('must be a string')
    .min(min, `must not be shorter than ${min} characters`)
    .max(max, `must not be longer than ${max} characters`)
}

/** Slack refuses an empty list of features. Source: slack-auth section 9. */
const filledList = z.array(z.unknown(), 'must be a list').min(1, 'must not be empty').optional()

const redirectUrls = z
  .array(text(2500).refine(isRedirectUrl, 'must be a URL without a fragment'), 'must be a list')
  .max(1000, 'must not have more than 1000 entries')

const scopes = z
  .array(
    text(50).refine((one) => parseScopes(one)?.length === 1, 'must be a scope'),
    'must be a list',
  )
  .max(255, 'must not have more than 255 entries')
  .optional()

/** A hex colour such as `#2c2d30`. */
const colour = z
  .string('must be a string')
  .regex(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i, 'must be a hex colour')

const events = z.array(text(100), 'must be a list').min(1, 'must not be empty').optional()

/** Source: slack-auth section 9 (slackapi/manifest-schema, docs: reference/app-manifest). */
export const manifestShape = z.looseObject(
  {
    _metadata: z
      .looseObject({ major_version: z.literal([1, 2], 'must be 1 or 2').optional() })
      .optional(),
    display_information: z.looseObject(
      {
        name: text(35),
        description: text(140).optional(),
        long_description: text(4000, 175).optional(),
        background_color: colour.optional(),
      },
      'must be an object',
    ),
    features: z
      .looseObject(
        {
          bot_user: z
            .looseObject({ display_name: text(80), always_online: flag }, 'must be an object')
            .optional(),
          slash_commands: filledList,
          shortcuts: filledList,
          unfurl_domains: filledList,
        },
        'must be an object',
      )
      .optional(),
    oauth_config: z
      .looseObject(
        {
          redirect_urls: redirectUrls.optional(),
          scopes: z
            .looseObject(
              { bot: scopes, user: scopes, bot_optional: scopes, user_optional: scopes },
              'must be an object',
            )
            .optional(),
          token_management_enabled: flag,
          pkce_enabled: flag,
        },
        'must be an object',
      )
      .optional(),
    settings: z
      .looseObject(
        {
          token_rotation_enabled: flag,
          org_deploy_enabled: flag,
          socket_mode_enabled: flag,
          allowed_ip_address_ranges: z
            .array(text(50), 'must be a list')
            .max(10, 'must not have more than 10 entries')
            .optional(),
          event_subscriptions: z
            .looseObject({ bot_events: events, user_events: events }, 'must be an object')
            .optional(),
        },
        'must be an object',
      )
      .optional(),
  },
  'must be an object',
)
export type Manifest = z.infer<typeof manifestShape>

/** What an app does by its manifest. */
export interface AppSettings {
  readonly name: string
  readonly redirectUrls: readonly string[]
  readonly pkce: boolean
  readonly tokenRotation: boolean
  readonly orgDeploy: boolean
  /** As saved in the app's settings; empty lists say nothing. */
  readonly botScopes: readonly string[]
  readonly userScopes: readonly string[]
  /** Those of them that the user may untick. */
  readonly botOptional: readonly string[]
  readonly userOptional: readonly string[]
}

export function settingsOf(manifest: Manifest): AppSettings {
  const { display_information: display, oauth_config: oauth, settings } = manifest
  return {
    name: display.name,
    redirectUrls: oauth?.redirect_urls ?? [],
    pkce: oauth?.pkce_enabled ?? false,
    tokenRotation: settings?.token_rotation_enabled ?? false,
    orgDeploy: settings?.org_deploy_enabled ?? false,
    botScopes: oauth?.scopes?.bot ?? [],
    userScopes: oauth?.scopes?.user ?? [],
    botOptional: oauth?.scopes?.bot_optional ?? [],
    userOptional: oauth?.scopes?.user_optional ?? [],
  }
}

/** The manifest of an app with these settings. */
export function manifestOf(app: AppSettings): Manifest {
  const { name, redirectUrls, botScopes: bot, userScopes: user } = app
  return {
    _metadata: { major_version: 2 },
    display_information: { name },
    ...(bot.length === 0 ? {} : { features: { bot_user: { display_name: name } } }),
    oauth_config: {
      redirect_urls: [...redirectUrls],
      scopes: {
        ...list('bot', bot),
        ...list('user', user),
        ...list('bot_optional', app.botOptional),
        ...list('user_optional', app.userOptional),
      },
      pkce_enabled: app.pkce,
    },
    settings: { token_rotation_enabled: app.tokenRotation, org_deploy_enabled: app.orgDeploy },
  }
}

function list(name: string, values: readonly string[]): Record<string, string[]> {
  return values.length === 0 ? {} : { [name]: [...values] }
}
