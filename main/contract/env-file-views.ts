import * as z from 'zod'
import { failure } from './errors.ts'

export const envFileView = z.object({
  id: z.string(),
  /** `~/code/northwind-bot/.env` */
  displayPath: z.string(),
  exists: z.boolean(),
})
export type EnvFileView = z.infer<typeof envFileView>

export const diffLine = z.object({
  sign: z.enum(['same', 'added', 'removed']),
  /** Line number before and after; null on the side where the line does not stand. */
  before: z.number().nullable(),
  after: z.number().nullable(),
  /** Masked: our value as `xoxb-…k3Zq`, every other value as `•••••• hidden`. */
  text: z.string(),
})
export type DiffLine = z.infer<typeof diffLine>

/**
 * What git says of the file. `unknown`: git refused to answer or is not there; never read as safe.
 * `outside`: the folder is in no repository.
 */
export const gitView = z.object({
  state: z.enum(['ignored', 'not-ignored', 'tracked', 'outside', 'unknown']),
  /** The .gitignore that would get the line, and the line; null where there is nothing to add. */
  gitignore: z.object({ displayPath: z.string(), line: z.string() }).nullable(),
  /** `git rm --cached .env`, for a tracked file. */
  untrackCommand: z.string().nullable(),
})
export type GitView = z.infer<typeof gitView>

export const writePreview = z.object({
  id: z.string(),
  file: envFileView,
  /** Where a link leads: the file that is written; null when the chosen one is no link. */
  leadsTo: z.string().nullable(),
  variable: z.string(),
  lines: z.array(diffLine),
  changedCount: z.number(),
  unchangedCount: z.number(),
  /** `LF`, `CRLF` or `mixed`. */
  lineEnding: z.enum(['LF', 'CRLF', 'mixed']),
  /** `0600`; null for a file that does not exist yet (it gets 0600). */
  mode: z.string().nullable(),
  createsFile: z.boolean(),
  /** False when the file already holds this value. */
  changesAnything: z.boolean(),
  git: gitView,
  /** The name begins as frameworks publish to every visitor (VITE_, NEXT_PUBLIC_ …). */
  publicNameWarning: z.boolean(),
})
export type WritePreview = z.infer<typeof writePreview>

export const writeReport = z.object({
  writeId: z.string(),
  displayPath: z.string(),
  changedCount: z.number(),
  createdFile: z.boolean(),
  gitignoreAdded: z.boolean(),
  /** Said when the file was written but the line could not be added to .gitignore. */
  gitignoreFailure: failure.nullable(),
})
export type WriteReport = z.infer<typeof writeReport>
