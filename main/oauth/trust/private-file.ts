import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs with a file in a private folder of its own, which is gone afterwards. */
export async function withPrivateFile<T>(
  text: string,
  run: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'token-desk-certificate-'))
  try {
    const path = join(folder, 'localhost.pem')
    await writeFile(path, text, { mode: 0o600 })
    return await run(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
