/** App configuration tokens: stored, shown, renewed, and lent to the calls that make Slack apps. */
import { randomUUID } from 'node:crypto'
import type { ConfigurationTokenView, EnvironmentRef } from '../contract/views.ts'
import { AppError, InputError, toFailure } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { credentialStateFor } from '../slack/advice.ts'
import { slackEndpoints } from '../slack/environment.ts'
import { SlackRefused } from '../slack/errors.ts'
import type { SlackApi } from '../slack/slack-api.ts'
import type { Vault } from '../vault/vault.ts'
import type { ConfigurationTokenStore } from './configuration-token-store.ts'
import { isUsable, mayAnotherDo, mayWait, needsRenewal } from './configuration-tokens-choice.ts'
import { ConfigurationTokenMissing } from './configuration-tokens-errors.ts'
import { askWhose, whoseMeta } from './configuration-tokens-owner.ts'
import {
  type ConfigurationToken,
  type ConfigurationTokenField,
  type ConfigurationTokenRecords,
  configurationTokenRecords,
  isOf,
} from './configuration-tokens-records.ts'
import { createRenewals, type Renewals } from './configuration-tokens-renewal.ts'
import { byEnvironment, configurationTokenView } from './configuration-tokens-view.ts'

export interface ConfigurationTokens extends ConfigurationTokenStore {
  /**
   * The ID stays for the same user in the same workspace. A refresh token is renewed at once, since
   * only Slack's answer tells whose it is; the access token beside it is not needed then.
   *
   * @throws InputError without any token
   * @throws SlackRefused, SlackRateLimited, SlackNoAnswer, SlackGarbage from the renewal
   * @throws ConfigurationTokenNotKept, VaultLocked, HostRefused
   */
  add: ConfigurationTokenStore['add']
  /** Sorted by environment. */
  views(): ConfigurationTokenView[]
  /** Records that say too little to be used. */
  unreadableCount(): number
  /** @throws ConfigurationTokenNotFound, SecretNotFound */
  secret(id: string, field: ConfigurationTokenField): Secret
  /** @throws ConfigurationTokenNotFound */
  remove(id: string): Promise<void>
  /** Asks Slack for a new pair now. @throws NoRefreshToken, SlackRefused, ConfigurationTokenNotKept */
  refresh(id: string): Promise<void>
  /** An access token for this Slack, renewed ahead. @throws ConfigurationTokenMissing */
  freshToken(environment: EnvironmentRef): Promise<Secret>
  /**
   * Runs a call with a token for this Slack; where Slack says that the token is dead, or that its user
   * may not touch that app, the next one of this environment is tried.
   *
   * @throws ConfigurationTokenMissing, and what `run` throws
   */
  withToken<T>(environment: EnvironmentRef, run: (token: Secret) => Promise<T>): Promise<T>
  /** Resolves when no renewal runs any more: before that, the vault must not be locked. False where none ran. */
  settle(): Promise<boolean>
  /** Drops what is not in the vault; called on lock. */
  forget(): void
}

export interface ConfigurationTokensOptions {
  /** The open vault; throws VaultLocked while locked. */
  readonly vault: () => Vault
  readonly slack: SlackApi
  readonly clock: Clock
  readonly log: Log
  readonly onChange: () => void
}

type Pasted = Parameters<ConfigurationTokenStore['add']>[0]

/** The configuration tokens of one vault. */
export function createConfigurationTokens(
  options: ConfigurationTokensOptions,
): ConfigurationTokens {
  return new StoredConfigurationTokens(options)
}

class StoredConfigurationTokens implements ConfigurationTokens {
  readonly #options: ConfigurationTokensOptions
  readonly #records: ConfigurationTokenRecords
  readonly #renewals: Renewals

  constructor(options: ConfigurationTokensOptions) {
    this.#options = options
    this.#records = configurationTokenRecords(options.vault)
    this.#renewals = createRenewals({ ...options, records: this.#records })
  }

