/** Talks to a practice Slack that runs already, in this process or in another. */
import type { z } from 'zod'
import type { Fetch } from '../platform/fetch.ts'
import { Secret } from '../platform/secret.ts'
import type { PracticeAppInput } from './apps.ts'
import {
  ANSWERS_PATH,
  APPS_PATH,
  answersPlanned,
  appKnown,
  appRegistered,
  CONFIGURATION_TOKENS_PATH,
  configurationTokenMade,
  DESCRIPTION_PATH,
  type PracticeDescription,
  practiceDescription,
} from './description.ts'
import { PracticeFailed } from './errors.ts'
import type { PracticeFault } from './practice-parts.ts'

/** It runs on this computer and has next to nothing to do. */
const LIMIT_MS = 3_000

/** An app to register; lists may be read-only. */
export type PracticeRegistration = {
  readonly [K in keyof PracticeAppInput]: Readonly<PracticeAppInput[K]>
}

/** What an app gets when it is registered; the secret is told this once. */
export interface RegisteredPracticeApp<S extends Secret | null = Secret | null> {
  readonly appId: string
  readonly clientId: string
  /** Null for a PKCE app. */
  readonly clientSecret: S
}

/** The practice Slack of Token Desk on this port; null when nothing answers, or something else does. */
export async function findPractice(
  port: number,
  fetch: Fetch,
): Promise<PracticeDescription | null> {
  try {
    return await ask(fetch, `http://localhost:${port}${DESCRIPTION_PATH}`, {}, practiceDescription)
  } catch (thrown) {
    if (thrown instanceof PracticeFailed) return null
    throw thrown
  }
}

/** True when an app with this client ID is registered there. @throws PracticeFailed */
export async function knowsPracticeApp(
  url: string,
  fetch: Fetch,
  clientId: string,
): Promise<boolean> {
  const path = `${APPS_PATH}/${encodeURIComponent(clientId)}`
  return (await ask(fetch, `${url}${path}`, {}, appKnown)).isKnown
}

/**
 * Registers an app. One without PKCE gets a client secret.
 *
 * @param url `http://localhost:PORT`
 * @throws PracticeFailed when it does not answer, or refuses the app
 */
export function registerPracticeApp(
  url: string,
  fetch: Fetch,
  app: PracticeRegistration & { readonly pkce: false },
): Promise<RegisteredPracticeApp<Secret>>
export function registerPracticeApp(
  url: string,
  fetch: Fetch,
  app: PracticeRegistration,
): Promise<RegisteredPracticeApp>
export async function registerPracticeApp(
  url: string,
  fetch: Fetch,
  app: PracticeRegistration,
): Promise<RegisteredPracticeApp> {
  const answer = await ask(fetch, `${url}${APPS_PATH}`, post(app), appRegistered)
  const { clientSecret, ...ids } = answer
  if ((clientSecret === null) !== app.pkce) throw new PracticeFailed(NOT_UNDERSTOOD)
  return { ...ids, clientSecret: clientSecret === null ? null : Secret.of(clientSecret) }
}

/** An app configuration token with its refresh token; `exp` is in epoch seconds. */
export interface PracticeConfigurationToken {
  readonly token: Secret
  readonly refreshToken: Secret
  readonly teamId: string
  readonly userId: string
  readonly exp: number
}

/**
 * Makes an app configuration token, as the button on its page of apps does.
 *
 * @param url `http://localhost:PORT`
 * @throws PracticeFailed
 */
export async function makePracticeConfigurationToken(
  url: string,
  fetch: Fetch,
): Promise<PracticeConfigurationToken> {
  const path = `${url}${CONFIGURATION_TOKENS_PATH}`
  const { token, refreshToken, ...rest } = await ask(fetch, path, post({}), configurationTokenMade)
  return { token: Secret.of(token), refreshToken: Secret.of(refreshToken), ...rest }
}

/**
 * Makes the next calls of a method fail, one for each fault; an empty list forgets what was planned.
 * Posts to webhooks go by the name `incoming-webhook`.
 *
 * @param url `http://localhost:PORT`
 * @throws PracticeFailed
 */
export async function planPracticeAnswers(
  url: string,
  fetch: Fetch,
  method: string,
  faults: readonly PracticeFault[],
): Promise<void> {
  await ask(fetch, `${url}${ANSWERS_PATH}`, post({ method, faults }), answersPlanned)
}

function post(value: unknown): RequestInit {
  const headers = { 'Content-Type': 'application/json' }
  return { method: 'POST', headers, body: JSON.stringify(value) }
}

const NOT_UNDERSTOOD = 'The practice Slack gave an answer that Token Desk does not understand'

/** No cause is kept: what a fetch throws may quote the answer, which holds a secret. */
async function ask<S extends z.ZodType>(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  answer: S,
): Promise<z.infer<S>> {
  const response = await fetch(url, {
    ...init,
    redirect: 'error',
    signal: AbortSignal.timeout(LIMIT_MS),
  }).catch(() => {
    throw new PracticeFailed('The practice Slack does not answer')
  })
  const parsed = answer.safeParse(await response.json().catch(() => undefined))
  if (!response.ok || !parsed.success) throw new PracticeFailed(NOT_UNDERSTOOD)
  return parsed.data
}
