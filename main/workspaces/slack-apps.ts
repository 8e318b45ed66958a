/** The Slack apps that the user authorizes with: added, changed, removed, listed. */
import { randomUUID } from 'node:crypto'
import type { SlackAppInput } from '../contract/inputs.ts'
import type { SlackAppView } from '../contract/views.ts'
import { AppError } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import { environmentView, sameEnvironment } from '../slack/environment.ts'
import type { Vault } from '../vault/vault.ts'
import { SlackAppInUse, SlackAppNotFound } from './errors.ts'
import { createRecordReader } from './record-reader.ts'
import {
  CLIENT_SECRET,
  SIGNING_SECRET,
  SLACK_APP,
  type SlackAppMeta,
  type SlackAppSecret,
  slackAppMeta,
  VERIFICATION_TOKEN,
} from './records.ts'
import { refuseSharedAddress } from './shared-address.ts'
import { checkEnvironment, checkSlackAppInput, secretChange } from './slack-app-input.ts'
import { urlsToRegister } from './urls-to-register.ts'

export type { SlackAppSecret } from './records.ts'

export interface SlackApp extends SlackAppMeta {
  readonly id: string
}

/** What the installations of an app are shown with. */
export interface SlackAppFacts extends SlackApp {
  readonly hasClientSecret: boolean
}

export interface SlackAppsOptions {
  /** The open vault; throws VaultLocked while locked. */
  readonly vault: () => Vault
  readonly clock: Clock
  /** Names of the installations that were authorized with this app. */
  readonly workspacesOf: (slackAppId: string) => string[]
  readonly onChange: () => void
}

export interface SlackApps {
  views(): SlackAppView[]
  all(): SlackApp[]
  /** All but this one. */
  others(slackAppId: string): SlackApp[]
  facts(): SlackAppFacts[]
  /** Records that say too little to be shown; all the others are. */
  unreadableCount(): number
  /** @throws SlackAppNotFound, RecordDamaged */
  get(slackAppId: string): SlackApp
  /** Null for one that is not kept: a PKCE app has no client secret. */
  secret(slackAppId: string, field: SlackAppSecret): Secret | null
  /** @throws InputError with the form's field */
  add(input: SlackAppInput): Promise<string>
  /** @throws InputError, SlackAppNotFound */
  update(slackAppId: string, input: SlackAppInput): Promise<void>
  /** Keeps Slack's own app ID once an authorization has told it. */
  learnAppId(slackAppId: string, appId: string): Promise<void>
  /** @throws SlackAppInUse while installations use it */
  remove(slackAppId: string): Promise<void>
}

/** The Slack apps of one vault. */
export function createSlackApps(options: SlackAppsOptions): SlackApps {
  return new StoredSlackApps(options)
}

class StoredSlackApps implements SlackApps {
  readonly #options: SlackAppsOptions
  readonly #reader = createRecordReader(SLACK_APP, slackAppMeta)

  constructor(options: SlackAppsOptions) {
    this.#options = options
  }

  all(): SlackApp[] {
    return this.#reader.all(this.#options.vault())
  }

  others(slackAppId: string): SlackApp[] {
    return this.all().filter(({ id }) => id !== slackAppId)
  }

  facts(): SlackAppFacts[] {
    return this.all().map((app) => ({
      ...app,
      hasClientSecret: this.#hasSecret(app.id, CLIENT_SECRET),
    }))
  }

  unreadableCount(): number {
    return this.#reader.unreadableCount(this.#options.vault())
  }

  views(): SlackAppView[] {
    return this.all()
      .map((app) => this.#view(app))
      .sort((a, b) => a.name.localeCompare(b.name))
  }

  get(slackAppId: string): SlackApp {
    const found = this.#reader.find(this.#options.vault(), slackAppId)
    if (found === null) throw new SlackAppNotFound()
    return found
  }

  secret(slackAppId: string, field: SlackAppSecret): Secret | null {
    if (!this.#hasSecret(slackAppId, field)) return null
    return this.#options.vault().secret(slackAppId, field)
  }

  async add(input: SlackAppInput): Promise<string> {
    const id = randomUUID()
    const meta = {
      ...checkSlackAppInput(input, false),
      appId: null,
      createdAtMs: this.#options.clock.now(),
    }
    refuseSharedAddress(meta, this.all())
    await this.#put(id, meta, secretChange(input, false))
    return id
  }

  async update(slackAppId: string, input: SlackAppInput): Promise<void> {
    const before = this.get(slackAppId)
    const isSameSlack = sameEnvironment(before.environment, checkEnvironment(input))
    const hasSecret = isSameSlack && this.#hasSecret(slackAppId, CLIENT_SECRET)
    const checked = checkSlackAppInput(input, hasSecret)
    const isSameApp = isSameSlack && before.clientId === checked.clientId
    const meta = {
      ...checked,
      appId: isSameApp ? before.appId : null,
      createdAtMs: before.createdAtMs,
    }
    refuseSharedAddress(meta, this.others(slackAppId))
    await this.#put(slackAppId, meta, secretChange(input, isSameSlack))
  }

  async learnAppId(slackAppId: string, appId: string): Promise<void> {
    const { id, ...meta } = this.get(slackAppId)
    if (meta.appId === appId) return
    await this.#put(id, { ...meta, appId })
  }

  async remove(slackAppId: string): Promise<void> {
    const users = this.#options.workspacesOf(slackAppId)
    if (users.length > 0) throw new SlackAppInUse(users)
    await this.#options.vault().save(() => ({
      remove: [this.get(slackAppId).id],
      forgets: true,
    }))
    this.#options.onChange()
  }

  async #put(
    id: string,
    meta: SlackAppMeta,
    secrets: Readonly<Record<string, Secret | null>> = {},
  ): Promise<void> {
    await this.#options.vault().save({ put: [{ id, kind: SLACK_APP, meta, secrets }] })
    this.#options.onChange()
  }

  #hasSecret(slackAppId: string, field: SlackAppSecret): boolean {
    return this.#options.vault().record(slackAppId)?.secretFields.includes(field) ?? false
  }

  /** A secret that cannot be opened must not hide the app: using it says what is wrong. */
  #mask(slackAppId: string, field: SlackAppSecret): string | null {
    try {
      return this.secret(slackAppId, field)?.masked() ?? null
    } catch (thrown) {
      if (thrown instanceof AppError) return '…'
      throw thrown
    }
  }

  #view(app: SlackApp): SlackAppView {
    return {
      id: app.id,
      name: app.name,
      environment: environmentView(app.environment),
      clientId: app.clientId,
      appId: app.appId,
      clientSecretMasked: this.#mask(app.id, CLIENT_SECRET),
      signingSecretMasked: this.#mask(app.id, SIGNING_SECRET),
      verificationTokenMasked: this.#mask(app.id, VERIFICATION_TOKEN),
      flow: app.flow,
      strategy: app.strategy,
      redirectUrls: urlsToRegister(app),
      botScopes: app.botScopes,
      userScopes: app.userScopes,
      optionalScopes: app.optionalScopes,
      isUnfinished: app.isUnfinished,
      createdAtMs: app.createdAtMs,
    }
  }
}
