import { chmodSync, existsSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { UserCheckFailed } from '../../../main/platform/errors.ts'
import { git, initRepository, openSharing, TOKEN, tokenOf } from './sharing-fixture.ts'

const BEFORE = 'A=1\nSLACK_BOT_TOKEN=old-placeholder\n# end\n'
const AFTER = `A=1\nSLACK_BOT_TOKEN=${TOKEN}\n# end\n`
const ONLY_FILE = { addToGitignore: false }

/** The usual way: a file with an old value, chosen and previewed. */
async function preview(text: string | null = BEFORE, variable = 'SLACK_BOT_TOKEN') {
  const desk = await openSharing()
  if (text !== null) desk.put('app/.env', text)
  else desk.put('app/README', '')
  const fileId = await desk.choose('app/.env')
  const shown = await desk.writeEnv.preview(desk.ref, fileId, variable)
  const write = () => desk.writeEnv.write(shown.id, ONLY_FILE.addToGitignore)
  return { ...desk, fileId, shown, write }
}

describe('a link', () => {
  it('is shown with the file that it leads to, and binds the write to that', async () => {
    const desk = await openSharing()
    desk.put('shared/env', BEFORE)
    desk.put('other/env', BEFORE)
    symlinkSync('../shared/env', desk.at('other/.env'))
    const fileId = await desk.choose('other/.env')
    const shown = await desk.writeEnv.preview(desk.ref, fileId, 'SLACK_BOT_TOKEN')
    expect(shown.leadsTo).toBe('~/shared/env')
    rmSync(desk.at('other/.env'))
    symlinkSync('env', desk.at('other/.env'))
    await expect(desk.writeEnv.write(shown.id, false)).rejects.toMatchObject({
      code: 'ENV_CHANGED_SINCE_PREVIEW',
    })
    expect([desk.read('shared/env'), desk.read('other/env')]).toEqual([BEFORE, BEFORE])
  })
})

describe('writing to an env file', () => {
  it('shows the change masked, writes it, and puts the bytes back', async () => {
    const { shown, write, read, writeEnv } = await preview()
    expect(shown).toMatchObject({
      file: { displayPath: '~/app/.env', exists: true },
      changedCount: 1,
      changesAnything: true,
      git: { state: 'outside', gitignore: null, untrackCommand: null },
    })
    expect(JSON.stringify(shown)).not.toContain(TOKEN)
    expect(JSON.stringify(shown)).not.toContain('old-placeholder')
    expect(shown.lines.find((line) => line.sign === 'added')?.text).toBe(
      'SLACK_BOT_TOKEN=xoxb-…k3Zq',
    )
    expect(read('app/.env')).toBe(BEFORE)
    const report = await write()
    expect(report).toMatchObject({ displayPath: '~/app/.env', changedCount: 1, createdFile: false })
    expect(JSON.stringify(report)).not.toContain(TOKEN)
    expect(read('app/.env')).toBe(AFTER)
    expect(await writeEnv.undo(report.writeId)).toEqual({ displayPath: '~/app/.env' })
    expect(read('app/.env')).toBe(BEFORE)
  })

  it('makes a file that was not there, for its owner alone, and takes it away again', async () => {
    const { shown, write, at, read, writeEnv } = await preview(null)
    expect(shown).toMatchObject({ createsFile: true, mode: null, file: { exists: false } })
    const report = await write()
    expect(report.createdFile).toBe(true)
    expect(read('app/.env')).toBe(`SLACK_BOT_TOKEN=${TOKEN}\n`)
    expect(statSync(at('app/.env')).mode & 0o777).toBe(0o600)
    await writeEnv.undo(report.writeId)
    expect(existsSync(at('app/.env'))).toBe(false)
  })

  it('follows a link and keeps it, with the mode of the file behind', async () => {
    const desk = await openSharing()
    desk.put('shared/env', BEFORE)
    chmodSync(desk.at('shared/env'), 0o640)
    symlinkSync('shared/env', desk.at('.env'))
    const shown = await desk.writeEnv.preview(
      desk.ref,
      await desk.choose('.env'),
      'SLACK_BOT_TOKEN',
    )
    await desk.writeEnv.write(shown.id, false)
    expect(desk.read('shared/env')).toBe(AFTER)
    expect(statSync(desk.at('shared/env')).mode & 0o777).toBe(0o640)
  })

  it('leaves nothing beside the file', async () => {
    const { write, at, writeEnv } = await preview()
    const { writeId } = await write()
    await writeEnv.undo(writeId)
    expect(readdirSync(at('app'))).toEqual(['.env'])
  })

  it('says that nothing would change where the value stands already', async () => {
    const { shown, write, writeEnv } = await preview(AFTER)
    expect(shown).toMatchObject({ changesAnything: false, changedCount: 0 })
    const { writeId } = await write()
    await expect(writeEnv.undo(writeId)).rejects.toMatchObject({ code: 'ENV_NOTHING_TO_UNDO' })
  })

  it.each([
    { variable: 'NEXT_PUBLIC_TOKEN', expected: true },
    { variable: 'MY_TOKEN', expected: false },
  ])('warns of names that are published: $variable', async ({ variable, expected }) => {
    expect((await preview(BEFORE, variable)).shown.publicNameWarning).toBe(expected)
  })
})

describe('what is refused, the file untouched', () => {
  it('a file that changed since the preview', async () => {
    const { write, put, read } = await preview()
    put('app/.env', 'B=2\n')
    await expect(write()).rejects.toMatchObject({ code: 'ENV_CHANGED_SINCE_PREVIEW' })
    expect(read('app/.env')).toBe('B=2\n')
  })

  it('a token that changed since the preview', async () => {
    const { write, storeBot, read } = await preview()
    await storeBot(tokenOf('new1'))
    await expect(write()).rejects.toMatchObject({
      code: 'ENV_PREVIEW_GONE',
      remedy: 'preview-again',
    })
    expect(read('app/.env')).toBe(BEFORE)
  })

  it('a preview that was written already', async () => {
    const { write } = await preview()
    await write()
    await expect(write()).rejects.toMatchObject({ code: 'ENV_PREVIEW_GONE' })
  })

  it('a write that failed can be tried again with the same preview', async () => {
    const { write, put, read } = await preview()
    put('app/.env', 'B=2\n')
    await expect(write()).rejects.toMatchObject({ code: 'ENV_CHANGED_SINCE_PREVIEW' })
    put('app/.env', BEFORE)
    await write()
    expect(read('app/.env')).toBe(AFTER)
  })

  it('an older preview than the one that is shown', async () => {
    const { write, writeEnv, ref, fileId, read } = await preview()
    await writeEnv.preview(ref, fileId, 'OTHER')
    await expect(write()).rejects.toMatchObject({ code: 'ENV_PREVIEW_GONE' })
    expect(read('app/.env')).toBe(BEFORE)
  })

  it('an older preview also where that is ready last', async () => {
    const { writeEnv, ref, fileId, put, read } = await preview()
    const older = writeEnv.preview(ref, fileId, 'OLDER')
    const newer = await writeEnv.preview(ref, fileId, 'NEWER')
    const late = await older
    put('app/.env', BEFORE)
    await expect(writeEnv.write(late.id, false)).rejects.toMatchObject({ code: 'ENV_PREVIEW_GONE' })
    await writeEnv.write(newer.id, false)
    expect(read('app/.env')).toBe(`${BEFORE}NEWER=${TOKEN}\n`)
  })

  it.each([
    { name: 'a bad name', text: BEFORE, variable: '1 2', code: 'ENV_NAME_INVALID' },
    { name: 'no text', text: 'A=1\0\0', variable: 'A', code: 'ENV_BINARY' },
    { name: 'an open quote', text: 'A="1\n', variable: 'B', code: 'ENV_UNCLOSED_QUOTE' },
    { name: 'more than 1 MB', text: '#'.repeat(1_100_000), variable: 'A', code: 'ENV_TOO_LARGE' },
  ])('$name', async ({ text, variable, code }) => {
    const desk = await openSharing()
    desk.put('.env', text)
    const fileId = await desk.choose('.env')
    const before = desk.read('.env')
    await expect(desk.writeEnv.preview(desk.ref, fileId, variable)).rejects.toMatchObject({ code })
    expect(desk.read('.env')).toBe(before)
  })

  it('a folder', async () => {
    const desk = await openSharing()
    desk.put('folder/x', '')
    const fileId = await desk.choose('folder')
    await expect(desk.writeEnv.preview(desk.ref, fileId, 'A')).rejects.toMatchObject({
      code: 'ENV_IS_DIRECTORY',
    })
  })

  it('a file that nobody chose', async () => {
    const { writeEnv, ref } = await preview()
    await expect(writeEnv.preview(ref, '/etc/passwd', 'A')).rejects.toMatchObject({
      code: 'ENV_PREVIEW_GONE',
    })
  })
})

describe('undo', () => {
  it('leaves a file alone that was changed since', async () => {
    const { write, put, read, writeEnv } = await preview()
    const { writeId } = await write()
    put('app/.env', 'C=3\n')
    await expect(writeEnv.undo(writeId)).rejects.toMatchObject({ code: 'ENV_CHANGED_SINCE_WRITE' })
    expect(read('app/.env')).toBe('C=3\n')
  })

  it('works once, and for the last write alone', async () => {
    const { write, writeEnv, ref, fileId } = await preview()
    const first = await write()
    const next = await writeEnv.preview(ref, fileId, 'OTHER')
    const last = await writeEnv.write(next.id, false)
    await expect(writeEnv.undo(first.writeId)).rejects.toMatchObject({
      code: 'ENV_NOTHING_TO_UNDO',
    })
    await writeEnv.undo(last.writeId)
    await expect(writeEnv.undo(last.writeId)).rejects.toMatchObject({ code: 'ENV_NOTHING_TO_UNDO' })
  })
})

describe('a lock', () => {
  it('ends the preview and the undo', async () => {
    const { write, writeEnv, shown, ref, fileId } = await preview()
    const { writeId } = await write()
    const next = await writeEnv.preview(ref, fileId, 'OTHER')
    writeEnv.forget()
    await expect(writeEnv.undo(writeId)).rejects.toMatchObject({ code: 'ENV_NOTHING_TO_UNDO' })
    for (const id of [shown.id, next.id]) {
      await expect(writeEnv.write(id, false)).rejects.toMatchObject({ code: 'ENV_PREVIEW_GONE' })
    }
  })

  it('ends also what was under way', async () => {
    const { write, writeEnv, ref, fileId, read, finding } = await preview()
    finding.after = () => writeEnv.forget()
    const { writeId } = await write()
    finding.after = () => {}
    expect(read('app/.env')).toBe(AFTER)
    await expect(writeEnv.undo(writeId)).rejects.toMatchObject({ code: 'ENV_NOTHING_TO_UNDO' })
    const looking = writeEnv.preview(ref, fileId, 'OTHER')
    writeEnv.forget()
    const { id } = await looking
    await expect(writeEnv.write(id, false)).rejects.toMatchObject({ code: 'ENV_PREVIEW_GONE' })
  })

  it('ends a write that waits for a fresh token', async () => {
    const { write, writeEnv, read, rotation } = await preview()
    rotation.answer = async () => writeEnv.forget()
    await expect(write()).rejects.toMatchObject({ code: 'ENV_PREVIEW_GONE' })
    expect(read('app/.env')).toBe(BEFORE)
  })
})

describe('a token that is about to end', () => {
  const FRESH = tokenOf('fr3sh')

  it('is refreshed before it is previewed', async () => {
    const desk = await openSharing()
    desk.put('app/.env', BEFORE)
    const fileId = await desk.choose('app/.env')
    desk.rotation.answer = () => desk.storeBot(FRESH)
    const shown = await desk.writeEnv.preview(desk.ref, fileId, 'SLACK_BOT_TOKEN')
    expect(desk.rotation.asked).toEqual([desk.ref])
    expect(shown.lines.find((line) => line.sign === 'added')?.text).toContain('…r3sh')
  })

  it('and is refreshed by the write is not what was shown: nothing is written', async () => {
    const { write, rotation, storeBot, read } = await preview()
    rotation.answer = () => storeBot(FRESH)
    await expect(write()).rejects.toMatchObject({ code: 'ENV_PREVIEW_GONE' })
    expect(read('app/.env')).toBe(BEFORE)
  })

  it('is not written when it has ended and cannot be refreshed', async () => {
    const { write, rotation, read } = await preview()
    rotation.answer = () => Promise.reject(new UserCheckFailed())
    await expect(write()).rejects.toMatchObject({ code: 'USER_CHECK_FAILED' })
    expect(read('app/.env')).toBe(BEFORE)
  })
})

describe('git', () => {
  async function inRepository(gitignore: string | null = null, isTracked = false) {
    const desk = await openSharing()
    initRepository(desk, gitignore)
    desk.put('repo/.env', BEFORE)
    if (isTracked) git(desk, 'add', '-f', '.env')
    const shown = await desk.writeEnv.preview(
      desk.ref,
      await desk.choose('repo/.env'),
      'SLACK_BOT_TOKEN',
    )
    return { ...desk, shown }
  }

  it('is asked, and gets the line that the user wants', async () => {
    const { shown, writeEnv, read } = await inRepository('node_modules\n')
    expect(shown.git).toEqual({
      state: 'not-ignored',
      gitignore: { displayPath: '~/repo/.gitignore', line: '.env' },
      untrackCommand: null,
    })
    expect(await writeEnv.write(shown.id, true)).toMatchObject({
      gitignoreAdded: true,
      gitignoreFailure: null,
    })
    expect(read('repo/.gitignore')).toBe('node_modules\n.env\n')
    expect(read('repo/.env')).toBe(AFTER)
  })

  it('gets no line that the user does not want', async () => {
    const { shown, writeEnv, at } = await inRepository()
    expect(await writeEnv.write(shown.id, false)).toMatchObject({ gitignoreAdded: false })
    expect(existsSync(at('repo/.gitignore'))).toBe(false)
  })

  it('says how a tracked file is taken out', async () => {
    const { shown, writeEnv } = await inRepository(null, true)
    expect(shown.git).toMatchObject({ state: 'tracked', untrackCommand: 'git rm --cached .env' })
    expect(writeEnv.untrackCommand(shown.id)).toBe('git rm --cached .env')
    expect(() => writeEnv.untrackCommand('other')).toThrow(
      expect.objectContaining({ code: 'ENV_PREVIEW_GONE' }),
    )
  })

  it('has no command for a file that it does not track', async () => {
    const { shown, writeEnv } = await inRepository('.env\n')
    expect(shown.git).toEqual({ state: 'ignored', gitignore: null, untrackCommand: null })
    expect(() => writeEnv.untrackCommand(shown.id)).toThrow(
      expect.objectContaining({ code: 'ENV_PREVIEW_GONE' }),
    )
  })

  it('cannot undo the write by a .gitignore that takes no line', async () => {
    const desk = await openSharing()
    initRepository(desk)
    desk.put('repo/.env', BEFORE)
    symlinkSync('elsewhere', desk.at('repo/.gitignore'))
    const shown = await desk.writeEnv.preview(
      desk.ref,
      await desk.choose('repo/.env'),
      'SLACK_BOT_TOKEN',
    )
    expect(await desk.writeEnv.write(shown.id, true)).toMatchObject({
      changedCount: 1,
      gitignoreAdded: false,
      gitignoreFailure: { code: 'ENV_GITIGNORE_FAILED' },
    })
    expect(desk.read('repo/.env')).toBe(AFTER)
  })
})

describe('choosing a file', () => {
  it('begins in the home folder, then where the last file is', async () => {
    const { dialogs, writeEnv, ref, at, write } = await preview()
    await write()
    dialogs.answer = null
    expect(await writeEnv.choose(ref)).toBeNull()
    expect(dialogs.asked).toEqual([at('.env'), at('app/.env')])
    expect(writeEnv.recent(ref)).toMatchObject([{ displayPath: '~/app/.env', exists: true }])
  })
})
