/** The forms that are open: each may be sent once, within ten minutes. */
import type { Clock } from '../platform/clock.ts'
import { freshFormToken, hashOf } from './fresh-secrets.ts'

/** Kept in memory alone; a restart asks for a reload of the page. */
export interface OneTimeForms<T> {
  /** @param purpose what the form was shown for; answers the token that it must bring back */
  open(purpose: T): string
  /** What the form was shown for; null for an unknown, used or old token. */
  take(token: string): T | null
}

const LIFE_MS = 10 * 60_000
/** The oldest are forgotten first. */
const MAX_OPEN = 100

export function createOneTimeForms<T>(clock: Clock): OneTimeForms<T> {
  const open = new Map<string, { readonly purpose: T; readonly endMs: number }>()
  return {
    open(purpose) {
      const token = freshFormToken()
      const [oldest] = open.keys()
      if (open.size >= MAX_OPEN && oldest !== undefined) open.delete(oldest)
      open.set(hashOf(token), { purpose, endMs: clock.now() + LIFE_MS })
      return token
    },
    take(token) {
      const key = hashOf(token)
      const found = open.get(key)
      open.delete(key)
      return found !== undefined && found.endMs > clock.now() ? found.purpose : null
    },
  }
}
