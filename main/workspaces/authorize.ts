/**
 * Authorizing from the click to the stored workspace: begins at Slack's consent page, exchanges the
 * code that comes back, compares the team, stores. Every start is one entry that the page can show.
 */

import type { Failure } from '../contract/errors.ts'
import { CALLBACK_PATH, callbackPath } from '../contract/redirect.ts'
import type { EnvironmentRef } from '../contract/views.ts'
import { AppError, toFailure } from '../errors.ts'
import type { Answer, Authorizations } from '../oauth/authorizations.ts'
import type { Secret } from '../platform/secret.ts'
import { slackEndpoints } from '../slack/environment.ts'
import { VaultLocked } from '../vault/errors.ts'
import {
  type AuthorizationEntry,
  type AuthorizationFacts,
  authorizationFacts,
  wantedOf,
} from './authorization-entry.ts'
import { AuthorizationNotFound, OtherTeam } from './errors.ts'
import { type FinishOptions, finishAuthorization } from './finish-authorization.ts'
import { refuseSharedAddress } from './shared-address.ts'

export interface AuthorizeOptions extends FinishOptions {
  readonly authorizations: Authorizations
  /** Makes the Slack of this environment reachable: starts the practice one. */
  readonly prepare: (environment: EnvironmentRef) => Promise<void>
  readonly onChange: () => void
  /** Told once a workspace was stored. */
  readonly onStored: (installationId: string) => void
  /** Told why one did not come to its end; not of one that the user put away. */
  readonly onFailed?: (entry: AuthorizationEntry, failure: Failure) => void
}

export interface AuthorizeService {
  views(): AuthorizationFacts[]
  /** Answers the authorization's ID. @throws SlackAppNotFound, InputError, PortsBusy, VaultLocked */
  begin(slackAppId: string, wantedInstallationId: string | null): Promise<string>
  /** The same without a listener: the user pastes the address that the browser ends on. */
  beginByPaste(slackAppId: string, wantedInstallationId: string | null): Promise<string>
  openAgain(authorizationId: string): Promise<void>
  link(authorizationId: string): string
  usePastedAddress(authorizationId: string, address: Secret): Promise<void>
  cancel(authorizationId: string): void
  tryAgain(authorizationId: string): Promise<string>
  keepOtherTeam(authorizationId: string): Promise<string>
  refuseOtherTeam(authorizationId: string): Promise<void>
  /** One that waits is cancelled by it. */
  putAway(authorizationId: string): void
  /**
   * Runs what locks the vault: after the exchanges under way, since what Slack gives has to be stored
   * first, and with no new one meanwhile.
   */
  holdExchanges(run: () => Promise<void>): Promise<void>
  /** Where the browser of this authorization may come back to. @throws AuthorizationNotFound */
  returnUrls(authorizationId: string): readonly string[]
}

/** The authorizations of one run of the app; `options.authorizations` is closed by its own owner. */
export function createAuthorizeService(options: AuthorizeOptions): AuthorizeService {
  return new Authorizing(options)
}

class Authorizing implements AuthorizeService {
  readonly #options: AuthorizeOptions
  readonly #entries = new Map<string, AuthorizationEntry>()
  readonly #exchanges = new Set<Promise<void>>()
  #isHolding = false

  constructor(options: AuthorizeOptions) {
    this.#options = options
  }

