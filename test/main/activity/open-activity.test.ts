import { execFileSync } from 'node:child_process'
import fs, {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { replaceLines } from '../../../main/activity/activity-file.ts'
import { entryOf, lineOf } from '../../../main/activity/entry-line.ts'
import { MAX_ENTRIES } from '../../../main/activity/open-activity.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createFolder, details, freeLocks, open } from './activity-fixture.ts'

const NOW_MS = createFakeClock().now()
const line = (detail: string, atMs = NOW_MS) =>
  `${lineOf(entryOf({ what: 'checked', detail }, { atMs, by: 'window' }))}\n`
const lines = (count: number) =>
  Array.from({ length: count }, (_, at) => line(`old ${at}`, NOW_MS - 1000)).join('')
const place = () => join(createFolder(), 'data', 'activity.jsonl')
/** A file that is there at the start. */
function filled(text: string): string {
  const path = join(createFolder(), 'activity.jsonl')
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

describe('an entry', () => {
  it('is one line of a file for its owner alone, and is told', () => {
    const path = place()
    const activity = open(path)
    activity.record({ what: 'copied', workspace: 'Northwind Test', credentials: ['bot'] })
    const [entry] = activity.list()
    expect(entry).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      ...{ atMs: NOW_MS, what: 'copied', outcome: 'done', by: 'window', installationId: null },
      ...{ workspace: 'Northwind Test', slackApp: null, credentials: ['bot'], file: null },
      ...{ variable: null, code: null, slackCode: null, detail: null },
    })
    expect(activity.told).toEqual([entry])
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(entry)}\n`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(activity.logged).toEqual([])
  })

  it('has an ID of its own, and outlives the app, newest last', () => {
    const path = place()
    const first = open(path)
    for (const detail of ['a', 'b']) first.record({ what: 'locked', detail })
    first.close()
    first.record({ what: 'locked', detail: 'too late' })
    const second = open(path)
    second.record({ what: 'unlocked', detail: 'c', by: 'itself' })
    const all = second.list()
    expect(details(all)).toEqual(['a', 'b', 'c'])
    expect(new Set(all.map(({ id }) => id)).size).toBe(3)
    expect(details(second.told)).toEqual(['c'])
    expect(all[2]?.by).toBe('itself')
  })

  it('tells no more to who does not listen any more', () => {
    const activity = open(place())
    const listener = vi.fn()
    activity.listen(listener)()
    activity.record({ what: 'locked' })
    expect(listener).not.toHaveBeenCalled()
  })

  it('narrows the rights of a file that others may read', () => {
    const path = filled('')
    chmodSync(path, 0o644)
    open(path).record({ what: 'locked' })
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })
})

describe('a file that is not as it should be', () => {
  it('has its other lines read, and the rest left out', () => {
    const other = JSON.stringify({ ...JSON.parse(line('x')), what: 'of a later version' })
    const long = `${' '.repeat(20_000)}\n{"a":"${'x'.repeat(20_000)}"}`
    const path = filled(`${line('a')}no json\n${other}\n[]\n\n${long}\nnull\n{}\n${line('b')}`)
    expect(details(open(path).list())).toEqual(['a', 'b'])
  })

  it('has a half line ended before the next one begins', () => {
    const path = filled(`${line('a')}{"id":"half`)
    const activity = open(path)
    activity.record({ what: 'locked', detail: 'b' })
    expect(details(activity.list())).toEqual(['a', 'b'])
    expect(readFileSync(path, 'utf8')).toContain('{"id":"half\n{')
  })

  it('counts a line that stands there twice once', () => {
    const twice = line('a')
    expect(details(open(filled(`${twice}${twice}`)).list())).toEqual(['a'])
  })

  it('is logged where it cannot be written or read; the entry is known until the end', () => {
    const path = join(createFolder(), 'activity.jsonl')
    mkdirSync(path)
    const activity = open(path)
    activity.record({ what: 'copied', detail: 'a' })
    expect(details(activity.list())).toEqual(['a'])
    expect(details(activity.told)).toEqual(['a'])
    expect(activity.logged).toContain('activity not written')
  })

  it('is not made again in a folder that was deleted', () => {
    const path = place()
    const activity = open(path)
    rmSync(join(path, '..'), { recursive: true })
    activity.record({ what: 'locked' })
    expect(readdirSync(join(path, '../..'))).toEqual([])
  })

  it('may be emptied, and taken away, while the app runs', () => {
    const path = filled(line('a'))
    const activity = open(path)
    expect(details(activity.list())).toEqual(['a'])
    writeFileSync(path, '')
    expect(activity.list()).toEqual([])
    activity.record({ what: 'locked', detail: 'a long enough text' })
    writeFileSync(path, line('b'))
    expect(details(activity.list())).toEqual(['b'])
    // The same file, and longer.
    writeFileSync(path, line('other') + line('others'))
    expect(details(activity.list())).toEqual(['other', 'others'])
    rmSync(path)
    expect(activity.list()).toEqual([])
    activity.record({ what: 'locked', detail: 'c' })
    expect(details(activity.list())).toEqual(['c'])
    expect(details(activity.told)).toEqual([...['a long enough text', 'b', 'other', 'others', 'c']])
  })
})

