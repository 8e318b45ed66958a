import type { ErrorCode, Remedy } from '../contract/errors.ts'
import { AppError } from '../errors.ts'

/** The codes of this room. */
export type EnvCode = Extract<ErrorCode, `ENV_${string}`>

interface Words {
  readonly message: string
  readonly advice: string
  readonly remedy?: Remedy
  readonly field?: string
}

const NOTHING_WRITTEN = 'Nothing was written.'

/** Sources: ui.md 5.6 "Refused" for the sentences that it has; the rest follow its manner. */
const WORDS: { readonly [C in EnvCode]: (line: number) => Words } = {
  ENV_NAME_INVALID: () => ({
    message: 'This cannot be the name of a variable',
    advice: 'Use letters, digits and underscores, and begin with a letter or an underscore.',
    field: 'variable',
  }),
  ENV_VALUE_UNWRITABLE: () => ({
    message: 'This value cannot be written to an env file',
    advice: 'It holds a line break, a control character or quotes that programs read differently.',
  }),
  ENV_UNCLOSED_QUOTE: (line) => ({
    message: `Line ${line} opens a quote that never closes`,
    advice: 'Close it, then try again.',
    remedy: 'preview-again',
  }),
  ENV_JUNK_LINE: (line) => ({
    message: `Some programs read line ${line} together with the next variable`,
    advice: 'Remove what is no comment and no variable there, or put # in front. Then try again.',
    remedy: 'preview-again',
  }),
  ENV_NUL: () => ({
    message: 'This file holds a NUL character',
    advice: 'Remove it in an editor, or choose another file.',
    remedy: 'choose-file',
  }),
  ENV_UTF16: () => ({
    message: 'This file is UTF-16',
    advice: 'Most programs cannot read it as an env file; save it as UTF-8.',
    remedy: 'choose-file',
  }),
  ENV_BINARY: () => ({
    message: 'This is not a text file',
    advice: 'Choose the env file of your project.',
    remedy: 'choose-file',
  }),
  ENV_TOO_LARGE: () => ({
    message: 'This file is larger than 1 MB',
    advice: 'An env file is a few lines long. Choose another file.',
    remedy: 'choose-file',
  }),
  ENV_IS_DIRECTORY: () => ({
    message: 'This is a folder',
    advice: 'Choose a file in it.',
    remedy: 'choose-file',
  }),
  ENV_NOT_A_FILE: () => ({
    message: 'This is not an ordinary file',
    advice: 'It is a pipe, a device, or a link that leads nowhere. Choose another file.',
    remedy: 'choose-file',
  }),
  ENV_HARD_LINKED: () => ({
    message: 'This file has a second name on the disk',
    advice: 'Writing would part the two. Replace the hard link by a symbolic link or a copy.',
    remedy: 'choose-file',
  }),
  ENV_UNREADABLE: () => ({
    message: 'You may not read this file',
    advice: 'Choose another, or change its permissions.',
    remedy: 'choose-file',
  }),
  ENV_READ_ONLY: () => ({
    message: 'You may not write this file',
    advice: 'Choose another, or change its permissions or those of its folder.',
    remedy: 'choose-file',
  }),
  ENV_CHANGED_SINCE_PREVIEW: () => ({
    message: 'This file changed since the preview',
    advice: 'Look at the new preview, then write.',
    remedy: 'preview-again',
  }),
  ENV_NOT_FOUND: () => ({
    message: 'The folder of this file does not exist',
    advice: 'It was moved or deleted. Choose another file.',
    remedy: 'choose-file',
  }),
  ENV_WRITE_FAILED: () => ({
    message: 'The file could not be written',
    advice: `${NOTHING_WRITTEN} Check the free space and the permissions of its folder.`,
    remedy: 'retry',
  }),
  ENV_READ_BACK_FAILED: (line) => ({
    message: 'Programs would read this file differently after the change',
    advice:
      line > 0
        ? `${NOTHING_WRITTEN} Write line ${line} more simply, then try again.`
        : `${NOTHING_WRITTEN} Remove unusual quotes and line ends from it, then try again.`,
    remedy: 'preview-again',
  }),
  ENV_PREVIEW_GONE: () => ({
    message: 'This preview is not there any more',
    advice: 'Look at the new preview, then write.',
    remedy: 'preview-again',
  }),
  ENV_NOTHING_TO_UNDO: () => ({
    message: 'There is nothing to undo',
    advice: 'This write was undone already, or Token Desk was started again since.',
  }),
  ENV_CHANGED_SINCE_WRITE: () => ({
    message: 'This file changed since it was written',
    advice: 'Nothing was undone. Open the file and change the line yourself.',
  }),
  ENV_GITIGNORE_FAILED: () => ({
    message: 'Git still does not ignore this file',
    advice: 'Another rule of the repository may undo the line, or .gitignore cannot be changed.',
  }),
}

/**
 * An env file is refused or could not be written; it is as it was. Never holds text of the file.
 */
export class EnvFileError extends AppError {
  /** Line of the file that it is about, from 1. */
  readonly line: number | undefined

  constructor(code: EnvCode, about: { readonly line?: number; readonly cause?: unknown } = {}) {
    const words = WORDS[code](about.line ?? 0)
    super(code, { ...words, cause: about.cause })
    this.line = about.line
  }
}

/** The system's code of a failed call, such as `ENOENT`; undefined for anything else thrown. */
export function systemCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}
