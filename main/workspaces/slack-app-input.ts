/** What the form for a Slack app said, checked before anything is kept or sent. */
import type { SlackAppInput } from '../contract/inputs.ts'
import { InputError } from '../errors.ts'
import { Secret } from '../platform/secret.ts'
import { checkClientId } from '../slack/client-id.ts'
import { offersFlow, parseBaseUrl } from '../slack/environment.ts'
import {
  CLIENT_SECRET,
  SIGNING_SECRET,
  type SlackAppMeta,
  type SlackAppSecret,
  VERIFICATION_TOKEN,
} from './records.ts'
import { checkPastedUrl, checkRelayUrl } from './registered-url.ts'
import { checkScopes } from './slack-app-scopes.ts'

/**
 * The record that the form makes, tidied.
 *
 * @param hasStoredSecret a client secret is kept already, for the same Slack
 * @throws InputError with the form's field
 */
export function checkSlackAppInput(
  input: SlackAppInput,
  hasStoredSecret: boolean,
): Omit<SlackAppMeta, 'appId' | 'createdAtMs'> {
  const name = input.name.trim()
  if (name === '') throw new InputError('name', 'The app has no name', 'Give it a name.')
  const environment = checkEnvironment(input)
  checkFlow(input)
  const scopes = checkScopes(input)
  checkSecret(input, hasStoredSecret)
  return {
    name,
    environment,
    clientId: checkClientId(input.clientId),
    flow: input.flow,
    strategy: input.strategy,
    redirectUrl: checkRedirectUrl(input),
    ...scopes,
    isUnfinished: false,
  }
}

/** @throws InputError for the field `baseUrl` */
export function checkEnvironment(
  input: Pick<SlackAppInput, 'environment'>,
): SlackAppMeta['environment'] {
  if (input.environment.kind !== 'custom') return input.environment
  return { kind: 'custom', baseUrl: parseBaseUrl(input.environment.baseUrl) }
}

/** Source: slack-auth section 5: no classic apps on GovSlack, and oauth.access takes no verifier. */
function checkFlow({ environment, flow, strategy }: SlackAppInput): void {
  if (!offersFlow(environment, flow)) {
    throw new InputError(
      'flow',
      'GovSlack has no classic apps',
      'Choose OAuth v2, or another environment.',
    )
  }
  if (flow === 'v1' && strategy === 'pkce') {
    throw new InputError(
      'flow',
      'Classic apps cannot use PKCE',
      'Choose OAuth v2, or https on localhost.',
    )
  }
}

/** Without a secret only PKCE apps can exchange a code (docs: oauth.v2.access, bad_client_secret). */
function checkSecret(input: SlackAppInput, hasStoredSecret: boolean): void {
  if (input.strategy === 'pkce') return
  if (input.clientSecret === null && hasStoredSecret) return
  if ((input.clientSecret ?? '').trim() !== '') return
  throw new InputError(
    'clientSecret',
    'The client secret is missing',
    'Copy it from your app’s page under Basic Information.',
  )
}

function checkRedirectUrl({ strategy, redirectUrl }: SlackAppInput): string | null {
  if (strategy === 'paste') return checkPastedUrl(redirectUrl)
  return strategy === 'relay' ? checkRelayUrl(redirectUrl) : null
}

/**
 * The sealed fields to change: a Secret sets one, null drops it, an absent one stays. A PKCE app has
 * no client secret, and a secret goes to no other Slack than the one that it was entered for.
 *
 * @param isSameSlack false for a new app, and for one that moves to another environment
 */
export function secretChange(
  input: SlackAppInput,
  isSameSlack: boolean,
): Partial<Record<SlackAppSecret, Secret | null>> {
  const typed: [SlackAppSecret, string | null][] = [
    [CLIENT_SECRET, input.strategy === 'pkce' ? '' : input.clientSecret],
    [SIGNING_SECRET, input.signingSecret],
    [VERIFICATION_TOKEN, input.verificationToken],
  ]
  const changed = typed.filter(([, text]) => text !== null || !isSameSlack)
  return Object.fromEntries(changed.map(([field, text]) => [field, sealed(text)]))
}

function sealed(text: string | null): Secret | null {
  const typed = (text ?? '').trim()
  return typed === '' ? null : Secret.of(typed)
}