/** As a namespace is imported, it has to be told of the change. */
function replaceWriteSync(write: typeof fs.writeSync): void {
  fs.writeSync = write
  syncBuiltinESMExports()
}

it('writes to no device or pipe', () => {
  const path = join(createFolder(), 'activity.jsonl')
  execFileSync('mkfifo', [path])
  const activity = open(path)
  activity.record({ what: 'copied', detail: 'here' })
  expect(details(activity.list())).toEqual(['here'])
  expect(activity.logged).toContain('activity not written')
})

describe('more entries than are kept', () => {
  it('shortens the file to the newest 5,000 and leaves nothing else behind', () => {
    const path = filled(`no entry\n${lines(6000)}`)
    const activity = open(path)
    expect(activity.list()).toHaveLength(MAX_ENTRIES)
    const kept = readFileSync(path, 'utf8').trim().split('\n')
    expect(kept).toHaveLength(MAX_ENTRIES)
    expect(kept[0]).toContain('old 1000')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(path, '..'))).toEqual(['activity.jsonl'])
    activity.record({ what: 'locked', detail: 'new' })
    expect(details(activity.list().slice(-2))).toEqual(['old 5999', 'new'])
    expect(activity.list()).toHaveLength(MAX_ENTRIES)
    expect(details(activity.told)).toEqual(['new'])
  })

  it('leaves a file alone that is not much too long', () => {
    const path = filled(lines(6000))
    const activity = open(path)
    expect(activity.list()).toHaveLength(MAX_ENTRIES)
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(6000)
  })

  it('shortens it as it grows, also where nobody asks for the list', () => {
    const long = 'word '.repeat(55)
    const path = filled(Array.from({ length: 6001 }, () => line(long)).join(''))
    expect(statSync(path).size).toBeGreaterThan(3 * 1024 * 1024)
    open(path, { by: 'command-line' }).record({ what: 'locked', detail: 'last' })
    expect(readFileSync(path, 'utf8').trim().split('\n').length).toBeLessThanOrEqual(MAX_ENTRIES)
  })

  it('waits for the next time while another process does it', () => {
    const path = filled(lines(6001))
    const busy = vi.fn(() => {
      throw new Error('busy')
    })
    const activity = open(path, { locks: { ...freeLocks, takeSync: busy } })
    expect(activity.list()).toHaveLength(MAX_ENTRIES)
    expect(busy).toHaveBeenCalledWith('activity', 0)
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(6001)
  })
})

describe('another process', () => {
  it('is heard of without being asked for, and adds where the window adds', async () => {
    const path = filled(line('a'))
    const window = open(path)
    const other = open(path, { by: 'command-line' })
    other.record({ what: 'copied', detail: 'b' })
    await expect.poll(() => details(window.told)).toEqual(['b'])
    window.record({ what: 'locked', detail: 'c' })
    await expect.poll(() => details(other.told)).toEqual(['b', 'c'])
    expect(details(window.list())).toEqual(['a', 'b', 'c'])
    expect(window.list()).toEqual(other.list())
    expect(window.list().map(({ by }) => by)).toEqual(['window', 'command-line', 'window'])
  })

  it('may shorten the file: nobody is told again of what they know', async () => {
    const path = filled(lines(6001))
    const window = open(path)
    const other = open(path)
    window.record({ what: 'locked', detail: 'b' })
    expect(other.list()).toHaveLength(MAX_ENTRIES)
    other.record({ what: 'locked', detail: 'c' })
    await expect.poll(() => details(window.told)).toEqual(['b', 'c'])
    expect(window.list()).toEqual(other.list())
  })

  it('half a line is read once it is whole', async () => {
    const path = filled('')
    const activity = open(path)
    const whole = line('ä whole one')
    appendFileSync(path, whole.slice(0, 30))
    expect(activity.list()).toEqual([])
    appendFileSync(path, whole.slice(30))
    expect(details(activity.list())).toEqual(['ä whole one'])
  })

  it('loses no line to one that is shortening, whenever it adds', () => {
    const path = filled(line('a'))
    const end = statSync(path).size
    appendFileSync(path, line('added after the reading'))
    replaceLines(path, [line('a').trim()], end)
    expect(details(open(path).list())).toEqual(['a', 'added after the reading'])
  })

  it('loses no line that is written to a file which was replaced since it was opened', () => {
    const path = filled(line('a'))
    const activity = open(path)
    activity.list()
    const write = fs.writeSync
    onTestFinished(() => replaceWriteSync(write))
    replaceWriteSync(((...args: Parameters<typeof write>) => {
      replaceWriteSync(write)
      renameSync(path, `${path}.old`)
      writeFileSync(path, line('new'))
      return write(...args)
    }) as typeof write)
    activity.record({ what: 'locked', detail: 'late' })
    expect(readFileSync(`${path}.old`, 'utf8')).toContain('late')
    expect(readFileSync(path, 'utf8')).toContain('late')
    expect(details(activity.list())).toEqual(['new', 'late'])
  })
})
