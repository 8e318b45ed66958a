import { type CredentialKind, credentialKind, type ImportFinding } from '../contract/views.ts'
import { defaultVariable } from '../env/variable-name.ts'
import { Secret } from '../platform/secret.ts'
import { recogniseSecret, type SecretKind } from '../slack/token-kind.ts'

/** A secret found in text, with the line it stood on (from 1). */
export interface FoundSecret {
  readonly kind: ImportFinding['kind']
  readonly secret: Secret
  readonly variable: string
  readonly line: number
}

/** Lines looked at: as many as a long env file has. */
const MAX_LINES = 10_000
/** Characters of a line: ten times the longest secret with its name. Longer ones are no env lines. */
const MAX_LINE = 4096
/** Characters looked at: as many as a file may have. */
const MAX_TEXT = 1024 * 1024
/** Secrets found: nobody goes through more of them one by one. */
const MAX_FOUND = 100

/**
 * The secrets in the text, one per line, each once. Lines that hold none are passed over.
 *
 * @param environmentHost host of the chosen environment, whose webhook URLs count too
 */
export function findSecrets(text: string, environmentHost: string): FoundSecret[] {
  const seen = new Set<string>()
  const found: FoundSecret[] = []
  const lines = text.slice(0, MAX_TEXT).split(/\r?\n/)
  for (const [index, line] of lines.slice(0, MAX_LINES).entries()) {
    const one = findInLine(line, environmentHost, index + 1)
    if (one === null || seen.has(one.secret.expose())) continue
    seen.add(one.secret.expose())
    found.push(one)
    if (found.length === MAX_FOUND) break
  }
  return found
}

function findInLine(line: string, environmentHost: string, number: number): FoundSecret | null {
  if (line.length > MAX_LINE) return null
  const recognised = recogniseSecret(line, environmentHost)
  if (recognised.kind === 'unknown') return null
  const kind = findingKind(recognised.kind)
  const variable = recognised.name ?? proposedVariable(kind)
  return { kind, secret: Secret.of(recognised.value), variable, line: number }
}

function findingKind(kind: Exclude<SecretKind, 'unknown'>): FoundSecret['kind'] {
  return kind === 'legacy' || kind === 'workflow' ? 'unsupported' : kind
}

function proposedVariable(kind: FoundSecret['kind']): string {
  if (isCredentialKind(kind)) return defaultVariable(kind)
  if (kind === 'config-or-user') return defaultVariable('user')
  if (kind === 'configuration') return defaultVariable('configuration')
  return kind === 'refresh' ? defaultVariable('configuration-refresh') : ''
}

/** True for what an installation can hold. */
export function isCredentialKind(kind: FoundSecret['kind']): kind is CredentialKind {
  return credentialKind.safeParse(kind).success
}
