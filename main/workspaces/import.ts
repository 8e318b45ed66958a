/**
 * Pasted tokens: recognised from their shape, checked with the chosen environment's host alone,
 * stored when the user says so. The text is read by main and stays here.
 */
import { randomUUID } from 'node:crypto'
import type {
  CredentialKind,
  EnvironmentRef,
  ImportDraft,
  ImportFinding,
} from '../contract/views.ts'
import { AppError, InputError, toFailure } from '../errors.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import type { Clock } from '../platform/clock.ts'
import { environmentView, slackEndpoints } from '../slack/environment.ts'
import type { SlackApi, TokenInfo } from '../slack/slack-api.ts'
import { ClipboardEmpty, ImportNotFound, NotRecognised, SessionTokenRefused } from './errors.ts'
import { type FoundSecret, findSecrets } from './find-secrets.ts'
import { importedInstallation } from './imported-installation.ts'
import type { Installations } from './installations.ts'

export interface ImportOptions {
  readonly clipboard: Clipboard
  readonly slack: SlackApi
  readonly installations: Installations
  readonly clock: Clock
  /** @throws VaultLocked: while locked nothing is read, sent or kept */
  readonly requireUnlocked: () => void
  /** Told once a workspace was stored. */
  readonly onStored: (installationId: string) => void
}

export interface ImportService {
  /** @throws ClipboardEmpty, NotRecognised, SessionTokenRefused when there is nothing else */
  readClipboard(environment: EnvironmentRef): Promise<ImportDraft>
  check(draftId: string): Promise<ImportDraft>
  /** Answers the installation that was last stored. @throws ImportNotFound, InputError for a missing name */
  store(
    draftId: string,
    findingIds: readonly string[],
    name: string | null,
  ): Promise<{ installationId: string; stored: number }>
  discard(draftId: string): void
  /** Forgets every pasted text; called on lock and at the end. */
  forget(): void
}

interface Draft {
  readonly id: string
  readonly environment: EnvironmentRef
  readonly lineCount: number
  readonly found: readonly Finding[]
}

interface Finding extends FoundSecret {
  readonly id: string
  check: ImportFinding['check']
  info: TokenInfo | null
}

/** Keeps pasted text in memory only, until it is stored or put away. */
export function createImportService(options: ImportOptions): ImportService {
  return new Importing(options)
}

class Importing implements ImportService {
  readonly #options: ImportOptions
  readonly #drafts = new Map<string, Draft>()

  constructor(options: ImportOptions) {
    this.#options = options
  }

  async readClipboard(environment: EnvironmentRef): Promise<ImportDraft> {
    this.#options.requireUnlocked()
    const text = await this.#options.clipboard.readText()
    if (text.trim() === '') throw new ClipboardEmpty()
    const found = findSecrets(text, slackEndpoints(environment).host)
    if (found.length === 0) throw new NotRecognised()
    if (found.every((one) => one.kind === 'session')) throw new SessionTokenRefused()
    const draft: Draft = {
      id: randomUUID(),
      environment,
      lineCount: text.trim().split(/\r?\n/).length,
      found: found.map((one) => ({ ...one, id: randomUUID(), check: firstCheck(one), info: null })),
    }
    this.#drafts.set(draft.id, draft)
    return draftView(draft)
  }

  async check(draftId: string): Promise<ImportDraft> {
    this.#options.requireUnlocked()
    const draft = this.#draft(draftId)
    const endpoints = slackEndpoints(draft.environment)
    for (const finding of draft.found) {
      if (finding.kind !== 'bot' && finding.kind !== 'user') continue
      try {
        finding.info = await this.#options.slack.testToken(endpoints, finding.secret)
        const { teamName, teamId, scopes } = finding.info
        finding.check = {
          kind: 'works',
          workspaceName: teamName ?? teamId ?? '',
          scopes: [...scopes],
        }
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown
        finding.info = null
        finding.check = { kind: 'refused', failure: toFailure(thrown, this.#options.clock.now()) }
      }
    }
    return draftView(draft)
  }

  async store(
    draftId: string,
    findingIds: readonly string[],
    name: string | null,
  ): Promise<{ installationId: string; stored: number }> {
    const draft = this.#draft(draftId)
    const chosen = draft.found.filter(isStorable).filter((one) => findingIds.includes(one.id))
    if (chosen.length === 0) throw new NotRecognised()
    if (!name?.trim() && chosen.some((one) => one.info === null)) throw new MissingName()
    let installationId = ''
    for (const finding of chosen) installationId = await this.#storeOne(draft, finding, name)
    this.#drafts.delete(draftId)
    this.#options.onStored(installationId)
    return { installationId, stored: chosen.length }
  }

  discard(draftId: string): void {
    this.#drafts.delete(draftId)
  }

  forget(): void {
    this.#drafts.clear()
  }

  #draft(draftId: string): Draft {
    const draft = this.#drafts.get(draftId)
    if (!draft) throw new ImportNotFound()
    return draft
  }

  #storeOne(draft: Draft, finding: Storable, name: string | null): Promise<string> {
    const { installations, clock } = this.#options
    return installations.store(
      importedInstallation({
        environment: draft.environment,
        secret: finding.secret,
        kind: finding.kind,
        info: finding.info,
        name: name?.trim() || null,
        nowMs: clock.now(),
      }),
    )
  }
}

class MissingName extends InputError {
  constructor() {
    super('name', 'This token has no workspace name yet', 'Slack cannot tell it. Give it a name.')
  }
}

type Storable = Finding & { readonly kind: CredentialKind }

function isStorable(finding: Finding): finding is Storable {
  return finding.kind !== 'session' && finding.kind !== 'unsupported'
}

function firstCheck(found: FoundSecret): ImportFinding['check'] {
  if (found.kind === 'session') {
    return { kind: 'refused', failure: toFailure(new SessionTokenRefused()) }
  }
  return found.kind === 'bot' || found.kind === 'user'
    ? { kind: 'not-checked' }
    : { kind: 'cannot-be-checked' }
}

function draftView(draft: Draft): ImportDraft {
  return {
    id: draft.id,
    fileName: null,
    lineCount: draft.lineCount,
    environment: environmentView(draft.environment),
    findings: draft.found.map((finding) => ({
      id: finding.id,
      kind: finding.kind,
      masked: finding.secret.masked(),
      variable: finding.variable,
      line: finding.line,
      check: finding.check,
    })),
  }
}