  views(): AuthorizationFacts[] {
    const live = [...this.#entries.values()].map(authorizationFacts)
    const liveIds = new Set(live.map((view) => view.id))
    return [...live, ...this.#options.heldAnswers.views().filter((view) => !liveIds.has(view.id))]
  }

  begin(slackAppId: string, wantedInstallationId: string | null): Promise<string> {
    return this.#begin(slackAppId, wantedInstallationId, {})
  }

  beginByPaste(slackAppId: string, wantedInstallationId: string | null): Promise<string> {
    return this.#begin(slackAppId, wantedInstallationId, { isListening: false })
  }

  async #begin(
    slackAppId: string,
    wantedInstallationId: string | null,
    listening: { readonly isListening?: false },
  ): Promise<string> {
    const { slackApps, installations, authorizations } = this.#options
    const app = slackApps.get(slackAppId)
    // A manifest can name any address. Slack itself hands no code of its own to others.
    if (callbackPath(app.environment) !== CALLBACK_PATH) {
      refuseSharedAddress(app, slackApps.others(slackAppId))
    }
    const wanted =
      wantedInstallationId === null ? null : wantedOf(installations.get(wantedInstallationId))
    const endpoints = slackEndpoints(app.environment)
    await this.#options.prepare(app.environment)
    const registered = deferred<string>()
    const pending = await authorizations.begin({
      authorizeEndpoint: endpoints.authorizeEndpoints[app.flow],
      flow: app.flow,
      clientId: app.clientId,
      strategy: app.strategy,
      registeredRedirectUrl: app.redirectUrl,
      callbackPath: callbackPath(app.environment),
      botScopes: app.botScopes,
      userScopes: app.userScopes,
      teamId: wanted?.teamId ?? null,
      ...listening,
      // The browser may be back before this function goes on.
      onAnswer: async (answer) => this.#answer(await registered.promise, answer),
      onFailure: async (error) => this.#fail(await registered.promise, error),
    })
    this.#entries.set(pending.id, {
      id: pending.id,
      app,
      pending,
      wanted,
      state: { kind: 'waiting' },
    })
    registered.resolve(pending.id)
    this.#options.onChange()
    return pending.id
  }

  async openAgain(authorizationId: string): Promise<void> {
    this.#entry(authorizationId)
    await this.#options.authorizations.openAgain(authorizationId)
  }

  link(authorizationId: string): string {
    return this.#entry(authorizationId).pending.authorizeUrl
  }

  returnUrls(authorizationId: string): readonly string[] {
    return this.#entry(authorizationId).pending.returnUrls
  }

  async usePastedAddress(authorizationId: string, address: Secret): Promise<void> {
    this.#entry(authorizationId)
    await this.#options.authorizations.usePastedAddress(authorizationId, address)
  }

  cancel(authorizationId: string): void {
    this.#entry(authorizationId)
    this.putAway(authorizationId)
  }

  async tryAgain(authorizationId: string): Promise<string> {
    const held = this.#options.heldAnswers.find(authorizationId)
    if (held) {
      await this.refuseOtherTeam(authorizationId)
      return this.begin(held.slackAppId, held.wantedInstallationId)
    }
    const entry = this.#entry(authorizationId)
    const next = await this.begin(entry.app.id, entry.wanted?.id ?? null)
    this.putAway(authorizationId)
    return next
  }

  async keepOtherTeam(authorizationId: string): Promise<string> {
    const installationId = await this.#options.heldAnswers.keep(authorizationId)
    this.putAway(authorizationId)
    this.#options.onStored(installationId)
    return installationId
  }

  async refuseOtherTeam(authorizationId: string): Promise<void> {
    await this.#options.heldAnswers.refuse(authorizationId)
    this.putAway(authorizationId)
  }

  putAway(authorizationId: string): void {
    // Taken out first: what is put away is not told that it was cancelled.
    this.#entries.delete(authorizationId)
    this.#options.authorizations.cancel(authorizationId)
    this.#options.onChange()
  }

  async holdExchanges(run: () => Promise<void>): Promise<void> {
    this.#isHolding = true
    try {
      while (this.#exchanges.size > 0) await Promise.allSettled([...this.#exchanges])
      await run()
    } finally {
      this.#isHolding = false
    }
  }

  #entry(authorizationId: string): AuthorizationEntry {
    const entry = this.#entries.get(authorizationId)
    if (!entry) throw new AuthorizationNotFound()
    return entry
  }

  #answer(entryId: string, answer: Answer): Promise<void> {
    const exchange = this.#exchange(this.#entry(entryId), answer)
    this.#exchanges.add(exchange)
    const end = () => this.#exchanges.delete(exchange)
    exchange.then(end, end)
    return exchange
  }

  /** The browser came back with a code: from here to the stored workspace it is one step. */
  async #exchange(entry: AuthorizationEntry, answer: Answer): Promise<void> {
    this.#show(entry, { kind: 'exchanging' })
    try {
      // The vault is about to be locked: what the code gives would have nowhere to go.
      if (this.#isHolding) throw new VaultLocked()
      const installationId = await finishAuthorization(this.#options, entry, answer)
      this.#show(entry, { kind: 'done', installationId })
      this.#options.onStored(installationId)
    } catch (thrown) {
      this.#showFailure(entry, thrown)
      throw thrown
    }
  }

  #fail(entryId: string, error: AppError): void {
    const entry = this.#entries.get(entryId)
    if (entry) this.#showFailure(entry, error)
  }

  /** Asks the vault nothing: it may be locked, and that may be the failure. */
  #showFailure(entry: AuthorizationEntry, thrown: unknown): void {
    const { clock, log } = this.#options
    const failure = toFailure(thrown, clock.now())
    if (thrown instanceof AppError) {
      log.info('authorization failed', { code: failure.code, slackCode: failure.slackCode })
    } else log.error('authorization broke', { thrown })
    this.#options.onFailed?.(entry, failure)
    this.#show(
      entry,
      thrown instanceof OtherTeam
        ? { kind: 'other-team', teamName: thrown.allowed, failure }
        : { kind: 'failed', failure },
    )
  }

  #show(entry: AuthorizationEntry, state: AuthorizationEntry['state']): void {
    entry.state = state
    this.#options.onChange()
  }
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
