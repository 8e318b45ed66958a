/** What the user chose of a draft, and what each of it is. */
import type { CallArgs } from '../contract/calls.ts'
import type { CredentialKind } from '../contract/views.ts'
import { InputError } from '../errors.ts'
import type { Secret } from '../platform/secret.ts'
import type { TokenInfo } from '../slack/slack-api.ts'
import type { ConfigurationTokenPair } from './configuration-token-store.ts'
import { NotRecognised } from './errors.ts'
import { isCredentialKind } from './find-secrets.ts'
import type { Draft, Finding } from './import-draft.ts'

export type ImportChoices = CallArgs<'import/store'>[1]
/** Where chosen secrets go that Slack named no workspace for. */
export type ImportRest = CallArgs<'import/store'>[2]

/** One secret to store in an installation. */
export interface ChosenCredential {
  readonly finding: Finding
  readonly kind: CredentialKind
  readonly secret: Secret
  /** Null where no workspace is known. */
  readonly info: TokenInfo | null
}

/** A configuration token, its refresh token, or both, with the findings that they are. */
export interface ChosenTokens extends ConfigurationTokenPair {
  readonly findings: readonly Finding[]
}

export interface Chosen {
  readonly credentials: readonly ChosenCredential[]
  readonly configurationTokens: readonly ChosenTokens[]
}

/**
 * Session tokens and unsupported kinds are left out.
 *
 * @throws NotRecognised when nothing is left, InputError for the field `kind` where the user has to
 * say what a token is
 */
export function chosenOf(draft: Draft, choices: ImportChoices): Chosen {
  const asById = new Map(choices.map(({ id, as }) => [id, as]))
  const typed = draft.found
    .filter((finding) => asById.has(finding.id))
    .map((finding) => ({ finding, kind: decided(finding, asById.get(finding.id) ?? null) }))
  const credentials = typed.flatMap(({ finding, kind }) =>
    isCredentialKind(kind) ? [credentialOf(finding, kind)] : [],
  )
  const configurationTokens = pairs(typed)
  if (credentials.length + configurationTokens.length === 0) throw new NotRecognised()
  return { credentials, configurationTokens }
}

function credentialOf(finding: Finding, kind: CredentialKind): ChosenCredential {
  return { finding, kind, secret: finding.secret, info: finding.info }
}

function decided({ kind }: Finding, as: ImportChoices[number]['as']): Finding['kind'] {
  if (kind !== 'config-or-user') return kind
  if (as !== null) return as
  throw new InputError(
    'kind',
    'This can be a user or a configuration token',
    'Nothing in it tells which. Choose what it is.',
  )
}

interface Typed {
  readonly finding: Finding
  readonly kind: Finding['kind']
}

/** A token and a refresh token that follow each other belong together, whichever comes first. */
function pairs(typed: readonly Typed[]): ChosenTokens[] {
  const all: ChosenTokens[] = []
  for (const { finding, kind } of typed) {
    if (kind !== 'configuration' && kind !== 'refresh') continue
    const field = kind === 'refresh' ? 'refreshToken' : 'token'
    const last = all.at(-1)
    const fits = last !== undefined && last.findings.length === 1 && last[field] === null
    const before = fits ? last : { token: null, refreshToken: null, findings: [] }
    if (fits) all.pop()
    const findings = [...before.findings, finding]
    all.push({ ...before, [field]: finding.secret, findings })
  }
  return all
}
