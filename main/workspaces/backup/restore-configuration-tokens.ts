import type { RestoreRow } from '../../contract/views.ts'
import { environmentView, sameEnvironment } from '../../slack/environment.ts'
import type { RecordChange } from '../../vault/vault.ts'
import {
  CONFIGURATION_TOKEN,
  type ConfigurationTokenMeta,
  isSameConfigurationToken,
} from '../configuration-tokens-records.ts'
import type { KeptRecord } from './content.ts'
import { type Here, hasIdOf } from './here.ts'
import type { Planned, RestoreTimes } from './restore-plan.ts'
import { actionOf } from './restore-slack-apps.ts'

type KeptToken = KeptRecord<ConfigurationTokenMeta>

/** Token and refresh token are one pair: the newer pair is kept whole. */
export function planConfigurationTokens(
  tokens: readonly KeptToken[],
  here: Here,
  { createdAtMs, nowMs }: RestoreTimes,
): Planned {
  const put = new Map<string, RecordChange>()
  const storedAt = new Map(here.configurationTokens.map(({ id, meta }) => [id, meta.storedAtMs]))
  const rows = tokens.map((token, index): RestoreRow => {
    const same = findSame(token, here.configurationTokens)
    const id = same?.id ?? here.newId(token.id)
    // Nothing in a backup is newer than the backup, whatever stands in it.
    const atMs = Math.min(token.meta.storedAtMs, createdAtMs, nowMs)
    const isStored = same === null || atMs > (storedAt.get(id) ?? Number.NEGATIVE_INFINITY)
    if (isStored) {
      storedAt.set(id, atMs)
      put.set(id, changeOf(id, token))
    }
    const { teamName, teamId, environment } = token.meta
    return {
      id: `configuration-token:${index}`,
      of: 'configuration-token',
      name: teamName ?? teamId ?? 'Configuration token',
      detail: teamId ?? '',
      environment: environmentView(environment),
      action: actionOf(same === null, isStored ? 1 : 0),
      credentialCount: 1,
      storedCount: isStored ? 1 : 0,
      staleCount: isStored && token.secrets.has('refreshToken') ? 1 : 0,
    }
  })
  return { put: [...put.values()], rows }
}

/** A field that the newer pair does not have is dropped: it would belong to the older one. */
function changeOf(id: string, { meta, secrets }: KeptToken): RecordChange {
  const fields = ['token', 'refreshToken'].map((field) => [field, secrets.get(field) ?? null])
  return { id, kind: CONFIGURATION_TOKEN, meta, secrets: Object.fromEntries(fields) }
}

function findSame(token: KeptToken, here: readonly KeptToken[]): KeptToken | null {
  const near = here.filter(({ meta }) => sameEnvironment(meta.environment, token.meta.environment))
  return (
    near.find((other) => hasIdOf(other, token) && isSameOwner(other.meta, token.meta)) ??
    near.find(({ meta }) => isSameConfigurationToken(meta, token.meta)) ??
    near.find(({ secrets }) => holdsSame(secrets, token.secrets)) ??
    null
  )
}

function isSameOwner(a: ConfigurationTokenMeta, b: ConfigurationTokenMeta): boolean {
  const agree = (one: string | null, other: string | null) =>
    one === null || other === null || one === other
  return agree(a.teamId, b.teamId) && agree(a.userId, b.userId)
}

function holdsSame(a: KeptToken['secrets'], b: KeptToken['secrets']): boolean {
  return [...b].some(([field, secret]) => a.get(field)?.expose() === secret.expose())
}
