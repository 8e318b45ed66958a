/** Asks Slack whether an installation's tokens work, and keeps what it says. */
import { AppError } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import { credentialStateFor } from '../slack/advice.ts'
import { slackEndpoints } from '../slack/environment.ts'
import type { SlackApi, TokenInfo } from '../slack/slack-api.ts'
import { OtherWorkspaceAnswered } from './errors.ts'
import type { Installation, Installations } from './installations.ts'
import type { CredentialMeta, InstallationMeta } from './records.ts'

export interface CheckOptions {
  readonly installations: Installations
  readonly slack: SlackApi
  readonly clock: Clock
}

export interface CheckService {
  /**
   * Checks every bot and user token of the installation, one after the other. What Slack said of
   * each is kept, also when a later one fails.
   *
   * @throws SlackRefused for the first token that Slack does not accept, SlackNoAnswer, SlackGarbage
   */
  check(installationId: string): Promise<void>
}

/** Slack can check bot and user tokens only; app-level tokens and webhooks have no harmless call. */
export function isCheckable(credential: CredentialMeta): boolean {
  return credential.kind === 'bot' || credential.kind === 'user'
}

/** Checks against the real environment of each installation. */
export function createCheckService(options: CheckOptions): CheckService {
  return {
    async check(installationId) {
      const installation = options.installations.get(installationId)
      const failures: unknown[] = []
      for (const credential of installation.credentials.filter(isCheckable)) {
        await checkOne(options, installation, credential.id).catch((thrown: unknown) => {
          failures.push(thrown)
        })
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}

async function checkOne(
  options: CheckOptions,
  installation: Installation,
  credentialId: string,
): Promise<void> {
  const token = options.installations.token(installation.id, credentialId)
  try {
    const info = await options.slack.testToken(slackEndpoints(installation.environment), token)
    if (installation.teamId !== null && info.teamId !== installation.teamId) {
      throw new OtherWorkspaceAnswered()
    }
    await keep(
      options,
      installation.id,
      credentialId,
      token,
      (c) => working(c, info),
      learned(info),
    )
  } catch (thrown) {
    await keepRefusal(options, installation.id, credentialId, token, thrown)
    throw thrown
  }
}

/** What Slack's refusal says about the token; an outage says nothing. */
async function keepRefusal(
  options: CheckOptions,
  installationId: string,
  credentialId: string,
  token: Secret,
  thrown: unknown,
): Promise<void> {
  const slackCode = thrown instanceof AppError ? thrown.slackCode : undefined
  const state = slackCode === undefined ? null : credentialStateFor(slackCode)
  if (state === null || slackCode === undefined) return
  const refused = (credential: CredentialMeta) => ({ ...credential, state, slackCode })
  await keep(options, installationId, credentialId, token, refused, {})
}

/** Keeps the answer only if it is about the token that is there now: it may have been replaced. */
async function keep(
  options: CheckOptions,
  installationId: string,
  credentialId: string,
  token: Secret,
  update: (credential: CredentialMeta) => CredentialMeta,
  rest: Partial<InstallationMeta>,
): Promise<void> {
  const { installations, clock } = options
  if (installations.token(installationId, credentialId).expose() !== token.expose()) return
  const lastCheckedAtMs = clock.now()
  await installations.updateCredentials(
    installationId,
    (credential) =>
      credential.id === credentialId ? { ...update(credential), lastCheckedAtMs } : credential,
    { ...rest, lastCheckedAtMs },
  )
}

function working(credential: CredentialMeta, info: TokenInfo): CredentialMeta {
  return {
    ...credential,
    state: 'working',
    slackCode: null,
    scopes: info.scopes.length > 0 ? [...info.scopes] : credential.scopes,
    expiresAtMs: info.expiresAtMs ?? credential.expiresAtMs,
    userId: credential.kind === 'user' ? (info.userId ?? credential.userId) : credential.userId,
    userName:
      credential.kind === 'user' ? (info.userName ?? credential.userName) : credential.userName,
  }
}

/** What the answer tells about the workspace itself. */
function learned(info: TokenInfo): Partial<InstallationMeta> {
  return {
    ...(info.teamName === null ? {} : { teamName: info.teamName }),
    ...(info.teamDomain === null ? {} : { teamDomain: info.teamDomain }),
  }
}
