/** The Slack apps of the practice Slack: two built in, others registered by Token Desk or a test. */
import * as z from 'zod'
import { redirectUrls } from '../contract/redirect.ts'
import { freshClientId, freshClientSecret, freshId, hashOf } from './fresh-secrets.ts'
import { isRedirectUrl } from './redirects.ts'
import { parseScopes } from './scopes.ts'
import type { PracticeApp, PracticeState } from './state.ts'

const redirectUrl = z.string().max(2500).refine(isRedirectUrl)
const scope = z.string().refine((one) => parseScopes(one)?.length === 1)

/** What `POST /practice/apps` takes. Limits: Slack's app manifest. */
export const practiceAppInput = z.object({
  name: z.string().trim().min(1).max(35),
  redirectUrls: z.array(redirectUrl).max(1000),
  /** A public client: no secret, http on localhost allowed, user tokens only there. */
  pkce: z.boolean(),
  botScopes: z.array(scope).max(255),
  userScopes: z.array(scope).max(255),
  /** Tokens that expire after 12 hours, with refresh tokens. */
  tokenRotation: z.boolean(),
})
export type PracticeAppInput = z.infer<typeof practiceAppInput>

/** What an app is told once: afterwards only hashes are left. */
export interface AppCredentials {
  readonly appId: string
  readonly clientId: string
  /** Null for a PKCE app. */
  readonly clientSecret: string | null
}

/** A page that never loads: for trying the address that is pasted by hand (RFC 6761, `.example`). */
export const PASTE_REDIRECT_URL = 'https://practice.example/callback'

const BUILT_IN = {
  default: {
    name: 'Practice app',
    redirectUrls: [...redirectUrls('https'), PASTE_REDIRECT_URL],
    pkce: false,
    botScopes: [],
    userScopes: [],
    tokenRotation: true,
  },
  'default-pkce': {
    name: 'Practice app with PKCE',
    redirectUrls: redirectUrls('pkce'),
    pkce: true,
    botScopes: [],
    userScopes: [],
    tokenRotation: true,
  },
} satisfies Record<string, PracticeAppInput>

export function findApp(state: PracticeState, clientId: string): PracticeApp | undefined {
  return state.apps.find((one) => one.clientId === clientId)
}

/** Adds an app with new IDs and, unless it uses PKCE, a new secret. */
export function addApp(draft: PracticeState, input: PracticeAppInput): AppCredentials {
  return putApp(draft, input, 'registered')
}

/** Makes a built-in app, or gives it a new secret: nobody can know the one of an earlier start. */
export function renewBuiltInApp(draft: PracticeState, role: keyof typeof BUILT_IN): AppCredentials {
  const old = draft.apps.find((one) => one.role === role)
  draft.apps = draft.apps.filter((one) => one !== old)
  return putApp(draft, BUILT_IN[role], role, old)
}

function putApp(
  draft: PracticeState,
  input: PracticeAppInput,
  role: PracticeApp['role'],
  old?: PracticeApp,
): AppCredentials {
  const clientSecret = input.pkce ? null : freshClientSecret()
  const appId = old?.appId ?? freshId('A')
  const clientId = old?.clientId ?? freshClientId()
  const secretHash = clientSecret === null ? null : hashOf(clientSecret)
  draft.apps.push({ ...input, appId, clientId, secretHash, role })
  return { appId, clientId, clientSecret }
}
