/** What is done in a credential's turn: mark, ask Slack, seal; or keep why it failed. */
import { AppError, toFailure } from '../../errors.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { Secret } from '../../platform/secret.ts'
import { slackEndpoints } from '../../slack/environment.ts'
import { SlackRateLimited } from '../../slack/errors.ts'
import type { RefreshedToken, SlackApi } from '../../slack/slack-api.ts'
import { SecretNotFoundHere } from '../errors.ts'
import type { HostPauses } from '../host-pauses.ts'
import type { CredentialChanged, Installation, Installations } from '../installations.ts'
import { CLIENT_SECRET, type CredentialMeta } from '../records.ts'
import type { SlackApps } from '../slack-apps.ts'
import {
  OtherTokenAnswered,
  RefreshImpossible,
  RefreshWaits,
  TokenExchangeImpossible,
} from './errors.ts'
import { exchangeBlock } from './exchange-block.ts'
import { begun, failed, isOwn, refreshed, withStray } from './refresh-changes.ts'
import { refreshClient } from './refresh-client.ts'
import type { AskedBy, Reports } from './reports.ts'
import type { CredentialRef, Turns } from './turns.ts'
import type { UnsavedPairs } from './unsaved-pairs.ts'

export interface RefresherOptions {
  readonly installations: Installations
  readonly slackApps: SlackApps
  readonly slack: SlackApi
  readonly turns: Turns
  readonly unsaved: UnsavedPairs
  readonly pauses: HostPauses
  readonly reports: Reports
  /** Told whenever this host has given a token: it can be reached. */
  readonly onReached: (host: string) => void
  readonly clock: Clock
  readonly log: Log
}

export interface Refresher {
  /**
   * Resolves when another token is in the vault than when it was called, whoever brought it there.
   *
   * @throws RefreshImpossible, RefreshWaits, RefreshNotKept, OtherTokenAnswered, SlackRefused …
   */
  refresh(ref: CredentialRef, by: AskedBy): Promise<void>
  /** As `refresh`. @throws TokenExchangeImpossible besides */
  exchange(ref: CredentialRef): Promise<void>
}

/** What goes to Slack, and what it stands for in the vault. */
interface Request {
  readonly what: 'refreshed' | 'exchanged'
  readonly by: AskedBy
  /** What is there until the pair is; where it is not any more, the pair has come too late. */
  readonly spent: Secret
  readonly isPkce: boolean
  readonly send: () => Promise<RefreshedToken>
}

export function createRefresher(options: RefresherOptions): Refresher {
  return new OneByOne(options)
}

class OneByOne implements Refresher {
  readonly #options: RefresherOptions

  constructor(options: RefresherOptions) {
    this.#options = options
  }

  async refresh(ref: CredentialRef, by: AskedBy): Promise<void> {
    const { installations, turns, unsaved } = this.#options
    if (!unsaved.has(ref)) this.#find(ref)
    const wanted = installations.refreshToken(ref.installationId, ref.credentialId)
    await turns.share(ref, () => this.#refresh(ref, wanted, by))
  }

  async exchange(ref: CredentialRef): Promise<void> {
    // A turn leaves a lock file behind: what is not here gets none.
    if (!this.#options.unsaved.has(ref)) this.#find(ref)
    await this.#options.turns.share(ref, () => this.#exchange(ref))
  }

  async #refresh(ref: CredentialRef, wanted: Secret | null, by: AskedBy): Promise<void> {
    const { installations, slackApps, slack, unsaved } = this.#options
    if (unsaved.has(ref)) return unsaved.retry(ref)
    const { installation, credential } = this.#find(ref)
    const spent = installations.refreshToken(ref.installationId, ref.credentialId)
    const { kind } = credential
    const canRotate = kind === 'bot' || kind === 'user' || kind === 'sign-in'
    if (spent === null || wanted === null || !canRotate) throw new RefreshImpossible('not-rotating')
    // Another process has been here while this one waited.
    if (!isSame(spent, wanted)) return
    try {
      const client = refreshClient(slackApps, installation, credential)
      const endpoints = slackEndpoints(installation.environment)
      const { clientId, clientSecret, isPkce } = client
      const ask = (refreshToken: Secret) =>
        slack.refreshToken(endpoints, { kind, clientId, clientSecret, refreshToken })
      const send = () => this.#askOrGoBack(ref, spent, ask)
      await this.#replace(ref, { what: 'refreshed', by, spent, isPkce, send })
    } catch (thrown) {
      if (thrown instanceof RefreshImpossible) await this.#keepFailure(ref, 'refreshed', by, thrown)
      throw thrown
    }
  }

  /** Where the newest refresh token was never good, the one before may still be: Slack gives it a while. */
  async #askOrGoBack(
    { installationId, credentialId }: CredentialRef,
    spent: Secret,
    ask: (refreshToken: Secret) => Promise<RefreshedToken>,
  ): Promise<RefreshedToken> {
    try {
      return await ask(spent)
    } catch (thrown) {
      const before = this.#options.installations.previousTokens(installationId, credentialId)
      const isInvalid = thrown instanceof AppError && INVALID.has(thrown.slackCode ?? '')
      if (!isInvalid || before.refreshToken === null) throw thrown
      return ask(before.refreshToken)
    }
  }

