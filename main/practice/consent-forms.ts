/** The consent pages that are open: each form may be sent once, within ten minutes. */
import type { Clock } from '../platform/clock.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import { freshFormToken, hashOf } from './fresh-secrets.ts'

/** Kept in memory alone; a restart asks for a reload of the page. */
export interface ConsentForms {
  /** The token that the form must bring back. */
  open(request: AuthorizeRequest): string
  /** The request that the form was shown for; null for an unknown, used or old token. */
  take(token: string): AuthorizeRequest | null
}

const LIFE_MS = 10 * 60_000
/** The oldest are forgotten first. */
const MAX_OPEN = 100

export function createConsentForms(clock: Clock): ConsentForms {
  const open = new Map<string, { readonly request: AuthorizeRequest; readonly endMs: number }>()
  return {
    open(request) {
      const token = freshFormToken()
      const [oldest] = open.keys()
      if (open.size >= MAX_OPEN && oldest !== undefined) open.delete(oldest)
      open.set(hashOf(token), { request, endMs: clock.now() + LIFE_MS })
      return token
    },
    take(token) {
      const key = hashOf(token)
      const found = open.get(key)
      open.delete(key)
      return found !== undefined && found.endMs > clock.now() ? found.request : null
    },
  }
}
