/** The credentials that imported secrets make, and the names that they are kept under. */
import { randomUUID } from 'node:crypto'
import type { CredentialKind } from '../contract/views.ts'
import type { Secret } from '../platform/secret.ts'
import type { TokenInfo } from '../slack/slack-api.ts'
import { blankCredential } from './granted-credentials.ts'
import { sortCredentials } from './merge-installation.ts'
import { type CredentialMeta, refreshField } from './records.ts'

export interface ImportedSecret {
  readonly kind: CredentialKind
  readonly secret: Secret
  /** What Slack said of it; null where Slack cannot be asked or refused. */
  readonly info: TokenInfo | null
}

/** What the installation that they go to has already. */
export interface HeldCredentials {
  readonly ids: ReadonlySet<string>
  /** The credential that is this very secret; null for none. */
  find(kind: CredentialKind, secret: Secret): CredentialMeta | null
}

export interface ImportedCredentials {
  readonly credentials: CredentialMeta[]
  readonly secrets: Record<string, Secret | null>
}

/** What Slack confirmed replaces its namesake; what nobody could check takes no such place. */
export function importedCredentials(
  imported: readonly ImportedSecret[],
  held: HeldCredentials,
  nowMs: number,
): ImportedCredentials {
  const byId = new Map<string, CredentialMeta>()
  const secrets: Record<string, Secret | null> = {}
  for (const one of confirmedFirst(imported)) {
    const same = held.find(one.kind, one.secret)
    const id = same?.id ?? credentialId(one, held, byId)
    byId.set(id, importedCredential(one, same ?? blankCredential(id, one.kind), nowMs))
    secrets[id] = one.secret
    // A refresh token of the token before would make others of that line.
    if (same === null) secrets[refreshField(id)] = null
  }
  return { credentials: sortCredentials([...byId.values()]), secrets }
}

function confirmedFirst(imported: readonly ImportedSecret[]): ImportedSecret[] {
  const isConfirmed = ({ info }: ImportedSecret) => info !== null
  return [...imported.filter(isConfirmed), ...imported.filter((one) => !isConfirmed(one))]
}

/** The same names as an authorization gives, so that the one replaces the other. */
function credentialId(
  { kind, info }: ImportedSecret,
  held: HeldCredentials,
  taken: ReadonlyMap<string, unknown>,
): string {
  if (kind === 'bot' && info !== null) return 'bot'
  if (kind === 'user' && info?.userId) return `user:${info.userId}`
  const isFree = !taken.has(kind) && (kind !== 'bot' || !held.ids.has('bot'))
  return isFree && ONE_EACH.has(kind) ? kind : `${kind}:${randomUUID()}`
}

/** Of these an installation has one; a second one of the same import stands beside it. */
const ONE_EACH: ReadonlySet<CredentialKind> = new Set([
  'bot',
  'signing-secret',
  'verification-token',
  'client-id',
  'client-secret',
])

function importedCredential(
  { kind, info }: ImportedSecret,
  before: CredentialMeta,
  nowMs: number,
): CredentialMeta {
  if (info === null) return before
  return {
    ...before,
    scopes: [...info.scopes],
    expiresAtMs: info.expiresAtMs ?? before.expiresAtMs,
    userId: kind === 'user' ? info.userId : null,
    userName: kind === 'user' ? info.userName : null,
    state: 'working',
    slackCode: null,
    lastCheckedAtMs: nowMs,
  }
}
