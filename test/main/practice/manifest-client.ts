/** A program that makes apps by their manifests. */
import { makePracticeConfigurationToken } from '../../../main/practice/find-practice.ts'
import type { PracticeSlack } from '../../../main/practice/practice-slack.ts'
import { call, DESKTOP_REDIRECT, type Json, WEB_REDIRECT } from './practice-client.ts'

/** As it comes from the program interface, ready for calls. */
export async function configurationToken(practice: PracticeSlack) {
  const made = await makePracticeConfigurationToken(practice.url, fetch)
  return { ...made, token: made.token.expose(), refreshToken: made.refreshToken.expose() }
}

/** A manifest that Slack would take, with a part that nobody here knows. */
export const MANIFEST = {
  _metadata: { major_version: 2, minor_version: 1 },
  display_information: { name: 'Manifest Bot' },
  features: { bot_user: { display_name: 'manifest-bot' }, app_home: { home_tab_enabled: true } },
  oauth_config: {
    redirect_urls: [WEB_REDIRECT],
    scopes: { bot: ['chat:write'], user: ['search:read'], user_optional: ['search:read'] },
  },
  settings: { token_rotation_enabled: false, unknown_to_us: { deep: [1, 2] } },
}

/** The same for an app with PKCE and rotation. */
export const PKCE_MANIFEST = {
  display_information: { name: 'Public Client' },
  oauth_config: {
    redirect_urls: [DESKTOP_REDIRECT],
    scopes: { user: ['search:read'] },
    pkce_enabled: true,
  },
  settings: { token_rotation_enabled: true },
}

/** Calls `apps.manifest.NAME`. */
export function manifestCall(
  practice: Pick<PracticeSlack, 'url'>,
  name: string,
  token: string,
  form: { readonly manifest?: unknown; readonly app_id?: string },
): Promise<Json> {
  const { manifest, ...rest } = form
  const text = manifest === undefined ? {} : { manifest: JSON.stringify(manifest) }
  return call(practice, `apps.manifest.${name}`, { token, ...rest, ...text })
}

export interface CreatedApp {
  readonly appId: string
  readonly client_id: string
  readonly client_secret: string
}

export async function createApp(
  practice: Pick<PracticeSlack, 'url'>,
  token: string,
  manifest: unknown = MANIFEST,
): Promise<CreatedApp> {
  const answer = await manifestCall(practice, 'create', token, { manifest })
  const { client_id = '', client_secret = '' } = answer.credentials as { [name: string]: string }
  return { appId: `${answer.app_id}`, client_id, client_secret }
}
