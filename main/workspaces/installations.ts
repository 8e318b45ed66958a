/** The installations in the vault: stored, merged, found, renamed, removed. */
import { randomUUID } from 'node:crypto'
import type { InstallationView } from '../contract/views.ts'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import type { Vault } from '../vault/vault.ts'
import { withGenerations } from './credential-generations.ts'
import { SecretNotFoundHere, WorkspaceNotFound } from './errors.ts'
import type { Sealable } from './grant.ts'
import { createInstallationViews } from './installation-views.ts'
import { mergeInstallation } from './merge-installation.ts'
import { createRecordReader } from './record-reader.ts'
import {
  type CredentialMeta,
  INSTALLATION,
  type InstallationMeta,
  installationMeta,
  previousField,
  previousRefreshField,
  refreshField,
} from './records.ts'
import { isSameInstallation } from './same-installation.ts'
import type { SlackAppFacts } from './slack-apps.ts'

export interface Installation extends InstallationMeta {
  readonly id: string
}

export interface InstallationsOptions {
  /** The open vault; throws VaultLocked while locked. */
  readonly vault: () => Vault
  readonly clock: Clock
  /** The Slack apps as they are now: views compare the installations with them. */
  readonly slackApps: () => readonly SlackAppFacts[]
  readonly onChange: () => void
}

/** What else changes: given as a function, it is asked when nobody else can change the vault any more. */
type Rest = Partial<InstallationMeta> | ((before: Installation) => Partial<InstallationMeta>)

export interface Installations {
  /** Reads what another process changed since: for what must not act on an old token. */
  reload(): void
  views(): InstallationView[]
  all(): Installation[]
  /** Records that say too little to be shown; all the others are. */
  unreadableCount(): number
  /** @throws WorkspaceNotFound, RecordDamaged */
  get(installationId: string): Installation
  /** @throws WorkspaceNotFound, SecretNotFoundHere */
  token(installationId: string, credentialId: string): Secret
  /** Null where Slack gave none. */
  refreshToken(installationId: string, credentialId: string): Secret | null
  /** The pair before the last refresh, as far as it is kept; empty where it is not. */
  previousTokens(installationId: string, credentialId: string): PreviousTokens
  /** The installation of the same app in the same team or organization, if it is here. */
  findSame(meta: InstallationMeta): Installation | null
  /** The prepared change for `findSame` or a new one, to be saved with others; answers its ID. */
  prepareStore(sealable: Sealable): { id: string; put: VaultPut }
  /** As `prepareStore`, for the installation of this ID. @throws WorkspaceNotFound */
  prepareInto(installationId: string, sealable: Sealable): { id: string; put: VaultPut }
  /** Stores or merges; durable when it resolves. Answers the installation's ID. */
  store(sealable: Sealable): Promise<string>
  /**
   * Saves all of these prepared changes or none, and answers what was saved.
   *
   * @param put given as a function, they are prepared when nobody else can change the vault any more
   */
  storeAll(put: readonly VaultPut[] | (() => readonly VaultPut[])): Promise<readonly VaultPut[]>
  /** Saves metadata, and secrets where given. */
  save(
    installationId: string,
    meta: InstallationMeta,
    secrets?: Readonly<Record<string, Secret | null>>,
  ): Promise<void>
  /**
   * Changes metadata of the installation as it is when nobody else can change it any more.
   *
   * @param change null changes nothing
   * @throws WorkspaceNotFound, and what `change` throws
   */
  update(
    installationId: string,
    change: (before: Installation) => InstallationMeta | null,
  ): Promise<void>
  /** As `update`, for each of the credentials. */
  updateCredentials(
    installationId: string,
    update: (credential: CredentialMeta) => CredentialMeta,
    rest?: Rest,
  ): Promise<void>
  /**
   * Changes one credential and its sealed fields in one save, on the record as it is by then. Null from
   * `change` leaves all as it is.
   *
   * @throws WorkspaceNotFound, SecretNotFoundHere where it is not there any more
   */
  changeCredential(
    installationId: string,
    credentialId: string,
    change: (credential: CredentialMeta, installation: Installation) => CredentialChanged | null,
  ): Promise<void>
  rename(installationId: string, name: string | null): Promise<void>
  setNote(installationId: string, note: string): Promise<void>
  remove(installationId: string): Promise<void>
  /** Forgets what was kept for showing; called on lock. */
  forgetViews(): void
}

export interface PreviousTokens {
  readonly token: Secret | null
  readonly refreshToken: Secret | null
}

/** A credential as it is to be, with its sealed fields that change. */
export interface CredentialChanged {
  readonly meta: CredentialMeta
  readonly secrets?: Readonly<Record<string, Secret | null>>
}

export interface VaultPut {
  readonly id: string
  readonly kind: string
  readonly meta: InstallationMeta
  readonly secrets: Readonly<Record<string, Secret | null>>
}

/** The installations of one vault. */
export function createInstallations(options: InstallationsOptions): Installations {
  return new StoredInstallations(options)
}

class StoredInstallations implements Installations {
  readonly #options: InstallationsOptions
  readonly #reader = createRecordReader(INSTALLATION, installationMeta)
  readonly #views = createInstallationViews(this.#reader)

  constructor(options: InstallationsOptions) {
    this.#options = options
  }

  reload(): void {
    this.#options.vault().reload()
  }

  all(): Installation[] {
    return this.#reader.all(this.#options.vault())
  }

  unreadableCount(): number {
    return this.#reader.unreadableCount(this.#options.vault())
  }

  views(): InstallationView[] {
    return this.#views.of(this.#options.vault(), this.#options.slackApps())
  }

