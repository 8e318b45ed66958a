/** Renews configuration tokens. A refresh token works once, so each is sent once, however many ask. */
import { createHash, randomUUID } from 'node:crypto'
import type { EnvironmentRef } from '../contract/views.ts'
import { AppError } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import { credentialStateFor } from '../slack/advice.ts'
import { slackEndpoints } from '../slack/environment.ts'
import { SlackRefused } from '../slack/errors.ts'
import type { ConfigurationTokens, SlackApi } from '../slack/slack-api.ts'
import { ConfigurationTokenNotKept } from './configuration-tokens-errors.ts'
import type {
  ConfigurationTokenMeta,
  ConfigurationTokenRecords,
} from './configuration-tokens-records.ts'
import { createInFlight } from './in-flight.ts'

export interface Renewals {
  /**
   * Renews a pasted token and stores it; answers its ID. @throws SlackRefused, SlackNoAnswer …
   *
   * @throws ConfigurationTokenNotKept when the vault did not take it: the next call tries to store the
   * same pair again
   */
  renewPasted(environment: EnvironmentRef, refreshToken: Secret): Promise<string>
  /** Renews a stored one. As `renewPasted`; a dead refresh token makes its record `revoked`. */
  renewStored(id: string): Promise<string>
  /** Resolves when no renewal runs any more. False where none ran. */
  settle(): Promise<boolean>
  /** Drops what could not be stored; called on lock. */
  forget(): void
}

export interface RenewalOptions {
  readonly records: ConfigurationTokenRecords
  readonly slack: SlackApi
  readonly clock: Clock
  readonly onChange: () => void
}

/** What is renewed. `id` is null for a pasted one. */
interface Renewal {
  readonly id: string | null
  readonly environment: EnvironmentRef
  readonly refreshToken: Secret
}

export function createRenewals(options: RenewalOptions): Renewals {
  return new SharedRenewals(options)
}

class SharedRenewals implements Renewals {
  readonly #options: RenewalOptions
  readonly #inFlight = createInFlight()
  /** By the digest of the refresh token that is spent by it. */
  readonly #running = new Map<string, Promise<string>>()
  /** Pairs that Slack gave and the vault did not take. */
  readonly #unsaved = new Map<string, ConfigurationTokens>()
  /** Records that came of a pasted refresh token: pasted again, it is not sent again. */
  readonly #spent = new Map<string, string>()

  constructor(options: RenewalOptions) {
    this.#options = options
  }

  renewPasted(environment: EnvironmentRef, refreshToken: Secret): Promise<string> {
    const key = keyOf(environment, refreshToken)
    const known = this.#spent.get(key)
    if (known !== undefined && this.#options.records.all().some(({ id }) => id === known)) {
      return Promise.resolve(known)
    }
    return this.#share({ id: null, environment, refreshToken })
  }

  async renewStored(id: string): Promise<string> {
    const { environment } = this.#options.records.get(id)
    const refreshToken = this.#options.records.refreshToken(id)
    return this.#share({ id, environment, refreshToken })
  }

  settle(): Promise<boolean> {
    return this.#inFlight.settle()
  }

  forget(): void {
    this.#unsaved.clear()
    this.#spent.clear()
  }

  #share(renewal: Renewal): Promise<string> {
    const key = keyOf(renewal.environment, renewal.refreshToken)
    const running = this.#running.get(key)
    if (running !== undefined) return running
    const job = this.#inFlight
      .run(() => this.#renew(key, renewal))
      .finally(() => this.#running.delete(key))
    this.#running.set(key, job)
    return job
  }

  async #renew(key: string, renewal: Renewal): Promise<string> {
    const pair = this.#unsaved.get(key) ?? (await this.#rotate(renewal))
    this.#unsaved.set(key, pair)
    const id = await this.#store(pair, renewal)
    this.#unsaved.delete(key)
    this.#spent.set(key, id)
    this.#options.onChange()
    return id
  }

  async #rotate({ id, environment, refreshToken }: Renewal): Promise<ConfigurationTokens> {
    try {
      const endpoints = slackEndpoints(environment)
      return await this.#options.slack.rotateConfigurationToken(endpoints, refreshToken)
    } catch (thrown) {
      if (id !== null && thrown instanceof SlackRefused) await this.#noteRefusal(id, thrown)
      throw thrown
    }
  }

  async #noteRefusal(id: string, { slackCode }: SlackRefused): Promise<void> {
    if (slackCode === undefined || !isDead(slackCode)) return
    await this.#options.records.update(id, { state: 'revoked', slackCode })
    this.#options.onChange()
  }

  /** The vault replaces both at once: the old pair stands until the new one is durable. */
  async #store(pair: ConfigurationTokens, { id, environment }: Renewal): Promise<string> {
    const { records, clock } = this.#options
    const { token, refreshToken, teamId, userId, expiresAtMs } = pair
    const who = { environment, teamId, userId, teamName: null, expiresAtMs }
    const meta: ConfigurationTokenMeta = {
      ...{ ...who, state: 'working', slackCode: null },
      storedAtMs: clock.now(),
    }
    try {
      return await records.save(() => {
        const before = id === null ? records.findSame(meta) : records.get(id)
        const kept = { ...meta, ...learnedBefore(before, meta) }
        return { id: before?.id ?? randomUUID(), meta: kept, secrets: { token, refreshToken } }
      })
    } catch (thrown) {
      if (thrown instanceof AppError && UNSAVED.has(thrown.code)) {
        throw new ConfigurationTokenNotKept(thrown)
      }
      throw thrown
    }
  }
}

/** What the vault says when it did not take a change; all else is about the record. */
const UNSAVED: ReadonlySet<string> = new Set([
  'VAULT_WRITE_FAILED',
  'VAULT_UNREADABLE',
  'VAULT_LOCKED',
  'VAULT_IN_USE',
  'VAULT_BUSY',
])

/** Names that Slack told before and left out now. */
function learnedBefore(
  before: ConfigurationTokenMeta | null,
  now: ConfigurationTokenMeta,
): Partial<ConfigurationTokenMeta> {
  if (before === null) return {}
  const teamId = now.teamId ?? before.teamId
  return {
    teamId,
    teamName: teamId === before.teamId ? before.teamName : null,
    userId: now.userId ?? before.userId,
  }
}

function isDead(slackCode: string): boolean {
  return slackCode === 'invalid_refresh_token' || credentialStateFor(slackCode) === 'revoked'
}

/** A digest, so that no secret is held as a text. */
function keyOf(environment: EnvironmentRef, refreshToken: Secret): string {
  const text = JSON.stringify([slackEndpoints(environment).apiUrl, refreshToken.expose()])
  return createHash('sha256').update(text).digest('hex')
}
