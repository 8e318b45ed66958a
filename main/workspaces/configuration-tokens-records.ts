/** Configuration tokens as the vault keeps them: one per environment, workspace and user. */
import * as z from 'zod'
import { credentialState, type EnvironmentRef } from '../contract/views.ts'
import { AppError } from '../errors.ts'
import type { Secret } from '../platform/secret.ts'
import { sameEnvironment } from '../slack/environment.ts'
import type { Vault } from '../vault/vault.ts'
import { ConfigurationTokenNotFound, NoRefreshToken } from './configuration-tokens-errors.ts'
import { createRecordReader, type Read } from './record-reader.ts'
import { storedEnvironment } from './records.ts'

export const CONFIGURATION_TOKEN = 'configuration-token'

/** The sealed fields. */
export type ConfigurationTokenField = 'token' | 'refreshToken'

export const configurationTokenMeta = z.object({
  environment: storedEnvironment,
  teamId: z.string().nullable(),
  teamName: z.string().nullable(),
  userId: z.string().nullable(),
  /** Epoch milliseconds; null where Slack has not said yet. */
  expiresAtMs: z.number().nullable(),
  state: credentialState,
  slackCode: z.string().nullable(),
  storedAtMs: z.number(),
})
export type ConfigurationTokenMeta = z.infer<typeof configurationTokenMeta>
export type ConfigurationToken = Read<ConfigurationTokenMeta>

export interface PreparedToken {
  readonly id: string
  readonly meta: ConfigurationTokenMeta
  readonly secrets?: Partial<Record<ConfigurationTokenField, Secret>>
}

export interface ConfigurationTokenRecords {
  all(): ConfigurationToken[]
  /** Records that say too little to be used. */
  unreadableCount(): number
  /** @throws ConfigurationTokenNotFound, RecordDamaged */
  get(id: string): ConfigurationToken
  /** The one of the same user in the same workspace; null where one of them is not known. */
  findSame(meta: ConfigurationTokenMeta): ConfigurationToken | null
  /** @throws ConfigurationTokenNotFound, SecretNotFound */
  secret(id: string, field: ConfigurationTokenField): Secret
  /** The access token; null for one that cannot be opened, which must hide no other. */
  readable(id: string): Secret | null
  canRefresh(id: string): boolean
  /** @throws NoRefreshToken */
  refreshToken(id: string): Secret
  /**
   * Durable when it resolves; an absent secret stays as it is. Prepared when nobody else can change
   * the vault any more. Answers the ID.
   */
  save(prepare: () => PreparedToken): Promise<string>
  /** Reads the record again before it changes it. */
  update(id: string, change: Partial<ConfigurationTokenMeta>): Promise<void>
  remove(id: string): Promise<void>
}

/** @param vault the open vault; throws VaultLocked while locked */
export function configurationTokenRecords(vault: () => Vault): ConfigurationTokenRecords {
  const reader = createRecordReader(CONFIGURATION_TOKEN, configurationTokenMeta)
  const get = (id: string) => {
    const found = reader.find(vault(), id)
    if (found === null) throw new ConfigurationTokenNotFound()
    return found
  }
  const canRefresh = (id: string) =>
    vault().record(id)?.secretFields.includes('refreshToken') ?? false
  const save: ConfigurationTokenRecords['save'] = async (prepare) => {
    let savedId = ''
    await vault().save(() => {
      const { id, meta, secrets = {} } = prepare()
      savedId = id
      return { put: [{ id, kind: CONFIGURATION_TOKEN, meta, secrets }] }
    })
    return savedId
  }
  return {
    all: () => reader.all(vault()),
    unreadableCount: () => reader.unreadableCount(vault()),
    get,
    findSame: (meta) =>
      reader.all(vault()).find((other) => isSameConfigurationToken(other, meta)) ?? null,
    secret: (id, field) => vault().secret(get(id).id, field),
    readable: (id) => unlessUnreadable(() => vault().secret(id, 'token')),
    canRefresh,
    refreshToken(id) {
      if (!canRefresh(get(id).id)) throw new NoRefreshToken()
      return vault().secret(id, 'refreshToken')
    },
    save,
    async update(id, change) {
      await save(() => {
        const { id: _id, ...meta } = get(id)
        return { id, meta: { ...meta, ...change } }
      })
    },
    remove: (id) => vault().save(() => ({ remove: [get(id).id], forgets: true })),
  }
}

function unlessUnreadable<T>(read: () => T): T | null {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof AppError) return null
    throw thrown
  }
}

export function isSameConfigurationToken(
  a: ConfigurationTokenMeta,
  b: ConfigurationTokenMeta,
): boolean {
  if (a.teamId === null || a.userId === null) return false
  return isOf(a, b.environment) && a.teamId === b.teamId && a.userId === b.userId
}

/** True for a token that is sent to this Slack. */
export function isOf(token: ConfigurationTokenMeta, environment: EnvironmentRef): boolean {
  return sameEnvironment(token.environment, environment)
}
