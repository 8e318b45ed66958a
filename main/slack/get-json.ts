import { withDeadline } from '../platform/with-deadline.ts'
import { type Attempt, failureOf } from './call-failure.ts'
import { SlackGarbage } from './errors.ts'
import { watchedFetch } from './watched-fetch.ts'
import type { WebCallOptions } from './web-call.ts'

/** As many tries as a repeatable call of the Web API has. */
const TRIES = 3

/**
 * What an environment publishes for everybody, such as its keys: a GET without a token, under the
 * rules of every call (limit, size, no redirect). Repeated while Slack does not answer.
 *
 * @throws SlackNoAnswer, SlackGarbage, SlackRateLimited
 */
export async function getJson(options: WebCallOptions, url: string): Promise<unknown> {
  const attempt: Attempt = { answer: null, untrustedHost: null }
  const ending = new AbortController()
  const { host, pathname: path } = new URL(url)
  try {
    const asking = askUntilAnswered(options, url, attempt, ending.signal)
    await withDeadline(asking, options.limitMs, options.clock)
    const json = jsonOf(attempt)
    options.log.info('slack answered', { host, path })
    return json
  } catch (thrown) {
    options.log.info('slack call failed', { host, path })
    throw failureOf(thrown, attempt, [], { during: 'exchange' })
  } finally {
    ending.abort()
  }
}

async function askUntilAnswered(
  options: WebCallOptions,
  url: string,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<void> {
  const get = watchedFetch(options.fetch, attempt, signal)
  for (let tried = 1; tried <= TRIES; tried += 1) {
    // What it threw is told by the attempt: it has no answer then.
    await get(url, { method: 'GET' }).catch(() => undefined)
    if (attempt.answer !== null && attempt.answer.status < 500) return
    if (tried < TRIES) await pause(options, tried)
  }
}

function pause({ clock, repeatAfterMs }: WebCallOptions, tried: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(repeatAfterMs * tried, resolve)
  })
}

function jsonOf({ answer }: Attempt): unknown {
  if (answer === null || answer.status !== 200) throw new SlackGarbage()
  return JSON.parse(answer.text)
}
