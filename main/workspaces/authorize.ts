/**
 * Authorizing from the click to the stored workspace: begins at Slack's consent page, exchanges the
 * code that comes back, compares the team, stores. Every start is one entry that the page can show.
 */
import type { AuthorizationView, EnvironmentRef } from '../contract/views.ts'
import { type AppError, toFailure } from '../errors.ts'
import type { Authorizations, PendingAuthorization } from '../oauth/authorizations.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { environmentView, slackEndpoints } from '../slack/environment.ts'
import type { OAuthGrant, SlackApi } from '../slack/slack-api.ts'
import { AuthorizationNotFound, OtherTeam } from './errors.ts'
import { installationOf } from './grant.ts'
import type { HeldAnswers } from './held-answers.ts'
import type { Installations } from './installations.ts'
import type { SlackApp, SlackApps } from './slack-apps.ts'

export interface AuthorizeOptions {
  readonly authorizations: Authorizations
  readonly slack: SlackApi
  readonly slackApps: SlackApps
  readonly installations: Installations
  readonly heldAnswers: HeldAnswers
  /** Makes the Slack of this environment reachable: starts the practice one. */
  readonly prepare: (environment: EnvironmentRef) => Promise<void>
  readonly clock: Clock
  readonly log: Log
  readonly onChange: () => void
  /** Told once a workspace was stored. */
  readonly onStored: (installationId: string) => void
}

export interface AuthorizeService {
  views(): AuthorizationView[]
  /** Answers the authorization's ID. @throws SlackAppNotFound, PortsBusy, VaultLocked */
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
  putAway(authorizationId: string): void
}

interface Entry {
  readonly id: string
  readonly app: SlackApp
  readonly pending: PendingAuthorization
  readonly wantedInstallationId: string | null
  readonly wantedName: string | null
  state: AuthorizationView['state']
}

type Answer = {
  readonly code: Secret
  readonly redirectUri: string
  readonly codeVerifier: Secret | null
}

/** The authorizations of one run of the app; `options.authorizations` is closed by its own owner. */
export function createAuthorizeService(options: AuthorizeOptions): AuthorizeService {
  return new Authorizing(options)
}

class Authorizing implements AuthorizeService {
  readonly #options: AuthorizeOptions
  readonly #entries = new Map<string, Entry>()

  constructor(options: AuthorizeOptions) {
    this.#options = options
  }

  views(): AuthorizationView[] {
    const live = [...this.#entries.values()].map(viewOf)
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
    const wanted = wantedInstallationId === null ? null : installations.get(wantedInstallationId)
    const endpoints = slackEndpoints(app.environment)
    await this.#options.prepare(app.environment)
    const registered = deferred<string>()
    const pending = await authorizations.begin({
      authorizeEndpoint: endpoints.authorizeEndpoint,
      clientId: app.clientId,
      strategy: app.strategy,
      pastedRedirectUrl: app.redirectUrl,
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
      wantedInstallationId,
      wantedName: wanted ? (wanted.localName ?? wanted.teamName) : null,
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

  async usePastedAddress(authorizationId: string, address: Secret): Promise<void> {
    this.#entry(authorizationId)
    await this.#options.authorizations.usePastedAddress(authorizationId, address)
  }

  cancel(authorizationId: string): void {
    this.#entry(authorizationId)
    this.#options.authorizations.cancel(authorizationId)
    this.putAway(authorizationId)
  }

  async tryAgain(authorizationId: string): Promise<string> {
    const held = this.#options.heldAnswers.find(authorizationId)
    if (held) {
      await this.refuseOtherTeam(authorizationId)
      return this.begin(held.slackAppId, held.wantedInstallationId)
    }
    const entry = this.#entry(authorizationId)
    const next = await this.begin(entry.app.id, entry.wantedInstallationId)
    this.#options.authorizations.cancel(authorizationId)
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
    this.#entries.delete(authorizationId)
    this.#options.onChange()
  }

  #entry(authorizationId: string): Entry {
    const entry = this.#entries.get(authorizationId)
    if (!entry) throw new AuthorizationNotFound()
    return entry
  }

  /** The browser came back with a code: from here to the stored workspace it is one step. */
  async #answer(entryId: string, answer: Answer): Promise<void> {
    const entry = this.#entry(entryId)
    this.#show(entry, { kind: 'exchanging' })
    try {
      const installationId = await this.#finish(entry, answer)
      this.#show(entry, { kind: 'done', installationId })
      this.#options.onStored(installationId)
    } catch (thrown) {
      this.#showFailure(entry, thrown)
      throw thrown
    }
  }

  /** While the vault is locked the code is not spent: its tokens would have nowhere to go. */
  async #finish(entry: Entry, answer: Answer): Promise<string> {
    const clientSecret = this.#options.slackApps.clientSecret(entry.app.id)
    const grant = await this.#options.slack.exchangeCode(slackEndpoints(entry.app.environment), {
      clientId: entry.app.clientId,
      clientSecret: answer.codeVerifier === null ? clientSecret : null,
      ...answer,
    })
    return this.#store(entry, grant)
  }

  async #store(entry: Entry, grant: OAuthGrant): Promise<string> {
    const sealable = installationOf(grant, entry.app, this.#options.clock.now())
    const { wantedInstallationId } = entry
    if (wantedInstallationId !== null && !this.#isWanted(wantedInstallationId, grant)) {
      const { id, slackAppId, startedAtMs } = {
        id: entry.id,
        slackAppId: entry.app.id,
        startedAtMs: entry.pending.startedAtMs,
      }
      await this.#options.heldAnswers.hold(
        id,
        { slackAppId, wantedInstallationId, startedAtMs },
        sealable,
      )
      throw new OtherTeam(sealable.meta.teamName, entry.wantedName ?? 'another workspace')
    }
    const installationId = await this.#options.installations.store(sealable)
    await this.#options.slackApps.learnAppId(entry.app.id, grant.appId)
    return installationId
  }

  /** Slack ignores the `team` parameter unless the user is signed in there: compare what came back. */
  #isWanted(installationId: string, grant: OAuthGrant): boolean {
    const wanted = this.#options.installations.get(installationId)
    if (wanted.teamId !== null) return wanted.teamId === grant.team?.id
    return wanted.enterpriseId === grant.enterprise?.id && grant.team === null
  }

  #fail(entryId: string, error: AppError): void {
    const entry = this.#entries.get(entryId)
    if (entry) this.#showFailure(entry, error)
  }

  #showFailure(entry: Entry, thrown: unknown): void {
    const failure = toFailure(thrown, this.#options.clock.now())
    this.#options.log.info('authorization failed', {
      code: failure.code,
      slackCode: failure.slackCode,
    })
    const held = this.#options.heldAnswers.find(entry.id)
    this.#show(
      entry,
      held
        ? { kind: 'other-team', teamName: held.installation.teamName, failure }
        : { kind: 'failed', failure },
    )
  }

  #show(entry: Entry, state: Entry['state']): void {
    entry.state = state
    this.#options.onChange()
  }
}

function viewOf(entry: Entry): AuthorizationView {
  return {
    id: entry.id,
    slackAppId: entry.app.id,
    slackAppName: entry.app.name,
    environment: environmentView(entry.app.environment),
    strategy: entry.app.strategy,
    port: entry.pending.port,
    redirectUrl: entry.pending.redirectUri,
    wantedInstallationId: entry.wantedInstallationId,
    wantedName: entry.wantedName,
    startedAtMs: entry.pending.startedAtMs,
    expiresAtMs: entry.pending.expiresAtMs,
    state: entry.state,
  }
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
