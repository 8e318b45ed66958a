import { lstat } from 'node:fs/promises'
import { EnvFileError, systemCode } from './errors.ts'
import { type LoadedEnvFile, loadEnvFile } from './load-env-file.ts'
import { replaceFile } from './replace-file.ts'

/**
 * The line that makes git ignore one file: `.env` at the top of the repository (as people write it),
 * `/packages/api/.env` below. Characters that mean something in a pattern are escaped; null where no
 * line can say it (a line break in the name). Source: gitignore(5).
 *
 * @param parts the path from the top of the repository
 */
export function ignoreLine(parts: readonly string[]): string | null {
  const path = parts.join('/')
  if (/[\r\n]/.test(path) || path === '' || parts[0] === '..') return null
  const escaped = path
    .replace(/[\\*?[]/g, '\\$&')
    .replace(/ +$/, (blanks) => '\\ '.repeat(blanks.length))
  if (parts.length > 1) return `/${escaped}`
  return escaped.replace(/^[#!]/, '\\$&')
}

/**
 * Adds a line at the end of a .gitignore, atomically; makes the file (mode 0644) where there is none.
 * At the end even where the same line stands further up, since a later one may undo that.
 *
 * @throws EnvFileError ENV_GITIGNORE_FAILED; the file is then as it was
 */
export async function addIgnoreLine(path: string, line: string): Promise<void> {
  try {
    await refuseLink(path)
    const file = await loadEnvFile(path)
    const before = file.bytes ?? Buffer.alloc(0)
    await replaceFile({
      path: file.path,
      bytes: Buffer.concat([before, addition(before, line)]),
      stats: file.stats,
      newMode: 0o644,
      stillRight: () => refuseChanged(file),
    })
  } catch (cause) {
    throw new EnvFileError('ENV_GITIGNORE_FAILED', { cause })
  }
}

/** git follows no .gitignore that is a link (since 2.32). */
async function refuseLink(path: string): Promise<void> {
  try {
    if ((await lstat(path)).isSymbolicLink()) throw new EnvFileError('ENV_NOT_A_FILE')
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT') throw thrown
  }
}

async function refuseChanged(file: LoadedEnvFile): Promise<void> {
  const now = await loadEnvFile(file.path)
  if (now.digest !== file.digest) throw new EnvFileError('ENV_CHANGED_SINCE_PREVIEW')
}

function addition(before: Buffer, line: string): Buffer {
  const lineBreak = before.includes('\r\n') ? '\r\n' : '\n'
  const isCut = before.length > 0 && before.at(-1) !== 0x0a
  return Buffer.from(`${isCut ? lineBreak : ''}${line}${lineBreak}`)
}
