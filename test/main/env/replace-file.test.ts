import { chmod, chown, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeVariable } from '../../../main/env/env-file.ts'
import { replaceFile } from '../../../main/env/replace-file.ts'
import { isTempName, type TempJournal } from '../../../main/env/temp-journal.ts'
import { tempFolderPerTest } from './temp-folder.ts'

const folder = tempFolderPerTest()
const path = () => join(folder(), '.env')
const stillRight = async () => {}

/** Remembers what it was told, with what lay in the folder at that moment. */
function recordingJournal(): TempJournal & { readonly told: string[] } {
  const told: string[] = []
  const note = async (act: string) => {
    told.push(`${act}: ${(await readdir(folder())).length}`)
  }
  return {
    told,
    record: () => note('record'),
    forget: () => note('forget'),
    leftovers: async () => [],
  }
}

describe('replaceFile', () => {
  it.each([0o600, 0o640, 0o644, 0o664, 0o700])('keeps the mode %o', async (mode) => {
    await writeFile(path(), 'K=old\n')
    await chmod(path(), mode)
    await writeVariable(path(), 'K', 'new')
    expect((await stat(path())).mode & 0o7777).toBe(mode)
  })

  it('gives a new file 0600, whatever the umask', async () => {
    const umask = process.umask(0)
    try {
      await writeVariable(path(), 'K', 'new')
    } finally {
      process.umask(umask)
    }
    expect((await stat(path())).mode & 0o7777).toBe(0o600)
  })

  it('keeps the owner where it may', async () => {
    await writeFile(path(), 'K=old\n')
    const own = await stat(path())
    const wanted = own.uid === 0 ? { uid: 1234, gid: 2345 } : { uid: own.uid, gid: own.gid }
    await chown(path(), wanted.uid, wanted.gid)
    await writeVariable(path(), 'K', 'new')
    expect(await stat(path())).toMatchObject(wanted)
  })

  it('records the temporary file before it is made and forgets it when it is gone', async () => {
    await writeFile(path(), 'K=old\n')
    const journal = recordingJournal()
    await writeVariable(path(), 'K', 'new', { journal })
    expect(journal.told).toEqual(['record: 1', 'forget: 1'])
  })

  it('makes no temporary file that could not be recorded', async () => {
    const journal: TempJournal = {
      ...recordingJournal(),
      record: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    }
    await expect(writeVariable(path(), 'K', 'new', { journal })).rejects.toMatchObject({
      code: 'ENV_WRITE_FAILED',
    })
    expect(await readdir(folder())).toEqual([])
  })

  it('leaves file and folder alone when the last look refuses', async () => {
    await writeFile(path(), 'old')
    const stats = await stat(path())
    const seen: string[] = []
    const replaced = replaceFile({
      path: path(),
      bytes: Buffer.from('new'),
      stats,
      stillRight: async () => {
        seen.push(...(await readdir(folder())))
        throw new TypeError('no')
      },
    })
    await expect(replaced).rejects.toMatchObject({ code: 'ENV_WRITE_FAILED' })
    expect(seen.filter(isTempName)).toHaveLength(1)
    expect(await readdir(folder())).toEqual(['.env'])
    expect(await readFile(path(), 'utf8')).toBe('old')
  })

  it('refuses when somebody else wrote the file while it was at work', async () => {
    await writeFile(path(), 'K=old\n')
    const journal: TempJournal = {
      ...recordingJournal(),
      record: () => writeFile(path(), 'K=theirs\n'),
    }
    await expect(writeVariable(path(), 'K', 'new', { journal })).rejects.toMatchObject({
      code: 'ENV_CHANGED_SINCE_PREVIEW',
    })
    expect(await readFile(path(), 'utf8')).toBe('K=theirs\n')
    expect(await readdir(folder())).toEqual(['.env'])
  })

  it('never replaces a file by a new one', async () => {
    await writeFile(path(), 'theirs')
    const replaced = replaceFile({
      path: path(),
      bytes: Buffer.from('new'),
      stats: null,
      stillRight,
    })
    await expect(replaced).rejects.toMatchObject({ code: 'ENV_CHANGED_SINCE_PREVIEW' })
    expect(await readFile(path(), 'utf8')).toBe('theirs')
    expect(await readdir(folder())).toEqual(['.env'])
  })

  it('says so when the folder is gone', async () => {
    const replaced = replaceFile({
      path: join(folder(), 'gone', 'x'),
      bytes: Buffer.alloc(1),
      stats: null,
      stillRight,
    })
    await expect(replaced).rejects.toMatchObject({ code: 'ENV_WRITE_FAILED' })
  })
})
