/** Tells what a pasted secret is by its shape and by its name. Nothing is sent anywhere. */
import { type NamedKind, namedKind, namesConfiguration } from './named-secret.ts'
import { readPastedLine } from './pasted-line.ts'

/**
 * `config-or-user`: `xoxe.xoxp-1-` is both the rotating user token and the app configuration token;
 * nothing in its shape tells which. `configuration`: its name did. `session`: of a browser (xoxc, xoxd, xoxs). `legacy`: kinds that
 * Slack has retired. `workflow`: lives 15 minutes. `refresh`: makes other tokens, is none itself.
 */
export type SecretKind =
  | 'bot'
  | 'user'
  | 'app'
  | 'webhook'
  | 'config-or-user'
  | 'refresh'
  | 'session'
  | 'legacy'
  | 'workflow'
  | 'configuration'
  | NamedKind
  | 'unknown'

export interface RecognisedSecret {
  readonly kind: SecretKind
  /** The secret without quotes, spaces and name. Secret unless the kind is `unknown`. */
  readonly value: string
  /** The variable that it was assigned to, where it was; fit to be one again. */
  readonly name: string | null
  /** Why this kind is of no use here; null for the kinds that are. */
  readonly reason: string | null
}

/**
 * Beginnings of tokens, the longer before the shorter. Only these are looked at: Slack changes what
 * follows, and its own command line makes shapes that no list has. Source: slack-auth, token inventory.
 */
const PREFIXES: readonly (readonly [RegExp, SecretKind])[] = [
  [/^xoxe\.xoxb-/, 'bot'],
  [/^xoxe\.xoxp-/, 'config-or-user'],
  [/^xoxe-\d-/, 'refresh'],
  [/^xoxb-/, 'bot'],
  [/^xoxp-/, 'user'],
  [/^xapp-/, 'app'],
  [/^xwfp-/, 'workflow'],
  [/^xox[cds]-/, 'session'],
  [/^xox[oar]-/, 'legacy'],
]

/** Characters of tokens; `%/+=` because xoxd is base64, URL-encoded or not. */
const TOKEN = /^[a-z]{4}(?:\.[a-z]{4})?-[A-Za-z0-9._~%/+=-]{8,}$/

const REASONS: Partial<Record<SecretKind, string>> = {
  session:
    'A browser session token has the full power of your account and is not meant for apps. Use a bot or user token of a Slack app instead.',
  refresh: 'A refresh token only makes other tokens. Paste the access token that came with it.',
  legacy: 'Slack has retired this kind of token. Use a bot or user token of a Slack app instead.',
  workflow: 'A workflow token works for 15 minutes at most, and cannot be refreshed.',
}

/**
 * What a pasted line holds: a token or webhook URL, bare, quoted, or assigned as in an env file; or an
 * app's own ID and secrets under a name that says so.
 *
 * @param environmentHost host of the chosen environment, such as `localhost:17870`, whose webhook
 * URLs count beside Slack's own
 */
export function recogniseSecret(text: string, environmentHost?: string): RecognisedSecret {
  const { name, label, value } = readPastedLine(text)
  const kind = kindBeside(label, value, environmentHost)
  // With the token that it renews, a refresh token of a configuration token is of use.
  const isOfUse = kind === 'refresh' && label !== null && namesConfiguration(label)
  return { kind, value, name, reason: isOfUse ? null : (REASONS[kind] ?? null) }
}

/** The shape comes first: a name can be wrong, and a token in a line for a client secret stays one. */
function kindBeside(
  label: string | null,
  value: string,
  environmentHost: string | undefined,
): SecretKind {
  const kind = kindOf(value, environmentHost)
  if (label === null) return kind
  if (kind === 'config-or-user' && namesConfiguration(label)) return 'configuration'
  return kind === 'unknown' ? (namedKind(label, value) ?? kind) : kind
}

function kindOf(value: string, environmentHost: string | undefined): SecretKind {
  if (isWebhookUrl(value, environmentHost)) return 'webhook'
  if (!TOKEN.test(value)) return 'unknown'
  return PREFIXES.find(([prefix]) => prefix.test(value))?.[1] ?? 'unknown'
}

const WEBHOOK_HOSTS: ReadonlySet<string> = new Set(['hooks.slack.com', 'hooks.slack-gov.com'])
/** Pages of Slack's own sites live under /services/ too; their webhooks have a host of their own. */
const SITE_HOSTS: ReadonlySet<string> = new Set(['slack.com', 'slack-gov.com'])
/** A workflow has no more than a trigger's name behind it; a channel's has team, webhook and key. */
const WEBHOOK_PATH =
  /\/(?:services(?:\/[A-Za-z0-9]+){3}|(?:workflows|triggers)(?:\/[A-Za-z0-9]+){2,})\/?$/

function isWebhookUrl(value: string, environmentHost: string | undefined): boolean {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return false
  const url = new URL(value)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return false
  if (!WEBHOOK_PATH.test(url.pathname)) return false
  if (WEBHOOK_HOSTS.has(url.host)) return url.protocol === 'https:'
  const isLocal = url.hostname === 'localhost' || url.hostname === '127.0.0.1'
  if (url.protocol === 'http:' && !isLocal) return false
  return url.host === environmentHost && !SITE_HOSTS.has(url.host)
}
