import type { Secret } from '../platform/secret.ts'
import { DeadlinePassed } from '../platform/with-deadline.ts'
import { type RefusalContext, slackRefused } from './advice.ts'
import {
  ManifestRefused,
  SlackGarbage,
  SlackNoAnswer,
  SlackNotTrusted,
  SlackRateLimited,
} from './errors.ts'
import { readRefusal } from './manifest-errors.ts'

/** What the last try of a call got back; null while nothing did. */
export interface Attempt {
  answer: {
    readonly status: number
    readonly text: string
    /** The header as it came: seconds, by Slack's documentation. */
    readonly retryAfter: string | null
  } | null
  /** The host that could not prove who it is in the last try; null where that was not the trouble. */
  untrustedHost: string | null
}

/**
 * The failure to tell the user, from what came over the wire. What the library threw is looked at for
 * the deadline alone, and never handed on: it quotes requests and answers.
 *
 * @param secrets everything secret that was sent, so that an echo of it is taken for no code
 */
export function failureOf(
  thrown: unknown,
  attempt: Attempt,
  secrets: readonly Secret[],
  context: RefusalContext,
): Error {
  const { answer, untrustedHost } = attempt
  if (untrustedHost !== null) return new SlackNotTrusted(untrustedHost)
  if (thrown instanceof DeadlinePassed || answer === null) return new SlackNoAnswer()
  if (answer.status === 429) return new SlackRateLimited(waitSeconds(answer.retryAfter))
  if (answer.status >= 500 || answer.status === 408) return new SlackNoAnswer()
  const slackCode = slackCodeOf(answer.text, secrets)
  if (slackCode === null) return new SlackGarbage()
  if (slackCode === 'ratelimited') return new SlackRateLimited(waitSeconds(answer.retryAfter))
  const refused = slackRefused(slackCode, context)
  if (slackCode !== 'invalid_manifest') return refused
  return new ManifestRefused(refused, readRefusal(errorsIn(answer.text), secrets))
}

function errorsIn(text: string): unknown {
  const answer = parseJson(text)
  return typeof answer === 'object' && answer !== null && 'errors' in answer ? answer.errors : null
}

const DEFAULT_WAIT_SECONDS = 30
/** Longer is no wait that a person sits through; Slack's own are about a minute. */
const LONGEST_WAIT_SECONDS = 3600

function waitSeconds(header: string | null): number {
  if (header === null || !/^\d{1,9}$/.test(header.trim())) return DEFAULT_WAIT_SECONDS
  return Math.min(Math.max(Number(header), 1), LONGEST_WAIT_SECONDS)
}

/** Slack's codes are words in small letters; a secret in hex could look like one. */
const SLACK_CODE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/
const LONGEST_CODE = 64
const HEX_RUN = /[a-f0-9]{16}/

function slackCodeOf(text: string, secrets: readonly Secret[]): string | null {
  const answer = parseJson(text)
  if (typeof answer !== 'object' || answer === null) return null
  if (!('ok' in answer) || answer.ok !== false || !('error' in answer)) return null
  const { error } = answer
  if (typeof error !== 'string' || error.length > LONGEST_CODE) return null
  if (!SLACK_CODE.test(error) || HEX_RUN.test(error)) return null
  return secrets.some((secret) => error.includes(secret.expose())) ? null : error
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
