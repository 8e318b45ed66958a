/**
 * Slack's answers for another team than the wanted one: sealed until the user keeps or refuses them,
 * also over a restart. Nothing else uses their tokens.
 */
import { toFailure } from '../errors.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { environmentView, sameEnvironment, slackEndpoints } from '../slack/environment.ts'
import type { SlackApi } from '../slack/slack-api.ts'
import type { Vault } from '../vault/vault.ts'
import type { AuthorizationFacts } from './authorization-entry.ts'
import { AuthorizationNotFound, OtherTeam } from './errors.ts'
import type { Sealable } from './grant.ts'
import type { Installations } from './installations.ts'
import { createRecordReader } from './record-reader.ts'
import {
  type CredentialMeta,
  HELD_ANSWER,
  type HeldAnswerMeta,
  heldAnswerMeta,
  type InstallationMeta,
  refreshField,
} from './records.ts'
import type { SlackApps } from './slack-apps.ts'

export interface HeldAnswersOptions {
  /** The open vault; throws VaultLocked while locked. */
  readonly vault: () => Vault
  readonly installations: Installations
  readonly slackApps: SlackApps
  readonly slack: SlackApi
  readonly log: Log
  readonly onChange: () => void
}

export interface HeldAnswers {
  views(): AuthorizationFacts[]
  /** Records that say too little to be shown; all the others are. */
  unreadableCount(): number
  /** @throws RecordDamaged */
  find(authorizationId: string): HeldAnswerMeta | null
  hold(
    authorizationId: string,
    about: Omit<HeldAnswerMeta, 'installation'>,
    sealable: Sealable,
  ): Promise<void>
  /** Makes it an installation of its own, or updates the one of that team. Answers its ID. */
  keep(authorizationId: string): Promise<string>
  /**
   * Forgets it. Its tokens are revoked first where that cannot end an installation that is here:
   * rotating tokens are revoked one by one (docs: token rotation), others end the whole authorization.
   */
  refuse(authorizationId: string): Promise<void>
}

/** The held answers of one vault. */
export function createHeldAnswers(options: HeldAnswersOptions): HeldAnswers {
  return new StoredHeldAnswers(options)
}

class StoredHeldAnswers implements HeldAnswers {
  readonly #options: HeldAnswersOptions
  readonly #reader = createRecordReader(HELD_ANSWER, heldAnswerMeta)

  constructor(options: HeldAnswersOptions) {
    this.#options = options
  }

  views(): AuthorizationFacts[] {
    return this.#reader.all(this.#options.vault()).map((held) => this.#view(held.id, held))
  }

  unreadableCount(): number {
    return this.#reader.unreadableCount(this.#options.vault())
  }

  find(authorizationId: string): HeldAnswerMeta | null {
    return this.#reader.find(this.#options.vault(), authorizationId)
  }

  async hold(
    authorizationId: string,
    about: Omit<HeldAnswerMeta, 'installation'>,
    sealable: Sealable,
  ): Promise<void> {
    const meta: HeldAnswerMeta = { ...about, installation: sealable.meta }
    const put = { id: authorizationId, kind: HELD_ANSWER, meta, secrets: sealable.secrets }
    await this.#options.vault().save({ put: [put] })
  }

  async keep(authorizationId: string): Promise<string> {
    const meta = this.#get(authorizationId).installation
    const sealable = { meta, secrets: this.#secrets(authorizationId) }
    const { id, put } = this.#options.installations.prepareStore(sealable)
    await this.#options.vault().save({ put: [put], remove: [authorizationId] })
    this.#options.onChange()
    return id
  }

  async refuse(authorizationId: string): Promise<void> {
    const held = this.#get(authorizationId)
    const isHere = this.#mayBeHere(held.installation)
    for (const credential of held.installation.credentials) {
      if (!isRevocable(credential)) continue
      if (credential.rotates || !isHere) await this.#revoke(authorizationId, held, credential.id)
    }
    await this.#options.vault().save({ remove: [authorizationId], forgets: true })
    this.#options.onChange()
  }

  /** Revoking is a courtesy here: when Slack does not take it, the answer is forgotten all the same. */
  async #revoke(
    authorizationId: string,
    held: HeldAnswerMeta,
    credentialId: string,
  ): Promise<void> {
    const endpoints = slackEndpoints(held.installation.environment)
    for (const field of [refreshField(credentialId), credentialId]) {
      try {
        const vault = this.#options.vault()
        if (!vault.record(authorizationId)?.secretFields.includes(field)) continue
        await this.#options.slack.revokeToken(endpoints, vault.secret(authorizationId, field))
      } catch (thrown) {
        this.#options.log.info('held answer not revoked', { code: toFailure(thrown).code })
      }
    }
  }

  /** An imported token of that team may be this app's, where Slack did not name its app. */
  #mayBeHere(held: InstallationMeta): boolean {
    const { installations } = this.#options
    return (
      installations.findSame(held) !== null ||
      installations.all().some((one) => one.appId === null && isSamePlace(one, held))
    )
  }

  #get(authorizationId: string): HeldAnswerMeta {
    const held = this.find(authorizationId)
    if (!held) throw new AuthorizationNotFound()
    return held
  }

  #secrets(authorizationId: string): Record<string, Secret> {
    const vault = this.#options.vault()
    const fields = vault.record(authorizationId)?.secretFields ?? []
    return Object.fromEntries(fields.map((field) => [field, vault.secret(authorizationId, field)]))
  }

  /** As the page shows it after a restart, when the live authorization is gone. */
  #view(id: string, held: HeldAnswerMeta): AuthorizationFacts {
    const app = this.#options.slackApps.all().find((other) => other.id === held.slackAppId)
    const wanted = this.#options.installations
      .all()
      .find((other) => other.id === held.wantedInstallationId)
    const wantedName = wanted ? (wanted.localName ?? wanted.teamName) : null
    const { teamName, environment } = held.installation
    const failure = toFailure(new OtherTeam(teamName, wantedName ?? 'another workspace'))
    return {
      id,
      slackAppId: held.slackAppId,
      slackAppName: app?.name ?? held.installation.appName,
      environment: environmentView(environment),
      flow: app?.flow ?? 'v2',
      strategy: app?.strategy ?? 'https',
      port: null,
      redirectUrl: '',
      wantedInstallationId: held.wantedInstallationId,
      wantedName,
      browserFailure: null,
      startedAtMs: held.startedAtMs,
      expiresAtMs: held.startedAtMs,
      state: { kind: 'other-team', teamName, failure },
    }
  }
}

/** A webhook goes with its bot token; an ID token is no token of Slack's API. */
function isRevocable({ kind }: CredentialMeta): boolean {
  return kind === 'bot' || kind === 'user' || kind === 'sign-in'
}

function isSamePlace(a: InstallationMeta, b: InstallationMeta): boolean {
  return sameEnvironment(a.environment, b.environment) && isSameTeam(a, b)
}

/** Org-wide installations have no team; their organization tells them apart. */
function isSameTeam(a: InstallationMeta, b: InstallationMeta): boolean {
  return a.teamId === null && b.teamId === null
    ? a.enterpriseId === b.enterpriseId
    : a.teamId === b.teamId
}