  async #exchange(ref: CredentialRef): Promise<void> {
    const { installations, slackApps, slack, unsaved } = this.#options
    if (unsaved.has(ref)) return unsaved.retry(ref)
    const { installation, credential } = this.#find(ref)
    const app = slackApps.facts().find(({ id }) => id === installation.slackAppId) ?? null
    const block = exchangeBlock(installation, credential, app)
    if (block !== null) throw new TokenExchangeImpossible(block)
    const clientSecret = app === null ? null : slackApps.secret(app.id, CLIENT_SECRET)
    if (app === null || clientSecret === null) throw new TokenExchangeImpossible('no-client-secret')
    const spent = installations.token(ref.installationId, ref.credentialId)
    const endpoints = slackEndpoints(installation.environment)
    const send = () =>
      slack.exchangeToken(endpoints, { clientId: app.clientId, clientSecret, token: spent })
    await this.#replace(ref, { what: 'exchanged', by: 'user', spent, isPkce: false, send })
  }

  async #replace(ref: CredentialRef, request: Request): Promise<void> {
    const { clock, pauses } = this.#options
    const { installation } = this.#find(ref)
    const { host } = slackEndpoints(installation.environment)
    const waitMs = pauseMs(pauses, host, clock.now())
    if (waitMs > 0) throw new RefreshWaits(waitMs)
    await this.#change(ref, (credential) => ({ meta: begun(credential, clock.now()) }))
    await this.#keep(ref, request, await this.#ask(ref, request, host))
    this.#options.onReached(host)
  }

  async #ask(ref: CredentialRef, request: Request, host: string): Promise<RefreshedToken> {
    const { pauses } = this.#options
    try {
      const pair = await request.send()
      const { installation, credential } = this.#find(ref)
      if (isOwn(installation, credential, pair)) return pair
      await this.#change(ref, (now) => withStray(now, pair))
      throw new OtherTokenAnswered()
    } catch (thrown) {
      if (thrown instanceof SlackRateLimited) pauses.pause(host, thrown.retryAfterSeconds)
      await this.#keepFailure(ref, request.what, request.by, thrown)
      throw thrown
    }
  }

  /** Durable, or kept in memory until it is. */
  async #keep(ref: CredentialRef, request: Request, pair: RefreshedToken): Promise<void> {
    const { unsaved, reports, clock } = this.#options
    const { what, by } = request
    const nowMs = clock.now()
    try {
      await unsaved.save(ref, async () => {
        await this.#change(ref, (now) => this.#replaced(ref, request, now, { pair, nowMs }))
        reports.done(ref, what, by)
      })
    } catch (thrown) {
      reports.failure({ ref, what, by, thrown, before: null, after: null })()
      throw thrown
    }
  }

  /** Null where the pair has come too late: what it was made of is not there any more. */
  #replaced(
    { installationId, credentialId }: CredentialRef,
    { what, spent, isPkce }: Request,
    credential: CredentialMeta,
    { pair, nowMs }: { readonly pair: RefreshedToken; readonly nowMs: number },
  ): CredentialChanged | null {
    const { installations, log } = this.#options
    const token = installations.token(installationId, credentialId)
    const refreshToken = installations.refreshToken(installationId, credentialId)
    const held = what === 'exchanged' ? token : refreshToken
    if (held !== null && isSame(held, spent)) {
      return refreshed(credential, pair, { replaced: { token, refreshToken }, isPkce, nowMs })
    }
    log.info('a new token came too late', { what })
    return null
  }

  /** Never throws: what is thrown to the caller is why Slack did not give a token. */
  async #keepFailure(
    ref: CredentialRef,
    what: Request['what'],
    by: AskedBy,
    thrown: unknown,
  ): Promise<void> {
    const { clock, log, reports } = this.#options
    let tell = reports.failure({ ref, what, by, thrown, before: null, after: null })
    try {
      await this.#change(ref, (credential) => {
        const meta = failed(credential, thrown, clock.now())
        const { refresh: before } = credential
        // Now, among all the others as they are: two that fail together are one outage.
        tell = reports.failure({ ref, what, by, thrown, before, after: meta.refresh })
        return { meta }
      })
    } catch (unsaved) {
      log.error('failed refresh not kept', { code: toFailure(unsaved).code })
    }
    tell()
  }

  #change(
    { installationId, credentialId }: CredentialRef,
    change: (credential: CredentialMeta) => CredentialChanged | null,
  ): Promise<void> {
    return this.#options.installations.changeCredential(installationId, credentialId, change)
  }

  /** @throws WorkspaceNotFound, SecretNotFoundHere */
  #find({ installationId, credentialId }: CredentialRef): {
    readonly installation: Installation
    readonly credential: CredentialMeta
  } {
    const installation = this.#options.installations.get(installationId)
    const credential = installation.credentials.find(({ id }) => id === credentialId)
    if (credential === undefined) throw new SecretNotFoundHere()
    return { installation, credential }
  }
}

/** What Slack calls a refresh token that it does not take; what else ends a token ends all of them. */
const INVALID: ReadonlySet<string> = new Set(['invalid_refresh_token', 'invalid_grant'])

function isSame(a: Secret, b: Secret): boolean {
  return a.expose() === b.expose()
}

/** Longer than Slack can have asked for: then the clock has jumped, and the pause means nothing. */
const LONGEST_PAUSE_MS = 3600_000

/** How long this host is still to be left alone, milliseconds; 0 where it is not. */
export function pauseMs(pauses: HostPauses, host: string, nowMs: number): number {
  const endMs = pauses.firstEndMs([host]) ?? nowMs
  return endMs - nowMs > LONGEST_PAUSE_MS ? 0 : Math.max(0, endMs - nowMs)
}
