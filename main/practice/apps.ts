/** The Slack apps of the practice Slack: two built in, others registered or made from a manifest. */
import * as z from 'zod'
import { redirectUrls } from '../contract/redirect.ts'
import { freshClientId, freshClientSecret, freshId, hashOf } from './fresh-secrets.ts'
import { type Manifest, manifestOf, settingsOf } from './manifest.ts'
import { isRedirectUrl } from './redirects.ts'
import { parseScopes } from './scopes.ts'
import type { PracticeApp, PracticeState, StoredApp } from './state.ts'

const redirectUrl = z.string().max(2500).refine(isRedirectUrl)
const scopes = z.array(z.string().refine((one) => parseScopes(one)?.length === 1)).max(255)

/** What `POST /practice/apps` takes. Limits: Slack's app manifest. */
export const practiceAppInput = z
  .object({
    name: z.string().trim().min(1).max(35),
    redirectUrls: z.array(redirectUrl).max(1000),
    /** A public client: no secret, http on localhost allowed, user tokens only there. */
    pkce: z.boolean(),
    botScopes: scopes,
    userScopes: scopes,
    /** Scopes of the two lists that the user may untick. */
    optionalScopes: scopes.default([]),
    /** Tokens that expire after 12 hours, with refresh tokens. */
    tokenRotation: z.boolean(),
    /** May be installed on the whole organization. */
    orgDeploy: z.boolean().default(false),
  })
  .refine(({ optionalScopes, botScopes, userScopes }) =>
    optionalScopes.every((one) => botScopes.includes(one) || userScopes.includes(one)),
  )
export type PracticeAppInput = z.input<typeof practiceAppInput>

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
    orgDeploy: true,
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
  const found = state.apps.find((one) => one.clientId === clientId)
  return found && withSettings(found)
}

/** By the app ID, such as `A0…`. */
export function findAppById(state: PracticeState, appId: string): PracticeApp | undefined {
  const found = state.apps.find((one) => one.appId === appId)
  return found && withSettings(found)
}

/** Every app, the oldest first. */
export function allApps(state: PracticeState): PracticeApp[] {
  return state.apps.map(withSettings)
}

/** Adds an app with new IDs and, unless it uses PKCE, a new secret. */
export function addApp(
  draft: PracticeState,
  input: z.output<typeof practiceAppInput>,
): AppCredentials {
  const clientSecret = input.pkce ? null : freshClientSecret()
  return putApp(draft, { manifest: manifestOfInput(input), clientSecret, role: 'registered' })
}

/** Adds an app by a manifest that was checked. It gets a secret even with PKCE, as Slack gives one. */
export function addAppByManifest(
  draft: PracticeState,
  manifest: Manifest,
): AppCredentials & { readonly clientSecret: string } {
  const clientSecret = freshClientSecret()
  return { ...putApp(draft, { manifest, clientSecret, role: 'registered' }), clientSecret }
}

/** Makes a built-in app, or gives it a new secret: nobody can know the one of an earlier start. */
export function renewBuiltInApp(draft: PracticeState, role: keyof typeof BUILT_IN): AppCredentials {
  const old = draft.apps.find((one) => one.role === role)
  draft.apps = draft.apps.filter((one) => one !== old)
  const input = practiceAppInput.parse(BUILT_IN[role])
  const clientSecret = input.pkce ? null : freshClientSecret()
  return putApp(draft, { manifest: manifestOfInput(input), clientSecret, role }, old)
}

/** Removes an app with all that it was allowed. */
export function removeApp(draft: PracticeState, appId: string): void {
  const grantIds = new Set(draft.grants.filter((one) => one.appId === appId).map((one) => one.id))
  draft.tokens = draft.tokens.filter((one) => !grantIds.has(one.grantId))
  const isOther = (one: { readonly appId: string }) => one.appId !== appId
  draft.apps = draft.apps.filter(isOther)
  draft.grants = draft.grants.filter(isOther)
  draft.codes = draft.codes.filter(isOther)
  draft.webhooks = draft.webhooks.filter(isOther)
}

function putApp(
  draft: PracticeState,
  app: {
    readonly manifest: Manifest
    readonly clientSecret: string | null
    readonly role: StoredApp['role']
  },
  old?: StoredApp,
): AppCredentials {
  const { manifest, clientSecret, role } = app
  const appId = old?.appId ?? freshId('A')
  const clientId = old?.clientId ?? freshClientId()
  const secretHash = clientSecret === null ? null : hashOf(clientSecret)
  draft.apps.push({ appId, clientId, secretHash, manifest, role })
  return { appId, clientId, clientSecret }
}

function manifestOfInput(input: z.output<typeof practiceAppInput>): Manifest {
  const isOptional = (one: string) => input.optionalScopes.includes(one)
  return manifestOf({
    ...input,
    botOptional: input.botScopes.filter(isOptional),
    userOptional: input.userScopes.filter(isOptional),
  })
}

function withSettings(app: StoredApp): PracticeApp {
  return { ...app, ...settingsOf(app.manifest) }
}
