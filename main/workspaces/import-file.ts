import { EnvFileError } from '../env/errors.ts'
import { readEnvFile } from '../env/load-env-file.ts'
import { ImportFileUnreadable } from './errors.ts'

/**
 * The text of a file to import from. The same is refused as in an env file: what is no ordinary file,
 * holds more than 1 MB, or is no UTF-8 text.
 *
 * @throws ImportFileUnreadable
 */
export async function readImportFile(path: string): Promise<string> {
  const bytes = await readEnvFile(path).catch(refuse)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new ImportFileUnreadable(NOT_UTF8, cause)
  }
}

const NOT_UTF8 = {
  message: 'This file is not UTF-8 text',
  advice: 'Save it as UTF-8, or choose another file.',
}

const NOT_FOUND = {
  message: 'This file is not there any more',
  advice: 'It was moved or deleted. Choose another file.',
}

function refuse(thrown: unknown): never {
  if (!(thrown instanceof EnvFileError)) throw thrown
  throw new ImportFileUnreadable(thrown.code === 'ENV_NOT_FOUND' ? NOT_FOUND : thrown, thrown)
}
