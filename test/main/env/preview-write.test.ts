import { chmod, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diffLine } from '../../../main/contract/views.ts'
import { setVariable, writeVariable } from '../../../main/env/env-file.ts'
import { MAX_PREVIEW_LINES, previewWrite } from '../../../main/env/preview-write.ts'
import { maskSecret } from '../../../main/platform/secret.ts'
import { tempFolderPerTest } from './temp-folder.ts'

const folder = tempFolderPerTest()
const path = () => join(folder(), '.env')
const token = (tail: string) =>
  ['xoxb', '1'.repeat(11), '2'.repeat(11), 'aB3'.repeat(7) + tail].join('-')
const bot = token('k3Zq')
const old = token('9fTu')
const mask = (text: string) => (text.startsWith('xox') ? maskSecret(text) : null)
const preview = (value = bot) => previewWrite(path(), 'SLACK_BOT_TOKEN', value, mask)

describe('previewWrite', () => {
  it('shows what changes and hides every value', async () => {
    const source = `NODE_ENV=development\nDATABASE_URL=secret-one\n# Slack\nSLACK_BOT_TOKEN=${old}#x\nPORT=3000\n`
    await writeFile(path(), source, { mode: 0o600 })
    const { lines, ...rest } = await preview()
    expect(lines.map(({ sign, before, after, text }) => [sign, before, after, text])).toEqual([
      ['same', 1, 1, 'NODE_ENV=•••••• hidden'],
      ['same', 2, 2, 'DATABASE_URL=•••••• hidden'],
      ['same', 3, 3, '# Slack'],
      ['removed', 4, null, 'SLACK_BOT_TOKEN=xoxb-…9fTu#x'],
      ['added', null, 4, 'SLACK_BOT_TOKEN=xoxb-…k3Zq #x'],
      ['same', 5, 5, 'PORT=•••••• hidden'],
    ])
    expect(rest).toMatchObject({
      path: path(),
      changedCount: 1,
      unchangedCount: 4,
      lineEnding: 'LF',
      mode: '0600',
      createsFile: false,
      changesAnything: true,
    })
    expect(diffLine.array().safeParse(lines).success).toBe(true)
    expect(await readFile(path(), 'utf8')).toBe(source)
  })

  it('hides an old value that is no Slack token, and shows only the end of a value of ours', async () => {
    await writeFile(path(), 'SLACK_BOT_TOKEN=something-else\n')
    const { lines } = await preview('5f3c9a7be24d41d0')
    expect(lines.map(({ text }) => text)).toEqual([
      'SLACK_BOT_TOKEN=•••••• hidden',
      'SLACK_BOT_TOKEN=…41d0',
    ])
  })

  it('shows a new file', async () => {
    const { lines, digest, mode, createsFile, unchangedCount } = await preview()
    expect({ digest, mode, createsFile, unchangedCount }).toEqual({
      digest: 'absent',
      mode: null,
      createsFile: true,
      unchangedCount: 0,
    })
    expect(lines).toEqual([
      { sign: 'added', before: null, after: 1, text: 'SLACK_BOT_TOKEN=xoxb-…k3Zq' },
    ])
    expect(await readdir(folder())).toEqual([])
  })

  it('says that nothing changes', async () => {
    await writeFile(path(), `SLACK_BOT_TOKEN=${bot}\n`)
    const { changesAnything, changedCount, lines } = await preview()
    expect({ changesAnything, changedCount }).toEqual({ changesAnything: false, changedCount: 0 })
    expect(lines).toEqual([
      { sign: 'same', before: 1, after: 1, text: 'SLACK_BOT_TOKEN=•••••• hidden' },
    ])
  })

  it('counts all duplicates and every line of an old value', async () => {
    await writeFile(path(), `A=1\nSLACK_BOT_TOKEN="a\nb\nc"\nB=2\nexport SLACK_BOT_TOKEN=${old}`)
    const { lines, changedCount, unchangedCount } = await preview()
    expect({ changedCount, unchangedCount }).toEqual({ changedCount: 2, unchangedCount: 2 })
    expect(lines.map(({ sign, before, after }) => `${sign} ${before} ${after}`)).toEqual([
      'same 1 1',
      'removed 2 null',
      'removed 3 null',
      'removed 4 null',
      'added null 2',
      'same 5 3',
      'removed 6 null',
      'added null 4',
    ])
  })

  it.each([
    { name: 'at the end', source: 'A=1\n', place: 1 },
    { name: 'in front of blanks', source: 'A=1\n  \n', place: 1 },
    { name: 'at the top', source: '\t', place: 0 },
  ])('shows an added line where it will stand: $name', async ({ source, place }) => {
    await writeFile(path(), source)
    const { lines } = await preview()
    expect(lines.findIndex(({ sign }) => sign === 'added')).toBe(place)
    const written = setVariable(source, 'SLACK_BOT_TOKEN', bot).split('\n')
    expect(written[place]).toBe(`SLACK_BOT_TOKEN=${bot}`)
  })

  it.each([
    { source: 'A=1\r\n', expected: 'CRLF' },
    { source: 'A=1\r\nB=2\n', expected: 'mixed' },
    { source: 'A=1', expected: 'LF' },
  ])('says that $source ends lines with $expected', async ({ source, expected }) => {
    await writeFile(path(), source)
    expect((await preview()).lineEnding).toBe(expected)
  })

  it('gives the digest that the write expects', async () => {
    await writeFile(path(), 'A=1\n')
    const { digest } = await preview()
    await writeVariable(path(), 'SLACK_BOT_TOKEN', bot, { expectedDigest: digest })
    await expect(
      writeVariable(path(), 'SLACK_BOT_TOKEN', old, { expectedDigest: digest }),
    ).rejects.toMatchObject({ code: 'ENV_CHANGED_SINCE_PREVIEW' })
  })

  it('shows what is near the changes of a long file', async () => {
    const many = (count: number) => 'A=1\n'.repeat(count)
    await writeFile(path(), `${many(9000)}SLACK_BOT_TOKEN=${old}\n${many(9000)}`)
    const { lines, unchangedCount } = await preview()
    expect(unchangedCount).toBe(18_000)
    expect(lines.length).toBeLessThanOrEqual(MAX_PREVIEW_LINES)
    expect(
      lines.filter(({ sign }) => sign !== 'same').map(({ before, after }) => [before, after]),
    ).toEqual([
      [9001, null],
      [null, 9001],
    ])
  })

  it('shows no more than it may when every line changes', async () => {
    await writeFile(path(), `SLACK_BOT_TOKEN=${old}\n`.repeat(5000))
    const { lines, changedCount } = await preview()
    expect(changedCount).toBe(5000)
    expect(lines).toHaveLength(MAX_PREVIEW_LINES)
  })

  it('refuses what the write would refuse', async () => {
    await writeFile(path(), 'JUNK\nA=1\n')
    await expect(preview()).rejects.toMatchObject({ code: 'ENV_JUNK_LINE', line: 1 })
    await chmod(path(), 0o444)
    await expect(preview()).rejects.toMatchObject({ code: 'ENV_READ_ONLY' })
  })

  it('holds no value of the file in any field', async () => {
    const hidden = ['top-secret-1', 'top-secret-2', 'top-secret-3', 'topSecret4zzzzzzzzzzzz']
    const [a, b, c, d] = hidden
    await writeFile(path(), `A=${a}\nB="${b}\n${c}" # ${d}\n# C=${a}\n`)
    const text = JSON.stringify(await preview())
    for (const value of [...hidden, bot]) expect(text).not.toContain(value)
  })
})
