/** Reads a state file of version 1, which knew one flow and kept an app's settings apart. */
import * as z from 'zod'
import { manifestOf } from './manifest.ts'
import { type PracticeState, practiceState } from './state.ts'

const texts = z.array(z.string())

const version1 = z.object({
  version: z.literal(1),
  apps: z.array(
    z.looseObject({
      name: z.string(),
      redirectUrls: texts,
      pkce: z.boolean(),
      tokenRotation: z.boolean(),
      botScopes: texts,
      userScopes: texts,
    }),
  ),
  grants: z.array(z.looseObject({})),
  tokens: z.array(z.unknown()),
  codes: z.array(z.looseObject({ expiresAtMs: z.number() })),
  webhooks: z.array(z.looseObject({ isRevoked: z.boolean() })),
})

/** A code lived ten minutes in version 1. */
const CODE_LIFE_MS = 10 * 60_000

/** The state as version 2 has it; null when this is no state of version 1. */
export function migrateState(input: unknown): PracticeState | null {
  const parsed = version1.safeParse(input)
  if (!parsed.success) return null
  const old = parsed.data
  const migrated = practiceState.safeParse({
    version: 2,
    apps: old.apps.map((app) => ({ ...app, manifest: manifestOf({ ...app, ...NO_EXTRAS }) })),
    grants: old.grants.map((grant) => ({ ...grant, isClassic: false })),
    tokens: old.tokens,
    codes: old.codes.map((code) => ({
      ...code,
      flow: 'v2',
      nonce: null,
      issuedAtMs: code.expiresAtMs - CODE_LIFE_MS,
      idTokenFault: null,
    })),
    webhooks: old.webhooks.filter(({ isRevoked }) => !isRevoked),
    configurationTokens: [],
  })
  return migrated.success ? migrated.data : null
}

const NO_EXTRAS = { orgDeploy: false, botOptional: [], userOptional: [] }
