import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeVariable } from '../../../main/env/env-file.ts'
import { openTempJournal, removeLeftovers } from '../../../main/env/temp-journal.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { bundleEngine } from './engine-child.ts'
import { tempFolderPerTest } from './temp-folder.ts'

const folder = tempFolderPerTest()
const at = (...names: string[]) => join(folder(), ...names)
const TEMP = '.tokendesk-0123456789abcdef.tmp'

/** A journal as another process, which is gone, left it. */
async function leaveRecord(path: string, pid = 2 ** 22 + 1): Promise<string> {
  await openTempJournal(at('journal')).record(path)
  const [name = ''] = await readdir(at('journal'))
  await writeFile(at('journal', name), JSON.stringify({ path, pid }))
  return at('journal', name)
}

describe('a write that is killed', () => {
  const KILL = `process.kill(process.pid, 'SIGKILL'); return new Promise(() => setTimeout(() => {}, 60000))`
  const killInstead = (call: string) => `
    import fs from 'node:fs/promises'
    import { syncBuiltinESMExports } from 'node:module'
    fs.${call} = () => { ${KILL} }
    syncBuiltinESMExports()`

  async function writeAndDie(call: 'rename' | 'link'): Promise<string> {
    await mkdir(at('project'))
    if (call === 'rename') await writeFile(at('project', '.env'), 'K=old\n')
    const child = await bundleEngine(folder())
    const body = `await writeVariable(${JSON.stringify(at('project', '.env'))}, 'K', 'top-value',
      { journal: openTempJournal(${JSON.stringify(at('journal'))}) })`
    expect(await child.run(body, { before: killInstead(call) })).toMatchObject({
      signal: 'SIGKILL',
    })
    const temp = (await readdir(at('project'))).find((name) => name !== '.env')
    if (temp === undefined) throw new TypeError('the killed write left nothing to clear')
    expect(await readFile(at('project', temp), 'utf8')).toContain('top-value')
    return at('project', temp)
  }

  it.each([
    { call: 'rename', left: ['.env'] },
    { call: 'link', left: [] },
  ] as const)(
    'between the temporary file and $call leaves nothing after the next start',
    async ({ call, left }) => {
      const temp = await writeAndDie(call)
      const journal = openTempJournal(at('journal'))
      expect(await journal.leftovers()).toEqual([temp])
      expect(await removeLeftovers(journal)).toEqual([temp])
      expect(await readdir(at('project'))).toEqual(left)
      expect(await journal.leftovers()).toEqual([])
      expect(await readdir(at('journal'))).toEqual([])
    },
  )

  it('leaves nothing after the next write', async () => {
    await writeAndDie('rename')
    await writeVariable(at('project', '.env'), 'K', 'new', {
      journal: openTempJournal(at('journal')),
    })
    expect(await readdir(at('project'))).toEqual(['.env'])
    expect(await readFile(at('project', '.env'), 'utf8')).toBe('K=new\n')
  })
})

describe('openTempJournal', () => {
  it('makes nothing before the first record, and holds no secret', async () => {
    const journal = openTempJournal(at('state', 'journal'))
    expect(await journal.leftovers()).toEqual([])
    expect(await readdir(folder())).toEqual([])
    await journal.record(at(TEMP))
    expect((await stat(at('state', 'journal'))).mode & 0o777).toBe(0o700)
    const [name = ''] = await readdir(at('state', 'journal'))
    const record: unknown = JSON.parse(await readFile(at('state', 'journal', name), 'utf8'))
    expect(record).toEqual({ path: at(TEMP), pid: process.pid })
  })

  it('does not count a write that it is busy with', async () => {
    const journal = openTempJournal(at('journal'))
    await journal.record(at(TEMP))
    expect(await journal.leftovers()).toEqual([])
    await journal.forget(at(TEMP))
    expect(await readdir(at('journal'))).toEqual([])
  })

  it.each([
    { name: 'its process is gone', pid: 2 ** 22 + 1, expected: 1 },
    { name: 'its process lives', pid: process.ppid, expected: 0 },
  ])('counts a record if $name', async ({ pid, expected }) => {
    await leaveRecord(at(TEMP), pid)
    expect(await openTempJournal(at('journal')).leftovers()).toHaveLength(expected)
  })

  it('counts an old record, whoever has its process number now', async () => {
    const record = await leaveRecord(at(TEMP), process.ppid)
    const clock = createFakeClock()
    const writtenSeconds = clock.now() / 1000
    await utimes(record, writtenSeconds, writtenSeconds)
    clock.advance(59_000)
    expect(await openTempJournal(at('journal'), clock).leftovers()).toEqual([])
    clock.advance(2000)
    expect(await openTempJournal(at('journal'), clock).leftovers()).toEqual([at(TEMP)])
  })

  it('removes a record that was cut off once nobody can be writing it', async () => {
    const file = await leaveRecord(at(TEMP))
    await writeFile(file, '{"pa')
    const journal = openTempJournal(at('journal'))
    await journal.leftovers()
    expect(await readdir(at('journal'))).toHaveLength(1)
    const before = new Date(Date.now() - 61_000)
    await utimes(file, before, before)
    expect(await journal.leftovers()).toEqual([])
    expect(await readdir(at('journal'))).toEqual([])
  })

  it.each(['', '{"path":', '{"path":1,"pid":2}', '[]', 'null'])(
    'passes by a record that was cut off: %j',
    async (text) => {
      const record = await leaveRecord(at(TEMP))
      await writeFile(record, text)
      expect(await openTempJournal(at('journal')).leftovers()).toEqual([])
    },
  )
})

describe('removeLeftovers', () => {
  it.each([
    { name: 'a file that is not named as ours', file: 'notes.txt' },
    { name: 'a file that is named almost as ours', file: '.tokendesk-0123.tmp' },
    { name: 'the env file', file: '.env' },
  ])('never removes $name', async ({ file }) => {
    await writeFile(at(file), 'keep')
    await leaveRecord(at(file))
    expect(await removeLeftovers(openTempJournal(at('journal')))).toEqual([])
    expect(await readFile(at(file), 'utf8')).toBe('keep')
    expect(await readdir(at('journal'))).toEqual([])
  })

  it('removes neither links nor folders', async () => {
    await writeFile(at('theirs'), 'keep')
    await symlink(at('theirs'), at(TEMP))
    await leaveRecord(at(TEMP))
    expect(await removeLeftovers(openTempJournal(at('journal')))).toEqual([])
    expect((await readdir(folder())).sort()).toEqual([basename(TEMP), 'journal', 'theirs'].sort())
  })

  it('forgets what is gone already', async () => {
    await leaveRecord(at('gone', TEMP))
    expect(await removeLeftovers(openTempJournal(at('journal')))).toEqual([])
    expect(await readdir(at('journal'))).toEqual([])
  })
})
