/** Where each Slack environment lives: the hosts that browsers and tokens are sent to. */
import { type OAuthFlow, PRACTICE_PORT } from '../contract/redirect.ts'
import type { EnvironmentRef, EnvironmentView } from '../contract/views.ts'
import { InputError } from '../errors.ts'

/** The addresses of one environment; tokens of it are sent to `apiUrl` and nowhere else. */
export interface SlackEndpoints {
  /** "slack.com", "GovSlack", "Practice" or the custom host. */
  readonly label: string
  /** `slack.com`, or with a port where it has one: `localhost:17870`. */
  readonly host: string
  /** Slack's consent page of each flow. */
  readonly authorizeEndpoints: Readonly<Record<OAuthFlow, string>>
  /** Who its ID tokens say that they are from. */
  readonly issuer: string
  /** The published keys that its ID tokens are signed with. */
  readonly keysUrl: string
  /** Base of the Web API; ends with a slash. */
  readonly apiUrl: string
  /** The page where the user's Slack apps are listed. */
  readonly appSettingsUrl: string
}

/** Hosts that mean this computer; plain http stays on it. */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The addresses of an environment. GovSlack is an instance of its own, with its own app settings
 * (docs: govslack).
 *
 * @throws InputError for a custom base URL that `parseBaseUrl` refuses
 */
export function slackEndpoints(ref: EnvironmentRef): SlackEndpoints {
  switch (ref.kind) {
    case 'slack':
      return endpointsAt('https://slack.com', 'slack.com', 'https://api.slack.com/apps')
    case 'govslack':
      return endpointsAt('https://slack-gov.com', 'GovSlack', 'https://api.slack-gov.com/apps')
    case 'practice':
      return endpointsAt(`http://localhost:${PRACTICE_PORT}`, 'Practice')
    case 'custom':
      return endpointsAt(parseBaseUrl(ref.baseUrl))
  }
}

/** Source of the paths: slack-auth sections 1, 5 and 6. */
function endpointsAt(
  baseUrl: string,
  label = new URL(baseUrl).host,
  appSettingsUrl = `${baseUrl}/apps`,
): SlackEndpoints {
  return {
    label,
    host: new URL(baseUrl).host,
    authorizeEndpoints: {
      v2: `${baseUrl}/oauth/v2/authorize`,
      'v2-user': `${baseUrl}/oauth/v2_user/authorize`,
      v1: `${baseUrl}/oauth/authorize`,
      openid: `${baseUrl}/openid/connect/authorize`,
    },
    issuer: baseUrl,
    keysUrl: `${baseUrl}/openid/connect/keys`,
    apiUrl: `${baseUrl}/api/`,
    appSettingsUrl,
  }
}

/**
 * The base URL of an emulator or another Slack, in its normal spelling and without a slash at the
 * end. https, or http on this computer: a token in plain http could be read on the way.
 *
 * @throws InputError for the field `baseUrl`
 */
export function parseBaseUrl(text: string): string {
  const typed = text.trim()
  if (typed === '') throw baseUrlError('The base URL is missing')
  const url = URL.canParse(typed) ? new URL(typed) : null
  if (url === null || !/^https?:$/.test(url.protocol)) throw baseUrlError('This is no web address')
  if (url.protocol === 'http:' && !LOOPBACK_HOSTS.has(url.hostname)) {
    throw baseUrlError(
      'Plain http does not protect tokens',
      'Use https here. Plain http works for localhost only.',
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw baseUrlError('A base URL has no user name or password in it')
  }
  // Typed, not parsed: a lone `?` or `#` leaves nothing in the parsed URL.
  if (/[?#]/.test(typed)) throw baseUrlError('A base URL ends before any ? or #')
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function baseUrlError(
  message: string,
  advice = 'Enter an address such as https://slack.example.com.',
): InputError {
  return new InputError('baseUrl', message, advice)
}

/** False where an environment does not have that flow: GovSlack has no classic apps (docs: govslack). */
export function offersFlow(ref: EnvironmentRef, flow: OAuthFlow): boolean {
  return flow !== 'v1' || ref.kind !== 'govslack'
}

/** Pages of a Slack app's settings. `basic`: credentials. `oauth`: scopes and redirect URLs. `install`: installs without a redirect URL. */
export type AppPage = 'basic' | 'oauth' | 'install'

const PATHS: Readonly<Record<AppPage, string>> = {
  basic: '',
  oauth: '/oauth',
  install: '/install-on-team',
}

/** Slack's IDs of apps. It becomes part of an address, so nothing else is let through. */
const APP_ID = /^A[A-Z0-9]{2,30}$/

/** One page of the app; the list of the user's apps where the ID is not known or not of Slack's shape. */
export function appPageUrl(endpoints: SlackEndpoints, appId: string | null, page: AppPage): string {
  if (appId === null || !APP_ID.test(appId)) return endpoints.appSettingsUrl
  return `${endpoints.appSettingsUrl}/${appId}${PATHS[page]}`
}

/**
 * Slack's page for a new app, with the manifest filled in. Source: slack-auth section 9 (docs:
 * configuring apps with app manifests).
 *
 * @param manifestJson holds no secret, since it becomes part of the address
 */
export function newAppUrl(endpoints: SlackEndpoints, manifestJson: string): string {
  return `${endpoints.appSettingsUrl}?new_app=1&manifest_json=${encodeURIComponent(manifestJson)}`
}

/** An environment as the page shows it. */
export function environmentView(ref: EnvironmentRef): EnvironmentView {
  const { label, host } = slackEndpoints(ref)
  return { ref, label, host }
}

/** True when both send tokens to the same place, however the base URL is spelled. */
export function sameEnvironment(a: EnvironmentRef, b: EnvironmentRef): boolean {
  if (a.kind === b.kind && a.kind !== 'custom') return true
  return slackEndpoints(a).apiUrl === slackEndpoints(b).apiUrl
}
