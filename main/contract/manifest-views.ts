import * as z from 'zod'
import { diffLine } from './env-file-views.ts'

/** Something about one line of a manifest. Warnings do not keep it from being sent. */
export const manifestProblem = z.object({
  severity: z.enum(['problem', 'warning']),
  /** Line of the text that was read, from 1; null where it is about the whole. */
  line: z.number().nullable(),
  message: z.string(),
  advice: z.string(),
  /** A word in that line and what to put in its place: `files:wirte` → `files:write`. */
  replace: z.object({ from: z.string(), to: z.string() }).nullable(),
})
export type ManifestProblem = z.infer<typeof manifestProblem>

/** An app manifest in both spellings. It holds no secret. */
export const manifestView = z.object({
  json: z.string(),
  yaml: z.string(),
  problems: z.array(manifestProblem),
  /** Turning PKCE on and token rotation on cannot be undone at Slack: said before it is sent. */
  turnsOnPkce: z.boolean(),
  turnsOnRotation: z.boolean(),
})
export type ManifestView = z.infer<typeof manifestView>

/** A manifest beside the one that Slack has. */
export const manifestComparison = z.object({
  /** Names what was compared: an update is refused when Slack's has changed since. */
  id: z.string(),
  lines: z.array(diffLine),
  addedCount: z.number(),
  removedCount: z.number(),
  turnsOnPkce: z.boolean(),
  turnsOnRotation: z.boolean(),
})
export type ManifestComparison = z.infer<typeof manifestComparison>