  views(): ConfigurationTokenView[] {
    const nowMs = this.#options.clock.now()
    return this.#records
      .all()
      .map((token) => configurationTokenView(token, this.#records, nowMs))
      .sort(byEnvironment)
  }

  unreadableCount(): number {
    return this.#records.unreadableCount()
  }

  secret(id: string, field: ConfigurationTokenField): Secret {
    return this.#records.secret(id, field)
  }

  async add({ environment, token, refreshToken }: Pasted): Promise<string> {
    // Before anything is sent: a locked vault could not take the answer.
    this.#options.vault()
    if (refreshToken !== null) {
      const id = await this.#renewals.renewPasted(environment, refreshToken)
      await this.#learnNames(id)
      return id
    }
    if (token !== null) return this.#addAccessToken(environment, token)
    throw new InputError('token', 'There is no configuration token', 'Paste one, then try again.')
  }

  async remove(id: string): Promise<void> {
    await this.#records.remove(id)
    this.#options.onChange()
  }

  async refresh(id: string): Promise<void> {
    await this.#renewals.renewStored(id)
    await this.#learnNames(id)
  }

  freshToken(environment: EnvironmentRef): Promise<Secret> {
    return this.withToken(environment, async (token) => token)
  }

  async withToken<T>(environment: EnvironmentRef, run: (token: Secret) => Promise<T>): Promise<T> {
    let refused: SlackRefused | null = null
    for (const token of this.#usable(environment)) {
      try {
        return await run(await this.#fresh(token))
      } catch (thrown) {
        if (!(thrown instanceof SlackRefused)) throw thrown
        await this.#noteRefusal(token.id, thrown)
        if (!mayAnotherDo(thrown)) throw thrown
        refused = thrown
      }
    }
    throw refused ?? new ConfigurationTokenMissing(slackEndpoints(environment).label)
  }

  settle(): Promise<boolean> {
    return this.#renewals.settle()
  }

  forget(): void {
    this.#renewals.forget()
  }

  /** The newest first: what was pasted last is meant. */
  #usable(environment: EnvironmentRef): ConfigurationToken[] {
    const nowMs = this.#options.clock.now()
    return this.#records
      .all()
      .filter((token) => isOf(token, environment))
      .filter((token) => isUsable(token, this.#records.canRefresh(token.id), nowMs))
      .sort((a, b) => b.storedAtMs - a.storedAtMs)
  }

  async #fresh(token: ConfigurationToken): Promise<Secret> {
    const { clock, log } = this.#options
    if (this.#records.canRefresh(token.id) && needsRenewal(token, clock.now())) {
      try {
        await this.#renewals.renewStored(token.id)
      } catch (thrown) {
        if (!mayWait(thrown, token, clock.now())) throw thrown
        log.info('configuration token not renewed yet', { code: toFailure(thrown).code })
      }
    }
    return this.#records.secret(token.id, 'token')
  }

  async #noteRefusal(id: string, { slackCode = '' }: SlackRefused): Promise<void> {
    const state = credentialStateFor(slackCode)
    if (state === null) return
    await this.#records.update(id, { state, slackCode })
    this.#options.onChange()
  }

  async #addAccessToken(environment: EnvironmentRef, token: Secret): Promise<string> {
    const told = whoseMeta(await askWhose(this.#options, environment, token))
    const meta = { environment, ...told, storedAtMs: this.#options.clock.now() }
    const sameId = () => this.#records.findSame(meta)?.id ?? this.#holderOf(token)
    const id = await this.#records.save(() => ({
      ...{ id: sameId() ?? randomUUID(), meta },
      secrets: { token },
    }))
    this.#options.onChange()
    return id
  }

  /** The record of the very same token. */
  #holderOf(token: Secret): string | null {
    const holds = ({ id }: ConfigurationToken) =>
      this.#records.readable(id)?.expose() === token.expose()
    return this.#records.all().find(holds)?.id ?? null
  }

  /** A renewal names the workspace by its ID alone. */
  async #learnNames(id: string): Promise<void> {
    const { environment, teamId, teamName, userId } = this.#records.get(id)
    if (teamName !== null) return
    const info = await askWhose(this.#options, environment, this.#records.secret(id, 'token'))
    if (info instanceof AppError || (teamId ?? info.teamId) !== info.teamId) return
    const learned = { teamId: info.teamId, teamName: info.teamName, userId: userId ?? info.userId }
    await this.#records.update(id, learned)
    this.#options.onChange()
  }
}
