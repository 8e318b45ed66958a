import { readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeVariable } from '../../../main/env/env-file.ts'
import { openTempJournal } from '../../../main/env/temp-journal.ts'
import { undoWrite } from '../../../main/env/undo-write.ts'
import { tempFolderPerTest } from './temp-folder.ts'

const folder = tempFolderPerTest()
const path = () => join(folder(), '.env')

describe('undoWrite', () => {
  it('puts the exact bytes back, and the mode stays', async () => {
    const before = Buffer.from('A=\xff\r\nK=old # c', 'latin1')
    await writeFile(path(), before, { mode: 0o640 })
    const report = await writeVariable(path(), 'K', 'new')
    await undoWrite(report)
    expect(await readFile(path())).toEqual(before)
    expect((await stat(path())).mode & 0o777).toBe(0o640)
    expect(await readdir(folder())).toEqual(['.env'])
  })

  it('removes a file that the write made, and keeps the link to it', async () => {
    await symlink('real.env', path())
    const report = await writeVariable(path(), 'K', 'new')
    await undoWrite(report, { journal: openTempJournal(join(folder(), 'journal')) })
    expect(await readdir(folder())).toEqual(['.env'])
  })

  it.each([
    { name: 'changed', act: () => writeFile(path(), 'K=theirs\n') },
    { name: 'removed', act: () => rm(path()) },
  ])('refuses a file that was $name since', async ({ act }) => {
    await writeFile(path(), 'K=old\n')
    const report = await writeVariable(path(), 'K', 'new')
    await act()
    const left = await readdir(folder())
    await expect(undoWrite(report)).rejects.toMatchObject({ code: 'ENV_CHANGED_SINCE_WRITE' })
    expect(await readdir(folder())).toEqual(left)
  })

  it('refuses to do it twice', async () => {
    await writeFile(path(), 'K=old\n')
    const report = await writeVariable(path(), 'K', 'new')
    await undoWrite(report)
    await expect(undoWrite(report)).rejects.toMatchObject({ code: 'ENV_CHANGED_SINCE_WRITE' })
    expect(await readFile(path(), 'utf8')).toBe('K=old\n')
  })

  it('has nothing to do after a write that changed nothing', async () => {
    await writeFile(path(), 'K=new\n')
    const report = await writeVariable(path(), 'K', 'new')
    await expect(undoWrite(report)).rejects.toMatchObject({ code: 'ENV_NOTHING_TO_UNDO' })
  })
})
