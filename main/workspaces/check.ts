/** Asks Slack whether an installation's tokens work, and keeps what it says. */
import type { CredentialKind } from '../contract/views.ts'
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
  /** Asks which workspaces an org-wide installation covers, and keeps them. */
  readonly learnOrgTeams: (installationId: string) => Promise<void>
}

/**
 * One question to Slack about an installation; what Slack says is kept before it ends. It may be asked
 * again, as after SlackRateLimited.
 *
 * @throws SlackRefused, SlackRateLimited, SlackNoAnswer, SlackGarbage, OtherWorkspaceAnswered
 * @throws WorkspaceNotFound, SecretNotFoundHere when it was removed meanwhile
 */
export type CheckStep = () => Promise<void>

export interface CheckService {
  /**
   * Checks every token of the installation that Slack can check, one after the other. What Slack said
   * of each is kept, also when a later one fails.
   *
   * @throws WorkspaceNotFound, and the first failure of the steps
   */
  check(installationId: string): Promise<void>
  /** The questions that `check` asks, in order. @throws WorkspaceNotFound */
  steps(installationId: string): CheckStep[]
}

/**
 * Slack can check bot and user tokens, and those of Sign in with Slack: auth.test takes any of them.
 * App-level tokens and webhooks have no harmless call, and an ID token is sent nowhere.
 * Source: slack-auth section 8.
 */
export function isCheckable(credential: CredentialMeta): boolean {
  return CHECKABLE.has(credential.kind)
}

const CHECKABLE: ReadonlySet<CredentialKind> = new Set(['bot', 'user', 'sign-in'])

/** Checks against the real environment of each installation. */
export function createCheckService(options: CheckOptions): CheckService {
  const steps = (installationId: string) => {
    const installation = options.installations.get(installationId)
    const checkable = installation.credentials.filter(isCheckable)
    const questions = checkable.map(
      ({ id }) =>
        () =>
          checkOne(options, installation, id),
    )
    const isAsked = installation.isOrgWide && checkable.length > 0
    return isAsked ? [...questions, () => options.learnOrgTeams(installationId)] : questions
  }
  return {
    steps,
    async check(installationId) {
      const failures: unknown[] = []
      for (const step of steps(installationId)) {
        await step().catch((thrown: unknown) => {
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
    ...(credential.kind === 'user' ? actsAs(credential, info) : {}),
  }
}

/** Who signed in is known from the ID token, and by the full name: only user tokens learn it here. */
function actsAs(
  { userId, userName }: CredentialMeta,
  info: TokenInfo,
): Pick<CredentialMeta, 'userId' | 'userName'> {
  return { userId: info.userId ?? userId, userName: info.userName ?? userName }
}

/** What the answer tells about the workspace itself. */
function learned(info: TokenInfo): Partial<InstallationMeta> {
  return {
    ...(info.teamName === null ? {} : { teamName: info.teamName }),
    ...(info.teamDomain === null ? {} : { teamDomain: info.teamDomain }),
  }
}
