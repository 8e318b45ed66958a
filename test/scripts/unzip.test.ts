import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unzip } from '../../scripts/runtime/unzip.mjs'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unzip-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

interface Entry {
  readonly name: string
  readonly content: string
  readonly mode?: number
  readonly isStored?: boolean
  readonly crc?: number
}

/** A zip archive by APPNOTE.TXT 4.3: local headers with data, central directory, end record. */
function zip(entries: readonly Entry[], comment = ''): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const local = Buffer.concat([header(0x04034b50, entry), Buffer.from(entry.name), packed(entry)])
    const record = header(0x02014b50, entry)
    record.writeUInt32LE(((entry.mode ?? 0o644) << 16) >>> 0, 38)
    record.writeUInt32LE(offset, 42)
    central.push(record, Buffer.from(entry.name))
    locals.push(local)
    offset += local.length
  }
  const list = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...locals, list, end, Buffer.from(comment)])
}

function packed({ content, isStored }: Entry): Buffer {
  return isStored ? Buffer.from(content) : deflateRawSync(content)
}

/** The fields that local and central headers share lie two bytes apart (version made by). */
function header(signature: number, entry: Entry): Buffer {
  const isLocal = signature === 0x04034b50
  const bytes = Buffer.alloc(isLocal ? 30 : 46)
  const at = isLocal ? 0 : 2
  bytes.writeUInt32LE(signature, 0)
  bytes.writeUInt16LE(entry.isStored ? 0 : 8, at + 8)
  bytes.writeUInt32LE(entry.crc ?? crc32(entry.content), at + 14)
  bytes.writeUInt32LE(packed(entry).length, at + 18)
  bytes.writeUInt16LE(entry.name.length, at + 26)
  return bytes
}

async function unpack(bytes: Buffer, place = (name: string): string | null => name): Promise<void> {
  const archive = join(folder, 'archive.zip')
  writeFileSync(archive, bytes)
  await unzip(archive, join(folder, 'out'), place)
}

const FILE = { name: 'a/b.txt', content: 'hello '.repeat(1000), mode: 0o755 }

describe('unzip', () => {
  it.each([
    ['deflated', FILE],
    ['stored', { ...FILE, isStored: true }],
    ['empty and deflated', { ...FILE, content: '' }],
    ['empty and stored', { ...FILE, content: '', isStored: true }],
  ])('unpacks a file that is %s, with its mode', async (_name, entry) => {
    await unpack(zip([{ name: 'a/', content: '', isStored: true }, entry], 'a comment'))
    expect(readFileSync(join(folder, 'out/a/b.txt'), 'utf8')).toBe(entry.content)
    expect(statSync(join(folder, 'out/a/b.txt')).mode & 0o777).toBe(0o755)
  })

  it('puts files where it is told and leaves out the others', async () => {
    const archive = zip([FILE, { name: 'c', content: 'c' }])
    await unpack(archive, (name) => (name === 'c' ? 'renamed' : null))
    expect(readFileSync(join(folder, 'out/renamed'), 'utf8')).toBe('c')
    expect(() => statSync(join(folder, 'out/a'))).toThrow(
      expect.objectContaining({ code: 'ENOENT' }),
    )
  })

  const whole = zip([FILE])
  it.each([
    ['no archive', Buffer.from('<html>')],
    ['empty', Buffer.alloc(0)],
    ['cut short', whole.subarray(0, whole.length - 30)],
    [
      'damaged content',
      Buffer.concat([whole.subarray(0, 40), Buffer.alloc(4), whole.subarray(44)]),
    ],
    ['a wrong sum', zip([{ ...FILE, crc: 1 }])],
    ['a name that leaves the folder', zip([{ name: '../evil', content: 'x' }])],
  ])('refuses %s', async (_name, bytes) => {
    await expect(unpack(bytes)).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' })
  })
})
