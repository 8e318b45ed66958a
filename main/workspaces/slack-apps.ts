/** The Slack apps that the user authorizes with: added, changed, removed, listed. */
import { randomUUID } from 'node:crypto'
import type { SlackAppInput } from '../contract/calls.ts'
import { redirectUrls } from '../contract/redirect.ts'
import type { SlackAppView } from '../contract/views.ts'
import { AppError, InputError } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import { Secret } from '../platform/secret.ts'
import { checkClientId } from '../slack/client-id.ts'
import { environmentView, parseBaseUrl, sameEnvironment } from '../slack/environment.ts'
import type { Vault } from '../vault/vault.ts'
import { SlackAppInUse, SlackAppNotFound } from './errors.ts'
import { createRecordReader } from './record-reader.ts'
import {
  CLIENT_SECRET,
  SIGNING_SECRET,
  SLACK_APP,
  type SlackAppMeta,
  slackAppMeta,
  VERIFICATION_TOKEN,
} from './records.ts'

/** The sealed fields of a Slack app. */
export type SlackAppSecret =
  | typeof CLIENT_SECRET
  | typeof SIGNING_SECRET
  | typeof VERIFICATION_TOKEN

export interface SlackApp extends SlackAppMeta {
  readonly id: string
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
    const checked = checkInput(input, false)
    await this.#save(id, { ...checked, appId: null, createdAtMs: this.#options.clock.now() }, input)
    return id
  }

  async update(slackAppId: string, input: SlackAppInput): Promise<void> {
    const before = this.get(slackAppId)
    // A secret goes to no other Slack than the one that it was entered for.
    const isSameSlack = sameEnvironment(before.environment, checkEnvironment(input))
    const checked = checkInput(input, isSameSlack && this.#hasSecret(slackAppId, CLIENT_SECRET))
    const { createdAtMs } = before
    const appId = before.clientId === checked.clientId ? before.appId : null
    await this.#save(slackAppId, { ...checked, appId, createdAtMs }, input)
  }

  async learnAppId(slackAppId: string, appId: string): Promise<void> {
    const { id, ...meta } = this.get(slackAppId)
    if (meta.appId === appId) return
    await this.#put(id, { ...meta, appId })
  }

  async remove(slackAppId: string): Promise<void> {
    const users = this.#options.workspacesOf(slackAppId)
    if (users.length > 0) throw new SlackAppInUse(users)
    await this.#options.vault().save({ remove: [this.get(slackAppId).id] })
    this.#options.onChange()
  }

  #save(id: string, meta: SlackAppMeta, input: SlackAppInput): Promise<void> {
    return this.#put(id, meta, secretChange(input))
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
      redirectUrls: redirectUrlsOf(app),
      botScopes: app.botScopes,
      userScopes: app.userScopes,
      optionalScopes: app.optionalScopes,
      isUnfinished: app.isUnfinished,
      createdAtMs: app.createdAtMs,
    }
  }
}

function redirectUrlsOf(app: SlackApp): string[] {
  return app.strategy === 'https' || app.strategy === 'pkce'
    ? redirectUrls(app.strategy, app.environment)
    : [app.redirectUrl ?? '']
}

/** A PKCE app has no secret; null keeps the stored one. */
function secretChange(input: SlackAppInput): Record<string, Secret | null> {
  if (input.strategy === 'pkce') return { [CLIENT_SECRET]: null }
  if (input.clientSecret === null) return {}
  const typed = input.clientSecret.trim()
  return { [CLIENT_SECRET]: typed === '' ? null : Secret.of(typed) }
}

/** What the form said, checked and tidied. Scopes are kept as typed: Slack decides what it knows. */
function checkInput(
  input: SlackAppInput,
  hasStoredSecret: boolean,
): Omit<SlackAppMeta, 'appId' | 'createdAtMs'> {
  const name = input.name.trim()
  if (name === '') throw new InputError('name', 'The app has no name', 'Give it a name.')
  checkScopes(input)
  checkSecret(input, hasStoredSecret)
  return {
    name,
    environment: checkEnvironment(input),
    clientId: checkClientId(input.clientId),
    flow: input.flow,
    strategy: input.strategy,
    redirectUrl: input.strategy === 'paste' ? checkRedirectUrl(input.redirectUrl) : null,
    botScopes: tidyScopes(input.botScopes),
    userScopes: tidyScopes(input.userScopes),
    optionalScopes: tidyScopes(input.optionalScopes),
    isUnfinished: false,
  }
}

function checkEnvironment(input: SlackAppInput): SlackAppMeta['environment'] {
  if (input.environment.kind !== 'custom') return input.environment
  return { kind: 'custom', baseUrl: parseBaseUrl(input.environment.baseUrl) }
}

/** Slack gives no bot scopes to a desktop redirect (docs: using PKCE). */
function checkScopes(input: SlackAppInput): void {
  const botScopes = tidyScopes(input.botScopes)
  if (botScopes.length + tidyScopes(input.userScopes).length === 0) {
    throw new InputError(
      'botScopes',
      'No scope is chosen',
      'Choose at least one bot or user scope.',
    )
  }
  if (input.strategy === 'pkce' && botScopes.length > 0) {
    throw new InputError(
      'botScopes',
      'Slack gives no bot scopes to an http redirect',
      'Remove the bot scopes, or choose https on localhost.',
    )
  }
}

/** Without a secret only PKCE apps can exchange a code (docs: oauth.v2.access, bad_client_secret). */
function checkSecret(input: SlackAppInput, hasStoredSecret: boolean): void {
  if (input.strategy === 'pkce') return
  if (input.clientSecret === null && hasStoredSecret) return
  if ((input.clientSecret ?? '').trim() !== '') return
  throw new InputError(
    'clientSecret',
    'The client secret is missing',
    'Copy it from your app’s page under Basic Information.',
  )
}

/** Slack registers https redirect URLs only, without a fragment (docs: redirect URLs). */
function checkRedirectUrl(text: string | null): string {
  const address = (text ?? '').trim()
  const url = URL.canParse(address) ? new URL(address) : null
  const isLocal = url?.hostname === 'localhost'
  if (url && !url.hash && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) {
    return address
  }
  throw new InputError(
    'redirectUrl',
    'This redirect URL cannot be used',
    'Use https here. Plain http works for localhost only.',
  )
}

function tidyScopes(scopes: readonly string[]): string[] {
  return [...new Set(scopes.map((scope) => scope.trim()).filter((scope) => scope !== ''))]
}
