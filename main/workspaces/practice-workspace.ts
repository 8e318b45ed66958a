/** The first door: a running practice Slack and an app of it to authorize with. */
import { PRACTICE_PORT, redirectUrls } from '../contract/redirect.ts'
import type { Secret } from '../platform/secret.ts'
import type { SlackApps } from './slack-apps.ts'

/** What the app needs of the practice Slack; the real one is in practice/. */
export interface PracticeHost {
  /** Starts it, or finds the one that runs already. @throws PracticePortBusy */
  ensureRunning(): Promise<void>
  /** True when the running one knows this client ID. */
  knows(clientId: string): Promise<boolean>
  registerApp(app: {
    name: string
    redirectUrls: readonly string[]
    botScopes: readonly string[]
    userScopes: readonly string[]
  }): Promise<{ appId: string; clientId: string; clientSecret: Secret }>
}

const PRACTICE_APP_NAME = 'Practice app'
const BOT_SCOPES = [
  'app_mentions:read',
  'channels:history',
  'chat:write',
  'team:read',
  'users:read',
]
const USER_SCOPES = ['search:read', 'users:read']

/**
 * Makes the practice Slack ready and answers the ID of the Slack app entry to authorize with: the one
 * that is there if the running practice Slack still knows it, else a new registration.
 */
export async function preparePractice(
  practice: PracticeHost,
  slackApps: SlackApps,
): Promise<string> {
  await practice.ensureRunning()
  // Other apps of the practice Slack are the user's own.
  const known = slackApps
    .all()
    .find((app) => app.environment.kind === 'practice' && app.name === PRACTICE_APP_NAME)
  if (known && (await practice.knows(known.clientId))) return known.id
  const scopes = { botScopes: BOT_SCOPES, userScopes: USER_SCOPES }
  const registered = await practice.registerApp({
    name: PRACTICE_APP_NAME,
    redirectUrls: redirectUrls('https'),
    ...scopes,
  })
  const input = {
    name: PRACTICE_APP_NAME,
    environment: { kind: 'practice' as const },
    clientId: registered.clientId,
    clientSecret: registered.clientSecret.expose(),
    signingSecret: null,
    verificationToken: null,
    flow: 'v2' as const,
    strategy: 'https' as const,
    redirectUrl: null,
    optionalScopes: [],
    ...scopes,
  }
  if (!known) return slackApps.add(input)
  await slackApps.update(known.id, input)
  return known.id
}

/** Where the practice Slack of this computer listens. */
export const PRACTICE_URL = `http://localhost:${PRACTICE_PORT}`
