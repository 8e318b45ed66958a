/**
 * The env-file engine: changes one variable of an env file and nothing else, or refuses with a
 * reason and leaves the file alone. It knows nothing of Slack, tokens or windows.
 */
import { EnvFileError } from './errors.ts'
import { digestOf, type LoadedEnvFile, loadEnvFile } from './load-env-file.ts'
import { replaceFile } from './replace-file.ts'
import { planSet, type SetPlan } from './set-in-text.ts'
import type { EnvText } from './statement.ts'
import { removeLeftovers, type TempJournal } from './temp-journal.ts'

export { EnvFileError } from './errors.ts'

/** What a write did, and what undoing it needs. Stays in main: `before` holds secrets. */
export interface WriteReport {
  /** The real path, links followed. */
  readonly path: string
  readonly createdFile: boolean
  /** Lines changed or added; 0 when the file held the value already and was not written. */
  readonly changedLines: number
  /** The exact bytes before; null where there was no file. */
  readonly before: Uint8Array | null
  /** SHA-256 in hex of the bytes after. */
  readonly afterDigest: string
}

export interface WriteOptions {
  /** Digest of a preview: the write is refused when the file is another one now. */
  readonly expectedDigest?: string
  /** Real path of a preview: the write is refused when a link leads elsewhere now. */
  readonly expectedPath?: string
  /** Remembers the temporary file, so that a killed write leaves no secret behind. */
  readonly journal?: TempJournal
}

const BOM = '\ufeff'
const BOM_BYTES = Buffer.from(BOM)

/**
 * The text with `name` set to `value`: every line that sets it is changed, or one line is added. All
 * other characters stay. Pure; setting the same value again changes nothing.
 *
 * @throws EnvFileError ENV_NAME_INVALID, ENV_VALUE_UNWRITABLE, ENV_NUL, ENV_UNCLOSED_QUOTE, ENV_JUNK_LINE,
 *   ENV_READ_BACK_FAILED
 */
export function setVariable(source: string, name: string, value: string): string {
  const hasByteOrderMark = source.startsWith(BOM)
  const body = hasByteOrderMark ? source.slice(1) : source
  const plan = planSet({ body, hasByteOrderMark }, name, value)
  return hasByteOrderMark ? BOM + plan.body : plan.body
}

/**
 * Sets one variable in a file on disk, atomically; makes the file (mode 0600) where there is none.
 * Links are followed and kept. Nothing is written when the file holds the value already.
 *
 * @throws EnvFileError any code of the room; the file is then as it was
 */
export async function writeVariable(
  path: string,
  name: string,
  value: string,
  options: WriteOptions = {},
): Promise<WriteReport> {
  if (options.journal) await removeLeftovers(options.journal)
  const file = await loadEnvFile(path)
  requireExpected(file, options)
  const { text, plan } = planFile(file, name, value)
  const bytes = toBytes(text, plan.body)
  if (plan.edits.length > 0) {
    await replaceFile({
      path: file.path,
      bytes,
      stats: file.stats,
      journal: options.journal,
      stillRight: () => refuseChanged(file),
    })
  }
  return {
    path: file.path,
    createdFile: file.bytes === null,
    changedLines: plan.edits.length,
    before: file.bytes,
    afterDigest: digestOf(bytes),
  }
}

function requireExpected(
  file: LoadedEnvFile,
  { expectedDigest = file.digest, expectedPath = file.path }: WriteOptions,
): void {
  if (expectedDigest !== file.digest || expectedPath !== file.path) {
    throw new EnvFileError('ENV_CHANGED_SINCE_PREVIEW')
  }
}

/**
 * The change of one variable in a loaded file. Bytes are held as Latin-1, one character each, so that
 * what is not valid UTF-8 comes through unharmed; the value stands in it as its UTF-8 bytes.
 *
 * @throws EnvFileError as `setVariable`
 */
export function planFile(
  file: LoadedEnvFile,
  name: string,
  value: string,
): { text: EnvText; plan: SetPlan } {
  const bytes = file.bytes ?? Buffer.alloc(0)
  const hasByteOrderMark = bytes.subarray(0, BOM_BYTES.length).equals(BOM_BYTES)
  const body = bytes.subarray(hasByteOrderMark ? BOM_BYTES.length : 0).toString('latin1')
  const text = { body, hasByteOrderMark }
  const encode = (plain: string) => Buffer.from(plain).toString('latin1')
  return { text, plan: planSet(text, name, value, encode) }
}

function toBytes(text: EnvText, body: string): Buffer {
  const rest = Buffer.from(body, 'latin1')
  return text.hasByteOrderMark ? Buffer.concat([BOM_BYTES, rest]) : rest
}

/** @throws EnvFileError ENV_CHANGED_SINCE_PREVIEW when somebody else wrote the file meanwhile */
async function refuseChanged(file: LoadedEnvFile): Promise<void> {
  const now = await loadEnvFile(file.path)
  if (now.digest !== file.digest || now.path !== file.path) {
    throw new EnvFileError('ENV_CHANGED_SINCE_PREVIEW')
  }
}
