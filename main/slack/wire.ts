/** Pieces that several of Slack's answers have in common. */
import * as z from 'zod'
import { SlackGarbage } from './errors.ts'

/** Characters: 255 scopes of 50 each, twice, have fewer. A longer text is none of Slack's. */
const MAX_TEXT = 30_000

/** A text that may be missing, null or empty; all three come as null. */
export const text = z
  .string()
  .max(MAX_TEXT)
  .nullish()
  .transform((value) => value || null)

/** Epoch seconds; what is later than the year 5000 is no date that could be shown. */
export const epochSeconds = z.number().positive().max(99_999_999_999)

/** Seconds; null or missing where the token does not expire. Ten years bound it against nonsense. */
export const expiresIn = z.number().min(0).max(315_360_000).nullish()

/** Epoch milliseconds, or null where the token does not expire. */
export function expiryMs(seconds: number | null | undefined, nowMs: number): number | null {
  return seconds === null || seconds === undefined ? null : nowMs + seconds * 1000
}

/** Four times as many as a Slack app may have. */
const MAX_SCOPES = 2000

/** Slack's comma-separated scopes, each once, in Slack's order. */
export function scopeList(scopes: string | readonly string[] | null): string[] {
  const parts = typeof scopes === 'string' ? scopes.split(/[,\s]+/) : (scopes ?? [])
  const named = parts.map((scope) => scope.trim()).filter((scope) => scope !== '')
  return [...new Set(named)].slice(0, MAX_SCOPES)
}

/** An answer of this shape. @throws SlackGarbage for another one, which is not quoted */
export function parseAnswer<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new SlackGarbage()
  return parsed.data
}
