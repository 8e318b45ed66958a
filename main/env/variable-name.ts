import type { CredentialKind } from '../contract/views.ts'
import { EnvFileError } from './errors.ts'

/**
 * Beginnings that make build tools put the value into what every visitor downloads: Vite, Next.js,
 * Create React App, Expo, Nuxt, SvelteKit and Astro (`PUBLIC_`), Gatsby, Vue CLI and their kin.
 * Source: each tool's page on environment variables.
 */
const PUBLIC_BEGINNINGS = [
  'VITE_',
  'NEXT_PUBLIC_',
  'REACT_APP_',
  'EXPO_PUBLIC_',
  'NUXT_PUBLIC_',
  'NUXT_ENV_',
  'PUBLIC_',
  'GATSBY_',
  'VUE_APP_',
  'NG_APP_',
  'PREACT_APP_',
  'RAZZLE_',
  'GRIDSOME_',
  'STORYBOOK_',
  'SNOWPACK_PUBLIC_',
  'PLASMO_PUBLIC_',
  'WXT_',
  'RSBUILD_PUBLIC_',
  'FARM_',
]

/** What a name may be so that every reader takes it. Source: env-files section 1. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Longest name taken; a limit of ours. */
const MAX_NAME_LENGTH = 200

/**
 * Lets pass only names that every reader of env files and every shell takes. `__proto__` is refused
 * because JavaScript readers that fill a plain object lose it.
 *
 * @throws EnvFileError ENV_NAME_INVALID
 */
export function checkVariableName(name: string): void {
  if (!NAME.test(name) || name.length > MAX_NAME_LENGTH || name === '__proto__') {
    throw new EnvFileError('ENV_NAME_INVALID')
  }
}

/** Whether a framework would publish a variable of this name to the visitors of what it builds. */
export function isPublicName(name: string): boolean {
  return PUBLIC_BEGINNINGS.some((beginning) => name.startsWith(beginning))
}

const DEFAULTS = {
  bot: 'SLACK_BOT_TOKEN',
  user: 'SLACK_USER_TOKEN',
  app: 'SLACK_APP_TOKEN',
  webhook: 'SLACK_WEBHOOK_URL',
  'sign-in': 'SLACK_SIGN_IN_TOKEN',
  'id-token': 'SLACK_ID_TOKEN',
  'signing-secret': 'SLACK_SIGNING_SECRET',
  'verification-token': 'SLACK_VERIFICATION_TOKEN',
  'client-id': 'SLACK_CLIENT_ID',
  'client-secret': 'SLACK_CLIENT_SECRET',
  // No official names: those of several public projects (slack-auth section 11).
  configuration: 'SLACK_CONFIG_TOKEN',
  'configuration-refresh': 'SLACK_CONFIG_REFRESH_TOKEN',
} as const satisfies Record<CredentialKind | ConfigurationKind, string>

/** The two tokens that create and change Slack apps. */
export type ConfigurationKind = 'configuration' | 'configuration-refresh'

/** The name that Copy and Write propose. Source: design, "Env lines". */
export function defaultVariable(kind: CredentialKind | ConfigurationKind): string {
  return DEFAULTS[kind]
}
