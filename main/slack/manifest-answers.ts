import * as z from 'zod'
import { Secret } from '../platform/secret.ts'
import { type ManifestError, readManifestErrors } from './manifest-errors.ts'
import { epochSeconds, parseAnswer, text } from './wire.ts'

/** An app that Slack made, with what it told of it: none of it can be asked for again. */
export interface CreatedApp {
  readonly appId: string
  readonly clientId: string | null
  readonly clientSecret: Secret | null
  readonly verificationToken: Secret | null
  readonly signingSecret: Secret | null
  readonly authorizeUrl: string | null
}

/** A configuration token and what renews it. */
export interface ConfigurationTokens {
  readonly token: Secret
  /** Single use; the one that was sent is spent. */
  readonly refreshToken: Secret
  readonly teamId: string | null
  readonly userId: string | null
  /** Epoch milliseconds. */
  readonly expiresAtMs: number
}

/** A field that is missing or of another shape comes as null: the others are kept all the same. */
const tolerantText = text.catch(null)

const created = z.object({
  ok: z.literal(true),
  app_id: z.string().min(1),
  credentials: z
    .object({
      client_id: tolerantText,
      client_secret: tolerantText,
      verification_token: tolerantText,
      signing_secret: tolerantText,
    })
    .nullish()
    .catch(null),
  oauth_authorize_url: tolerantText,
})

/**
 * The answer of apps.manifest.create. The app exists now: whatever came with its ID is kept.
 *
 * @throws SlackGarbage where not even the app's ID came
 */
export function parseCreatedApp(json: unknown): CreatedApp {
  const {
    app_id: appId,
    credentials,
    oauth_authorize_url: authorizeUrl,
  } = parseAnswer(created, json)
  return {
    appId,
    clientId: credentials?.client_id ?? null,
    clientSecret: secretOrNull(credentials?.client_secret),
    verificationToken: secretOrNull(credentials?.verification_token),
    signingSecret: secretOrNull(credentials?.signing_secret),
    authorizeUrl,
  }
}

function secretOrNull(value: string | null | undefined): Secret | null {
  return value === null || value === undefined ? null : Secret.of(value)
}

const validated = z.object({ ok: z.literal(true), errors: z.unknown().optional() })

/** The answer of apps.manifest.validate where Slack said yes; it lists no errors then. */
export function parseValidation(json: unknown, secrets: readonly Secret[]): ManifestError[] {
  return readManifestErrors(parseAnswer(validated, json).errors, secrets)
}

const updated = z.object({ ok: z.literal(true), permissions_updated: z.boolean().nullish() })

/** True where Slack says that workspaces have to reinstall. @throws SlackGarbage */
export function parseUpdated(json: unknown): boolean {
  return parseAnswer(updated, json).permissions_updated ?? false
}

const exported = z.object({ ok: z.literal(true), manifest: z.record(z.string(), z.unknown()) })

/** The manifest, whole: unknown fields too. @throws SlackGarbage */
export function parseExport(json: unknown): Record<string, unknown> {
  return parseAnswer(exported, json).manifest
}

/** Source: slack-auth section 9: 12 hours. */
const LIFE_MS = 12 * 3600 * 1000
const rotated = z.object({
  ok: z.literal(true),
  token: z.string().min(1),
  refresh_token: z.string().min(1),
  team_id: tolerantText,
  user_id: tolerantText,
  // Absolute seconds. What else stands there must not cost the two tokens.
  exp: epochSeconds.nullish().catch(null),
})

/**
 * The answer of tooling.tokens.rotate.
 *
 * @param nowMs when the call was sent, epoch milliseconds: the token's life counts from it where
 * Slack did not say when it ends
 * @throws SlackGarbage without the two tokens
 */
export function parseConfigurationTokens(json: unknown, nowMs: number): ConfigurationTokens {
  const data = parseAnswer(rotated, json)
  return {
    token: Secret.of(data.token),
    refreshToken: Secret.of(data.refresh_token),
    teamId: data.team_id,
    userId: data.user_id,
    expiresAtMs: data.exp === null || data.exp === undefined ? nowMs + LIFE_MS : data.exp * 1000,
  }
}
