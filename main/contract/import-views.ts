import * as z from 'zod'
import { environmentView } from './environment-views.ts'
import { failure } from './errors.ts'
import { credentialKind } from './installation-views.ts'

/** What recognising and checking pasted text found; the text itself stays in main. */
export const importFinding = z.object({
  id: z.string(),
  /**
   * `config-or-user`: `xoxe.xoxp-1-` can be either, so the user is asked. `configuration`: its variable
   * said so. `refresh`: of a configuration token. `session`: refused. `unsupported`: known, of no use.
   */
  kind: z.enum([
    ...credentialKind.options,
    'config-or-user',
    'configuration',
    'refresh',
    'session',
    'unsupported',
  ]),
  masked: z.string(),
  variable: z.string(),
  /** Line of the pasted text, from 1. */
  line: z.number(),
  check: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('not-checked') }),
    z.object({ kind: z.literal('cannot-be-checked') }),
    z.object({ kind: z.literal('works'), workspaceName: z.string(), scopes: z.array(z.string()) }),
    z.object({ kind: z.literal('refused'), failure }),
  ]),
})
export type ImportFinding = z.infer<typeof importFinding>

export const importDraft = z.object({
  id: z.string(),
  /** Name of the chosen file, without its folder; null for the clipboard. */
  fileName: z.string().nullable(),
  lineCount: z.number(),
  environment: environmentView,
  findings: z.array(importFinding),
})
export type ImportDraft = z.infer<typeof importDraft>
