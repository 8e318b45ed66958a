/** Write to env file: choose, preview, write, undo. The value goes from the vault to the file in main. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Failure } from '../contract/errors.ts'
import type {
  EnvFileView,
  GitView,
  SecretRef,
  WritePreview,
  WriteReport,
} from '../contract/views.ts'
import { type WriteReport as FileReport, writeVariable } from '../env/env-file.ts'
import { addToGitignore, type GitInspection, inspectGit } from '../env/git-guard.ts'
import { previewWrite } from '../env/preview-write.ts'
import type { TempJournal } from '../env/temp-journal.ts'
import { undoWrite } from '../env/undo-write.ts'
import { checkVariableName, isPublicName } from '../env/variable-name.ts'
import { AppError, toFailure } from '../errors.ts'
import type { FileDialogs } from '../platform/dialogs.ts'
import type { Secret } from '../platform/secret.ts'
import type { EnvFiles } from './env-files.ts'
import { NothingToUndo, PreviewGone } from './errors.ts'
import type { Freshen, SharedValue } from './shared-value.ts'

export interface WriteEnvOptions {
  readonly find: (ref: SecretRef) => SharedValue
  readonly freshen: Freshen
  readonly envFiles: EnvFiles
  readonly dialogs: Pick<FileDialogs, 'chooseEnvFile'>
  readonly journal: TempJournal
  readonly homeDirectory: string
}

export interface WriteEnvService {
  recent(ref: SecretRef): EnvFileView[]
  /** Null when the user closed the dialog. */
  choose(ref: SecretRef): Promise<EnvFileView | null>
  /** @throws EnvFileError for a file or name that is refused, and what `freshen` throws */
  preview(ref: SecretRef, fileId: string, variable: string): Promise<WritePreview>
  /** @throws PreviewGone, EnvFileError, and what `freshen` throws; the file is untouched then */
  write(previewId: string, addToGitignore: boolean): Promise<WriteReport>
  /** @throws NothingToUndo, EnvFileError when the file changed since */
  undo(writeId: string): Promise<{ displayPath: string }>
  /** `git rm --cached …` for the file of this preview. */
  untrackCommand(previewId: string): string
  /** Forgets what could be undone: the bytes before may hold secrets. Called on lock and at the end. */
  forget(): void
}

interface Preview {
  readonly ref: SecretRef
  readonly path: string
  /** Links followed. */
  readonly realPath: string
  readonly variable: string
  readonly digest: string
  readonly value: Secret
  readonly git: GitInspection
}

/** The writes of one run of the app; only the last one can be undone. */
export function createWriteEnvService(options: WriteEnvOptions): WriteEnvService {
  return new WritingEnv(options)
}

class WritingEnv implements WriteEnvService {
  readonly #options: WriteEnvOptions
  /** The one that the user looks at. */
  #preview: { readonly id: string; readonly of: Preview } | null = null
  #last: { readonly id: string; readonly report: FileReport } | null = null
  /** Counts what ended the preview before: one that began earlier is not kept. */
  #turn = 0
  #forgetCount = 0

  constructor(options: WriteEnvOptions) {
    this.#options = options
  }

  recent(ref: SecretRef): EnvFileView[] {
    return this.#options.envFiles.recent(this.#options.find(ref).ownerId)
  }

  async choose(ref: SecretRef): Promise<EnvFileView | null> {
    const [last] = this.recent(ref)
    const start = last
      ? this.#options.envFiles.path(last.id)
      : join(this.#options.homeDirectory, '.env')
    const path = await this.#options.dialogs.chooseEnvFile(start)
    return path === null ? null : this.#options.envFiles.add(path)
  }

  async preview(ref: SecretRef, fileId: string, variable: string): Promise<WritePreview> {
    checkVariableName(variable)
    const turn = this.#nextTurn()
    const path = this.#options.envFiles.path(fileId)
    await this.#options.freshen(ref)
    const { value } = this.#options.find(ref)
    const [file, git] = await Promise.all([
      previewWrite(path, variable, value.expose(), (text) =>
        text === value.expose() ? value.masked() : null,
      ),
      inspectGit(path),
    ])
    const id = randomUUID()
    const { digest, path: realPath, ...shown } = file
    const of = { ref, path, realPath, variable, digest, value, git }
    if (turn === this.#turn) this.#preview = { id, of }
    return {
      ...shown,
      id,
      file: this.#options.envFiles.add(path),
      leadsTo: realPath === path ? null : this.#options.envFiles.display(realPath),
      variable,
      git: this.#gitView(git),
      publicNameWarning: isPublicName(variable),
    }
  }

  async write(previewId: string, wantsGitignore: boolean): Promise<WriteReport> {
    await this.#options.freshen(this.#shown(previewId).ref)
    // Slack may have taken its time: after a lock in between, nobody looks at this preview any more.
    const preview = this.#shown(previewId)
    const { value, ownerId } = this.#options.find(preview.ref)
    // The token was refreshed or replaced since: what was shown is not what would be written.
    if (value.expose() !== preview.value.expose()) throw new PreviewGone()
    const forgetCount = this.#forgetCount
    const report = await writeVariable(preview.path, preview.variable, value.expose(), {
      expectedDigest: preview.digest,
      expectedPath: preview.realPath,
      journal: this.#options.journal,
    })
    const last = { id: randomUUID(), report }
    // After a lock nothing is kept: the bytes before may hold secrets.
    if (forgetCount === this.#forgetCount) this.#last = last
    if (this.#preview?.id === previewId) this.#preview = null
    this.#options.envFiles.remember(ownerId, preview.path)
    const gitignoreFailure = wantsGitignore ? await ignore(preview.git) : null
    return {
      writeId: last.id,
      displayPath: this.#options.envFiles.display(preview.path),
      changedCount: report.changedLines,
      createdFile: report.createdFile,
      gitignoreAdded: wantsGitignore && gitignoreFailure === null,
      gitignoreFailure,
    }
  }

  async undo(writeId: string): Promise<{ displayPath: string }> {
    const last = this.#last
    if (last?.id !== writeId) throw new NothingToUndo()
    await undoWrite(last.report, { journal: this.#options.journal })
    // Not one that was written meanwhile.
    if (this.#last === last) this.#last = null
    return { displayPath: this.#options.envFiles.display(last.report.path) }
  }

  untrackCommand(previewId: string): string {
    const command = this.#gitView(this.#shown(previewId).git).untrackCommand
    if (command === null) throw new PreviewGone()
    return command
  }

  forget(): void {
    this.#nextTurn()
    this.#forgetCount += 1
    this.#last = null
  }

  /** Ends the preview that is shown. */
  #nextTurn(): number {
    this.#preview = null
    this.#turn += 1
    return this.#turn
  }

  #shown(previewId: string): Preview {
    if (this.#preview?.id !== previewId) throw new PreviewGone()
    return this.#preview.of
  }

  #gitView(git: GitInspection): GitView {
    return {
      state: git.state,
      gitignore:
        git.gitignore === null
          ? null
          : {
              displayPath: this.#options.envFiles.display(git.gitignore.path),
              line: git.gitignore.line,
            },
      untrackCommand: git.untrackCommand,
    }
  }
}

/** The file is written by now: a .gitignore that cannot be changed is said, and undoes nothing. */
async function ignore(git: GitInspection): Promise<Failure | null> {
  try {
    await addToGitignore(git)
    return null
  } catch (thrown) {
    if (thrown instanceof AppError) return toFailure(thrown)
    throw thrown
  }
}
