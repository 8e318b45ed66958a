/** Where each Slack environment lives: the hosts that browsers and tokens are sent to. */
import { PRACTICE_PORT } from '../contract/redirect.ts'
import type { EnvironmentRef, EnvironmentView } from '../contract/views.ts'
import { InputError } from '../errors.ts'

/** The addresses of one environment; tokens of it are sent to `apiUrl` and nowhere else. */
export interface SlackEndpoints {
  /** "slack.com", "GovSlack", "Practice" or the custom host. */
  readonly label: string
  /** `slack.com`, or with a port where it has one: `localhost:17870`. */
  readonly host: string
  readonly authorizeEndpoint: string
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

function endpointsAt(
  baseUrl: string,
  label = new URL(baseUrl).host,
  appSettingsUrl = `${baseUrl}/apps`,
): SlackEndpoints {
  return {
    label,
    host: new URL(baseUrl).host,
    authorizeEndpoint: `${baseUrl}/oauth/v2/authorize`,
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
