import type { AppError } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { OAuthDenied } from './errors.ts'
import { failedPage, type PageName } from './page-texts.ts'
import type { CallbackAnswer } from './parse-callback.ts'
import type { Outcome, Pending } from './pending.ts'

/** A browser's request is held so long at most while the code is exchanged. */
export const HOLD_MS = 20_000

interface Parts {
  readonly clock: Clock
  readonly log: Log
}

/**
 * Hands an answer on. The state is spent before anything runs: whatever comes meanwhile, from
 * `onAnswer` itself too, finds it answered. Never rejects.
 */
export function answerOnce(
  parts: Parts,
  pending: Pending,
  answer: CallbackAnswer,
): Promise<Outcome> {
  pending.outcome ??= Promise.resolve().then(() => outcomeOf(parts, pending, answer))
  return pending.outcome
}

/** The page for a browser that waits; bounded, since browsers give up, and Token Desk shows the end too. */
export function pageInTime(parts: Parts, outcome: Promise<Outcome>): Promise<PageName> {
  return new Promise((resolve) => {
    const cancel = parts.clock.after(HOLD_MS, () => resolve('go-back'))
    void outcome.then(({ page }) => {
      cancel()
      resolve(page)
    })
  })
}

/** Tells the caller that no code comes. What it does then must not break the one who tells. */
export function tellFailure(parts: Parts, pending: Pending, error: AppError): void {
  parts.log.info('authorization ended', { id: pending.id, code: error.code })
  try {
    pending.onFailure(error)
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : typeof thrown
    parts.log.error('telling a failed authorization failed', { id: pending.id, name })
  }
}

async function outcomeOf(parts: Parts, pending: Pending, answer: CallbackAnswer): Promise<Outcome> {
  const { id, redirectUri, codeVerifier, nonce } = pending
  if (answer.kind === 'denied') {
    const error = new OAuthDenied(answer.slackCode)
    tellFailure(parts, pending, error)
    return { page: failedPage(error), failure: { thrown: error } }
  }
  try {
    await pending.onAnswer({ code: answer.code, redirectUri, codeVerifier, nonce })
    parts.log.info('authorization complete', { id })
    return { page: 'complete', failure: null }
  } catch (thrown) {
    parts.log.info('authorization answered, then failed', { id })
    return { page: failedPage(thrown), failure: { thrown } }
  }
}