  get(installationId: string): Installation {
    const found = this.#reader.find(this.#options.vault(), installationId)
    if (found === null) throw new WorkspaceNotFound()
    return found
  }

  token(installationId: string, credentialId: string): Secret {
    const installation = this.get(installationId)
    if (!installation.credentials.some((credential) => credential.id === credentialId)) {
      throw new SecretNotFoundHere()
    }
    return this.#options.vault().secret(installationId, credentialId)
  }

  refreshToken(installationId: string, credentialId: string): Secret | null {
    return this.#sealed(installationId, refreshField(credentialId))
  }

  previousTokens(installationId: string, credentialId: string): PreviousTokens {
    return {
      token: this.#sealed(installationId, previousField(credentialId)),
      refreshToken: this.#sealed(installationId, previousRefreshField(credentialId)),
    }
  }

  #sealed(installationId: string, field: string): Secret | null {
    const vault = this.#options.vault()
    const has = vault.record(installationId)?.secretFields.includes(field) ?? false
    return has ? vault.secret(installationId, field) : null
  }

  findSame(meta: InstallationMeta): Installation | null {
    return this.all().find((other) => isSameInstallation(other, meta)) ?? null
  }

  prepareStore(sealable: Sealable): { id: string; put: VaultPut } {
    const before = this.findSame(sealable.meta)
    const id = before?.id ?? randomUUID()
    const meta = before ? mergeInstallation(withoutId(before), sealable.meta) : sealable.meta
    const put = { id, kind: INSTALLATION, meta, secrets: sealable.secrets }
    return { id, put: this.#counted(put) }
  }

  prepareInto(installationId: string, sealable: Sealable): { id: string; put: VaultPut } {
    const meta = mergeInstallation(withoutId(this.get(installationId)), sealable.meta)
    const put = { id: installationId, kind: INSTALLATION, meta, secrets: sealable.secrets }
    return { id: installationId, put: this.#counted(put) }
  }

  async store(sealable: Sealable): Promise<string> {
    const [put] = await this.storeAll(() => [this.prepareStore(sealable).put])
    if (put === undefined) throw new TypeError('nothing was stored')
    return put.id
  }

  async storeAll(
    given: readonly VaultPut[] | (() => readonly VaultPut[]),
  ): Promise<readonly VaultPut[]> {
    const counted = (puts: readonly VaultPut[]) => puts.map((one) => this.#counted(one))
    let put = typeof given === 'function' ? [] : counted(given)
    const prepare = () => {
      if (typeof given === 'function') put = counted(given())
      return { put }
    }
    await this.#options.vault().save(typeof given === 'function' ? prepare : { put })
    this.#options.onChange()
    return put
  }

  async save(
    installationId: string,
    meta: InstallationMeta,
    secrets: Readonly<Record<string, Secret | null>> = {},
  ): Promise<void> {
    const put = { id: installationId, kind: INSTALLATION, meta, secrets }
    await this.#options.vault().save({ put: [this.#counted(put)] })
    this.#options.onChange()
  }

  async update(
    installationId: string,
    change: (before: Installation) => InstallationMeta | null,
  ): Promise<void> {
    await this.#options.vault().save(() => {
      const before = this.get(installationId)
      const changed = change(before)
      if (changed === null) return {}
      // What is changed may carry the ID along; the record has it already.
      const meta = withoutId({ ...changed, id: before.id })
      const put = { id: before.id, kind: INSTALLATION, meta, secrets: {} }
      return { put: [this.#counted(put)] }
    })
    this.#options.onChange()
  }

  async updateCredentials(
    installationId: string,
    update: (credential: CredentialMeta) => CredentialMeta,
    rest: Rest = {},
  ): Promise<void> {
    await this.update(installationId, (before) => ({
      ...before,
      ...(typeof rest === 'function' ? rest(before) : rest),
      credentials: before.credentials.map(update),
    }))
  }

  async changeCredential(
    installationId: string,
    credentialId: string,
    change: (credential: CredentialMeta, installation: Installation) => CredentialChanged | null,
  ): Promise<void> {
    let isChanged = false
    await this.#options.vault().save(() => {
      const installation = this.get(installationId)
      const credential = installation.credentials.find(({ id }) => id === credentialId)
      if (credential === undefined) throw new SecretNotFoundHere()
      const changed = change(credential, installation)
      if (changed === null) return {}
      isChanged = true
      const credentials = installation.credentials.map((one) =>
        one === credential ? changed.meta : one,
      )
      const meta = { ...withoutId(installation), credentials }
      const secrets = changed.secrets ?? {}
      return { put: [this.#counted({ id: installationId, kind: INSTALLATION, meta, secrets })] }
    })
    if (isChanged) this.#options.onChange()
  }

  async rename(installationId: string, name: string | null): Promise<void> {
    const localName = name?.trim() ? name.trim() : null
    await this.update(installationId, (before) => ({ ...before, localName }))
  }

  async setNote(installationId: string, note: string): Promise<void> {
    await this.update(installationId, (before) => ({ ...before, note }))
  }

  async remove(installationId: string): Promise<void> {
    await this.#options.vault().save(() => ({
      remove: [this.get(installationId).id],
      forgets: true,
    }))
    this.#options.onChange()
  }

  forgetViews(): void {
    this.#views.forget()
  }

  /** Every change of an installation passes here on its way into the vault. */
  #counted(put: VaultPut): VaultPut {
    return withGenerations(this.#options.vault(), put)
  }
}

function withoutId(installation: Installation): InstallationMeta {
  const { id: _id, ...meta } = installation
  return meta
}
