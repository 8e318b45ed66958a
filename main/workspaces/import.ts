/**
 * Pasted tokens and chosen files: recognised from their shape, checked with the chosen environment's
 * host alone, stored when the user says so. The text is read by main and stays here.
 */
import { basename } from 'node:path'
import type { CallValue } from '../contract/calls.ts'
import type { CredentialKind, EnvironmentRef, ImportDraft } from '../contract/views.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import type { Clock } from '../platform/clock.ts'
import type { FileDialogs } from '../platform/dialogs.ts'
import type { SlackApi } from '../slack/slack-api.ts'
import type { ConfigurationTokenStore } from './configuration-token-store.ts'
import { ClipboardEmpty, ImportNotFound } from './errors.ts'
import { checkFindings } from './import-check.ts'
import {
  type Chosen,
  type ChosenTokens,
  chosenOf,
  type ImportChoices,
  type ImportRest,
} from './import-choice.ts'
import { createDraft, type Draft, draftView } from './import-draft.ts'
import { readImportFile } from './import-file.ts'
import { planImport } from './import-plan.ts'
import type { Installations, VaultPut } from './installations.ts'

export interface ImportOptions {
  readonly clipboard: Clipboard
  readonly dialogs: Pick<FileDialogs, 'chooseImportFile'>
  readonly slack: Pick<SlackApi, 'testToken'>
  readonly installations: Installations
  readonly configurationTokens: ConfigurationTokenStore
  readonly clock: Clock
  /** @throws VaultLocked: while locked nothing is read, sent or kept */
  readonly requireUnlocked: () => void
  /** Told of each installation that was stored, and of what is new in it. */
  readonly onStored: (installationId: string, credentials: readonly CredentialKind[]) => void
}

export interface ImportService {
  /** @throws ClipboardEmpty, NotRecognised, SessionTokenRefused when there is nothing else */
  readClipboard(environment: EnvironmentRef): Promise<ImportDraft>
  /** Null when the user closed the dialog. @throws ImportFileUnreadable, and as `readClipboard` */
  chooseFile(environment: EnvironmentRef): Promise<ImportDraft | null>
  /** @throws ImportNotFound, VaultLocked */
  check(draftId: string): Promise<ImportDraft>
  /**
   * Stores the installations at once or none of them. Configuration tokens come first, one by one; a
   * second try leaves out those that the first one stored.
   *
   * @throws ImportNotFound, NotRecognised, InputError for `kind`, `rest` and `name`, WorkspaceNotFound
   */
  store(draftId: string, choices: ImportChoices, rest: ImportRest): Promise<StoredImport>
  discard(draftId: string): void
  /** Forgets every draft; called on lock and at the end. */
  forget(): void
}

/** `stored` counts the secrets in installations. */
export type StoredImport = CallValue<'import/store'>

/** Keeps what was found in memory only, until it is stored or put away. */
export function createImportService(options: ImportOptions): ImportService {
  return new Importing(options)
}

class Importing implements ImportService {
  readonly #options: ImportOptions
  readonly #drafts = new Map<string, Draft>()
  readonly #storing = new Set<string>()

  constructor(options: ImportOptions) {
    this.#options = options
  }

  async readClipboard(environment: EnvironmentRef): Promise<ImportDraft> {
    this.#options.requireUnlocked()
    const text = await this.#options.clipboard.readText()
    if (text.trim() === '') throw new ClipboardEmpty()
    return this.#keep(createDraft(text, environment, null))
  }

  async chooseFile(environment: EnvironmentRef): Promise<ImportDraft | null> {
    this.#options.requireUnlocked()
    const path = await this.#options.dialogs.chooseImportFile()
    if (path === null) return null
    const text = await readImportFile(path)
    return this.#keep(createDraft(text, environment, basename(path)))
  }

  async check(draftId: string): Promise<ImportDraft> {
    this.#options.requireUnlocked()
    const draft = this.#draft(draftId)
    await checkFindings(this.#options, draft)
    return draftView(draft)
  }

  async store(draftId: string, choices: ImportChoices, rest: ImportRest): Promise<StoredImport> {
    const draft = this.#draft(draftId)
    if (this.#storing.has(draftId)) throw new ImportNotFound()
    this.#storing.add(draftId)
    try {
      const stored = await this.#store(draft, chosenOf(draft, choices), rest)
      this.#drafts.delete(draftId)
      return stored
    } finally {
      this.#storing.delete(draftId)
    }
  }

  discard(draftId: string): void {
    this.#drafts.delete(draftId)
  }

  forget(): void {
    this.#drafts.clear()
  }

  /** The vault may have been locked while the dialog was open: then nothing is kept. */
  #keep(draft: Draft): ImportDraft {
    this.#options.requireUnlocked()
    this.#drafts.set(draft.id, draft)
    return draftView(draft)
  }

  #draft(draftId: string): Draft {
    const draft = this.#drafts.get(draftId)
    if (!draft) throw new ImportNotFound()
    return draft
  }

  async #store(draft: Draft, chosen: Chosen, rest: ImportRest): Promise<StoredImport> {
    const { installations, clock } = this.#options
    const { environment } = draft
    const plan = () =>
      planImport({ installations, environment, nowMs: clock.now() }, chosen.credentials, rest)
    // Looked through before anything is stored: what is missing is asked first.
    plan()
    for (const tokens of chosen.configurationTokens) await this.#storeTokens(draft, tokens)
    const put = chosen.credentials.length > 0 ? await installations.storeAll(plan) : []
    for (const one of put) this.#options.onStored(one.id, newKinds(one))
    return {
      installationId: put.at(-1)?.id ?? null,
      stored: chosen.credentials.length,
      configurationTokens: chosen.configurationTokens.length,
    }
  }

  async #storeTokens({ environment }: Draft, tokens: ChosenTokens): Promise<void> {
    const { token, refreshToken, findings } = tokens
    if (findings.every(({ isStored }) => isStored)) return
    await this.#options.configurationTokens.add({ environment, token, refreshToken })
    for (const finding of findings) finding.isStored = true
  }
}

function newKinds({ meta, secrets }: VaultPut): CredentialKind[] {
  return meta.credentials.filter(({ id }) => id in secrets).map(({ kind }) => kind)
}
