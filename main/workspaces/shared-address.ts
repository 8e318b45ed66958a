/** Two Slacks whose answers come back to one address could be taken for each other. */
import { CALLBACK_PATH, callbackPath } from '../contract/redirect.ts'
import type { EnvironmentRef } from '../contract/views.ts'
import { InputError } from '../errors.ts'
import { belongsTo } from '../oauth/pending.ts'
import { sameEnvironment, slackEndpoints } from '../slack/environment.ts'
import type { SlackAppMeta } from './records.ts'
import { urlsToRegister } from './urls-to-register.ts'

/** How the answers to an app come back. */
export type WayBack = Pick<SlackAppMeta, 'strategy' | 'redirectUrl' | 'environment'>

/**
 * Slack takes what lies below a registered address too, so one may not lie below the other either.
 * Without this a custom environment could send the browser on to Slack's own consent page, and would be
 * handed the code that comes of it. Source: RFC 9700 section 4.4, slack-auth section 2.
 *
 * @param others the other apps that are here
 * @throws InputError for the field `redirectUrl`
 */
export function refuseSharedAddress(app: WayBack, others: readonly WayBack[]): void {
  const own = addressesOf(app)
  const other = others.find((one) => !mayShare(app.environment, one.environment) && meets(one, own))
  if (other === undefined) return
  throw new InputError(
    'redirectUrl',
    `An app of ${slackEndpoints(other.environment).label} uses this address already`,
    'Use another address here, so that the answers of the two cannot be mixed up.',
  )
}

/** True where `callbackPath` lets both have one path. */
function mayShare(a: EnvironmentRef, b: EnvironmentRef): boolean {
  return sameEnvironment(a, b) || [a, b].every((ref) => callbackPath(ref) === CALLBACK_PATH)
}

function meets(other: WayBack, own: readonly URL[]): boolean {
  return addressesOf(other).some((theirs) =>
    own.some((ours) => belongsTo(ours, [theirs.href]) || belongsTo(theirs, [ours.href])),
  )
}

/** A tunnel may bring the answer to our path on its own host, too. */
function addressesOf({ strategy, redirectUrl, environment }: WayBack): URL[] {
  const registered = urlsToRegister({ strategy, redirectUrl, environment })
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url))
  const path = callbackPath(environment)
  return strategy === 'relay'
    ? registered.flatMap((url) => [url, new URL(path, url.origin)])
    : registered
}
