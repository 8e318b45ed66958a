import type { CredentialKind, ImportFinding } from '../contract/views.ts'
import { defaultVariable } from '../env/variable-name.ts'
import { Secret } from '../platform/secret.ts'
import { recogniseSecret } from '../slack/token-kind.ts'

/** A secret found in pasted text, with the line it stood on (from 1). */
export interface FoundSecret {
  readonly kind: Exclude<ImportFinding['kind'], 'unknown'>
  readonly secret: Secret
  readonly variable: string
  readonly line: number
}

/** Lines looked at; more is not something a person pastes on purpose. */
const MAX_LINES = 500

/**
 * The secrets in pasted text, one per line, each once. Lines that hold none are passed over.
 *
 * @param environmentHost host of the chosen environment, whose webhook URLs count too
 */
export function findSecrets(text: string, environmentHost: string): FoundSecret[] {
  const seen = new Set<string>()
  const found: FoundSecret[] = []
  for (const [index, line] of text.trim().split(/\r?\n/).slice(0, MAX_LINES).entries()) {
    const one = findInLine(line, environmentHost, index + 1)
    if (one === null || seen.has(one.secret.expose())) continue
    seen.add(one.secret.expose())
    found.push(one)
  }
  return found
}

function findInLine(line: string, environmentHost: string, number: number): FoundSecret | null {
  const { kind, value, name } = recogniseSecret(line, environmentHost)
  if (kind === 'unknown') return null
  const known = KINDS[kind] ?? 'unsupported'
  const variable = name ?? (isCredential(known) ? defaultVariable(known) : '')
  return { kind: known, secret: Secret.of(value), variable, line: number }
}

/** A `xoxe.xoxp-1-` token can be a user or a configuration token; here only a user token has a use. */
const KINDS: Readonly<Record<string, FoundSecret['kind']>> = {
  bot: 'bot',
  user: 'user',
  'config-or-user': 'user',
  app: 'app',
  webhook: 'webhook',
  session: 'session',
}

function isCredential(kind: FoundSecret['kind']): kind is CredentialKind {
  return kind !== 'session' && kind !== 'unsupported'
}
