/** What was found in pasted text or a file, until it is stored or put away. */
import { randomUUID } from 'node:crypto'
import type { EnvironmentRef, ImportDraft, ImportFinding } from '../contract/views.ts'
import { toFailure } from '../errors.ts'
import { environmentView, slackEndpoints } from '../slack/environment.ts'
import type { TokenInfo } from '../slack/slack-api.ts'
import { NotRecognised, SessionTokenRefused } from './errors.ts'
import { type FoundSecret, findSecrets } from './find-secrets.ts'

export interface Draft {
  readonly id: string
  /** Of the chosen file, without its folder; null for the clipboard. */
  readonly fileName: string | null
  readonly environment: EnvironmentRef
  readonly lineCount: number
  readonly found: readonly Finding[]
}

export interface Finding extends FoundSecret {
  readonly id: string
  check: ImportFinding['check']
  /** What Slack said of the token; null where it was not asked, or refused. */
  info: TokenInfo | null
  /** Stored by an earlier try that failed later on. */
  isStored: boolean
}

/** @throws NotRecognised for none, SessionTokenRefused where there is nothing else */
export function createDraft(
  text: string,
  environment: EnvironmentRef,
  fileName: string | null,
): Draft {
  const found = findSecrets(text, slackEndpoints(environment).host)
  if (found.length === 0) throw new NotRecognised()
  if (found.every((one) => one.kind === 'session')) throw new SessionTokenRefused()
  return {
    id: randomUUID(),
    fileName,
    environment,
    lineCount: text.trimEnd().split(/\r?\n/).length,
    found: found.map(asFinding),
  }
}

function asFinding(found: FoundSecret): Finding {
  return { ...found, id: randomUUID(), check: firstCheck(found), info: null, isStored: false }
}

/** Kinds that Slack can be asked about: the last one as a user token, which it may be. */
export function isCheckableFinding({ kind }: FoundSecret): boolean {
  return kind === 'bot' || kind === 'user' || kind === 'config-or-user'
}

function firstCheck(found: FoundSecret): ImportFinding['check'] {
  if (found.kind === 'session') {
    return { kind: 'refused', failure: toFailure(new SessionTokenRefused()) }
  }
  return isCheckableFinding(found) ? { kind: 'not-checked' } : { kind: 'cannot-be-checked' }
}

/** The draft as the page may see it. */
export function draftView({ id, fileName, lineCount, environment, found }: Draft): ImportDraft {
  return {
    id,
    fileName,
    lineCount,
    environment: environmentView(environment),
    findings: found.map(({ id, kind, secret, variable, line, check }) => ({
      ...{ id, kind, variable, line, check },
      masked: secret.masked(),
    })),
  }
}
