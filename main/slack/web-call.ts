/**
 * One call of Slack's Web API through @slack/web-api, under our rules: a limit for the whole call, no
 * redirect, repeats only where they are safe, and failures that hold nothing of what was sent.
 */
import type { Logger, WebAPICallResult } from '@slack/web-api'
import type { Clock } from '../platform/clock.ts'
import type { Fetch } from '../platform/fetch.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { withDeadline } from '../platform/with-deadline.ts'
import type { RefusalContext } from './advice.ts'
import { type Attempt, failureOf } from './call-failure.ts'
import type { SlackEndpoints } from './environment.ts'
import { watchedFetch } from './watched-fetch.ts'

export interface WebCallOptions {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly log: Log
  /** For the whole call with its repeats, milliseconds. */
  readonly limitMs: number
  /** Wait before the first repeat, milliseconds; the second waits twice as long. */
  readonly repeatAfterMs: number
}

export interface WebCall {
  readonly endpoints: SlackEndpoints
  /** Such as `auth.test`. */
  readonly method: string
  /** Sent as bearer; null for calls that take none. */
  readonly token: Secret | null
  /** The form's fields; null ones are left out. */
  readonly fields: Readonly<Record<string, string | Secret | null>>
  /** True where a second call answers as the first would have. A code is spent by the first. */
  readonly isRepeatable: boolean
  readonly context: RefusalContext
}

const REPEATS = 2

/**
 * Slack's answer as it came, with the library's `response_metadata` (scopes from the headers).
 *
 * @throws SlackRefused, SlackRateLimited, SlackNoAnswer, SlackGarbage
 */
export async function callSlack(
  options: WebCallOptions,
  request: WebCall,
): Promise<WebAPICallResult> {
  const startedAtMs = options.clock.now()
  const attempt: Attempt = { answer: null, untrustedHost: null }
  const ending = new AbortController()
  const about = { method: request.method, host: request.endpoints.host }
  const result = send(options, request, attempt, ending.signal)
  try {
    const answer = await withDeadline(result, options.limitMs, options.clock)
    options.log.info('slack answered', { ...about, ms: options.clock.now() - startedAtMs })
    return answer
  } catch (thrown) {
    const failure = failureOf(thrown, attempt, secretsOf(request), request.context)
    options.log.info('slack call failed', { ...about, ...saidOf(failure) })
    throw failure
  } finally {
    ending.abort()
  }
}

/** The library is loaded by the first call: the start of the app does not wait for it. */
async function send(
  options: WebCallOptions,
  request: WebCall,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<WebAPICallResult> {
  const { WebClient, LogLevel } = await import('@slack/web-api')
  const client = new WebClient(request.token?.expose(), {
    slackApiUrl: request.endpoints.apiUrl,
    allowAbsoluteUrls: false,
    fetch: watchedFetch(options.fetch, attempt, signal),
    retryConfig: {
      retries: request.isRepeatable ? REPEATS : 0,
      factor: 2,
      minTimeout: options.repeatAfterMs,
    },
    rejectRateLimitedCalls: true,
    logger: mute(LogLevel.ERROR),
  })
  return client.apiCall(request.method, exposed(request.fields))
}

function exposed(fields: WebCall['fields']): Record<string, string> {
  const form: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null) form[name] = typeof value === 'string' ? value : value.expose()
  }
  return form
}

function secretsOf(request: WebCall): Secret[] {
  const values = [request.token, ...Object.values(request.fields)]
  return values.filter((value) => value !== null && typeof value === 'object')
}

function saidOf(failure: unknown): Record<string, unknown> {
  if (typeof failure !== 'object' || failure === null || !('code' in failure)) return {}
  return { code: failure.code, ...('slackCode' in failure ? { slackCode: failure.slackCode } : {}) }
}

/** The library logs requests and answers, redacted by names that miss codes and client secrets. */
function mute(level: ReturnType<Logger['getLevel']>): Logger {
  return {
    debug() {},
    info() {},
    warn() {},
    error() {},
    setLevel() {},
    getLevel: () => level,
    setName() {},
  }
}
