/** Asks Slack whether an installation's tokens work, and keeps what it says. */
import type { CredentialKind } from '../contract/views.ts'
import { AppError } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import { credentialStateFor } from '../slack/advice.ts'
import { slackEndpoints } from '../slack/environment.ts'
import type { SlackApi, TokenInfo } from '../slack/slack-api.ts'
import { type CheckAnswer, createCheckAnswers } from './check-answers.ts'
import { OtherWorkspaceAnswered } from './errors.ts'
import type { Installation, Installations } from './installations.ts'
import { askOrgTeams } from './org-teams.ts'
import type { CredentialMeta, InstallationMeta } from './records.ts'

export interface CheckOptions {
  readonly installations: Installations
  readonly slack: SlackApi
  readonly clock: Clock
}

/**
 * One question to Slack about an installation. It may be asked again, as after SlackRateLimited.
 *
 * @throws SlackRefused, SlackRateLimited, SlackNoAnswer, SlackGarbage, OtherWorkspaceAnswered
 * @throws WorkspaceNotFound, SecretNotFoundHere when it was removed before it could be asked
 */
export type CheckStep = () => Promise<void>

/** The check of one installation: its questions, in order, and what came of them. */
export interface InstallationCheck {
  readonly steps: readonly CheckStep[]
  /**
   * Saves what Slack said since the last call, in one go. What it said of a token that was replaced
   * or removed meanwhile is dropped.
   *
   * @throws WorkspaceNotFound, VaultLocked, VaultWriteFailed
   */
  keep(): Promise<void>
}

export interface CheckService {
  /**
   * Checks every token of the installation that Slack can check, one after the other. What Slack said
   * of each is kept, also when a later one fails.
   *
   * @throws WorkspaceNotFound, VaultLocked, VaultWriteFailed, and the first failure of the steps
   */
  check(installationId: string): Promise<void>
  /** The same, step by step. @throws WorkspaceNotFound */
  begin(installationId: string): InstallationCheck
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
  const begin = (installationId: string) => beginCheck(options, installationId)
  return {
    begin,
    async check(installationId) {
      const { steps, keep } = begin(installationId)
      const failures: unknown[] = []
      for (const step of steps) {
        await step().catch((thrown: unknown) => {
          failures.push(thrown)
        })
      }
      await keep()
      if (failures.length > 0) throw failures[0]
    },
  }
}

function beginCheck(options: CheckOptions, installationId: string): InstallationCheck {
  const installation = options.installations.get(installationId)
  const checkable = installation.credentials.filter(isCheckable)
  const answers = createCheckAnswers(options.installations, installationId)
  const questions = checkable.map(({ id }) => async () => {
    const token = options.installations.token(installationId, id)
    const { answer, failure } = await ask(options, installation, token)
    if (answer !== null) answers.add(id, token, answer)
    if (failure !== null) throw failure.thrown
  })
  const isAsked = installation.isOrgWide && checkable.length > 0
  const askTeams = async () => {
    const orgTeams = await askOrgTeams(options, answers.applied())
    if (orgTeams !== null) answers.addTeams(orgTeams)
  }
  return { steps: isAsked ? [...questions, askTeams] : questions, keep: () => answers.keep() }
}

/** What Slack said of a token, as far as it said anything, and why the check of it failed. */
interface Asked {
  readonly answer: CheckAnswer | null
  readonly failure: { readonly thrown: unknown } | null
}

async function ask(
  { slack, clock }: CheckOptions,
  { environment, teamId }: Installation,
  token: Secret,
): Promise<Asked> {
  try {
    const info = await slack.testToken(slackEndpoints(environment), token)
    if (teamId !== null && info.teamId !== teamId) throw new OtherWorkspaceAnswered()
    const update = (credential: CredentialMeta) => working(credential, info)
    return { answer: { atMs: clock.now(), update, learned: learned(info) }, failure: null }
  } catch (thrown) {
    return { answer: refusal(thrown, clock.now()), failure: { thrown } }
  }
}

/** What Slack's refusal says about the token; an outage says nothing. */
function refusal(thrown: unknown, atMs: number): CheckAnswer | null {
  const slackCode = thrown instanceof AppError ? thrown.slackCode : undefined
  const state = slackCode === undefined ? null : credentialStateFor(slackCode)
  if (state === null || slackCode === undefined) return null
  return { atMs, update: (credential) => ({ ...credential, state, slackCode }), learned: {} }
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
