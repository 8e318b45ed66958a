import { execFileSync } from 'node:child_process'
import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeVariable } from '../../../main/env/env-file.ts'
import { loadEnvFile, MAX_ENV_FILE_BYTES } from '../../../main/env/load-env-file.ts'
import { bundleEngine } from './engine-child.ts'
import { tempFolderPerTest } from './temp-folder.ts'

const folder = tempFolderPerTest()
const at = (...names: string[]) => join(folder(), ...names)

async function refused(path: string, code: string): Promise<void> {
  await expect(loadEnvFile(path)).rejects.toMatchObject({ code })
  await expect(writeVariable(path, 'K', 'new')).rejects.toMatchObject({ code })
}

describe('what is no file of text is refused and left alone', () => {
  it.each([
    {
      name: 'UTF-16 LE with mark',
      bytes: Buffer.from('\ufeffK=1\n', 'utf16le'),
      code: 'ENV_UTF16',
    },
    { name: 'UTF-16 LE without', bytes: Buffer.from('KEY=1\n', 'utf16le'), code: 'ENV_UTF16' },
    { name: 'UTF-16 BE', bytes: Buffer.from('\ufeffK=1\n', 'utf16le').swap16(), code: 'ENV_UTF16' },
    { name: 'NUL', bytes: Buffer.from('A=1\nB=\0\nC=some longer value\n'), code: 'ENV_NUL' },
    {
      name: 'binary',
      bytes: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0', 'latin1'),
      code: 'ENV_BINARY',
    },
    {
      name: 'over 1 MB',
      bytes: Buffer.alloc(MAX_ENV_FILE_BYTES + 1, 'A=1\n'),
      code: 'ENV_TOO_LARGE',
    },
  ])('$name', async ({ bytes, code }) => {
    await writeFile(at('.env'), bytes)
    await refused(at('.env'), code)
    expect(bytes.equals(await readFile(at('.env')))).toBe(true)
    expect(await readdir(folder())).toEqual(['.env'])
  })

  it('takes a file of exactly 1 MB', async () => {
    await writeFile(at('.env'), Buffer.alloc(MAX_ENV_FILE_BYTES, '#'))
    expect((await loadEnvFile(at('.env'))).bytes).toHaveLength(MAX_ENV_FILE_BYTES)
  })
})

describe('what cannot be written is refused', () => {
  it('a folder', async () => {
    await mkdir(at('.env'))
    await refused(at('.env'), 'ENV_IS_DIRECTORY')
  })

  it('a pipe, without waiting for it', async () => {
    execFileSync('mkfifo', [at('.env')])
    await refused(at('.env'), 'ENV_NOT_A_FILE')
  })

  it('a socket', async () => {
    const server = await listen(at('.env'))
    await refused(at('.env'), 'ENV_NOT_A_FILE')
    await new Promise((resolve) => server.close(resolve))
  })

  it('a device', async () => {
    await symlink('/dev/null', at('.env'))
    await refused(at('.env'), 'ENV_NOT_A_FILE')
  })

  it('a folder that is not there', async () => {
    await refused(at('gone', '.env'), 'ENV_NOT_FOUND')
  })

  it('a file as a folder', async () => {
    await writeFile(at('file'), '')
    await refused(at('file', '.env'), 'ENV_NOT_FOUND')
  })

  it('links that lead in a circle', async () => {
    await symlink(at('b'), at('a'))
    await symlink(at('a'), at('b'))
    await refused(at('a'), 'ENV_NOT_A_FILE')
  })

  it('a file with a second name', async () => {
    await writeFile(at('.env'), 'K=old\n')
    await link(at('.env'), at('other'))
    await refused(at('.env'), 'ENV_HARD_LINKED')
    expect(await readFile(at('other'), 'utf8')).toBe('K=old\n')
  })

  it('a read-only file, also for root', async () => {
    await writeFile(at('.env'), 'K=old\n', { mode: 0o444 })
    await refused(at('.env'), 'ENV_READ_ONLY')
    expect(await readFile(at('.env'), 'utf8')).toBe('K=old\n')
  })
})

describe('what permissions forbid is refused', () => {
  /** The code that a write by a user without rights ends with. */
  async function codeAsNobody(path: string): Promise<string> {
    const child = await bundleEngine(folder())
    const body = `await writeVariable(${JSON.stringify(path)}, 'K', 'new').then(
      () => console.log('written'), (refused) => console.log(refused.code))`
    return (await child.run(body, { asNobody: true })).output.trim()
  }

  it.each([
    { name: 'the file cannot be read', mode: 0o000, folderMode: 0o777, code: 'ENV_UNREADABLE' },
    { name: 'the file cannot be written', mode: 0o644, folderMode: 0o777, code: 'ENV_READ_ONLY' },
    { name: 'the folder cannot be written', mode: 0o666, folderMode: 0o555, code: 'ENV_READ_ONLY' },
    {
      name: 'the folder cannot be entered',
      mode: 0o666,
      folderMode: 0o000,
      code: 'ENV_UNREADABLE',
    },
    { name: 'nothing is forbidden', mode: 0o666, folderMode: 0o777, code: 'written' },
  ])('$name', async ({ mode, folderMode, code }) => {
    await chmod(folder(), 0o755)
    await mkdir(at('project'))
    await writeFile(at('project', '.env'), 'K=old\n')
    await chmod(at('project', '.env'), mode)
    await chmod(at('project'), folderMode)
    expect(await codeAsNobody(at('project', '.env'))).toBe(code)
    await chmod(at('project'), 0o700)
    await chmod(at('project', '.env'), 0o600)
    expect(await readFile(at('project', '.env'), 'utf8')).toBe(
      code === 'written' ? 'K=new\n' : 'K=old\n',
    )
    expect(await readdir(at('project'))).toEqual(['.env'])
  })
})

describe('links', () => {
  it('are followed and stay', async () => {
    await mkdir(at('real'))
    await writeFile(at('real', 'secrets.env'), 'K=old\n', { mode: 0o640 })
    await symlink(join('real', 'secrets.env'), at('middle'))
    await symlink('middle', at('.env'))
    const report = await writeVariable(at('.env'), 'K', 'new')
    expect(report.path).toBe(at('real', 'secrets.env'))
    expect(await readFile(at('real', 'secrets.env'), 'utf8')).toBe('K=new\n')
    expect(
      (await readdir(folder(), { withFileTypes: true })).filter((e) => e.isSymbolicLink()),
    ).toHaveLength(2)
    expect((await stat(at('.env'))).mode & 0o777).toBe(0o640)
    expect(await readdir(at('real'))).toEqual(['secrets.env'])
  })

  it('lead to a new file where none is yet', async () => {
    await mkdir(at('real'))
    await symlink(join('real', '.env'), at('.env'))
    const report = await writeVariable(at('.env'), 'K', 'new')
    expect(report).toMatchObject({ path: at('real', '.env'), createdFile: true })
    expect(await readFile(at('.env'), 'utf8')).toBe('K=new\n')
  })
})

async function listen(path: string): Promise<Server> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return server
}
