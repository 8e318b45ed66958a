import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { Problem } from '../lib/problem.mjs'

// Record layouts: PKWARE APPNOTE.TXT, 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_LENGTH = 22
const ENTRY_LENGTH = 46
const LOCAL_LENGTH = 30
const LONGEST_COMMENT = 0xffff
const STORED = 0
const DEFLATED = 8

/**
 * @typedef {object} ZipEntry
 * @property {string} name path inside the archive; a folder ends with "/"
 * @property {number} mode Unix permission bits
 * @property {number} method 0 stored, 8 deflated
 * @property {number} crc CRC-32 of the content
 * @property {number} packedSize bytes in the archive
 * @property {number} offset of the local header
 */

/**
 * Unpacks chosen files of a zip archive and checks each against its CRC-32. A name that would leave
 * `target` is refused. Zip64 and encryption are not read: the one archive it serves has neither.
 * @param {string} archive
 * @param {string} target folder; it is made when missing
 * @param {(name: string) => string | null} place path below `target` for an entry, or null to leave it out
 * @returns {Promise<void>}
 * @throws {Problem} ARCHIVE_UNREADABLE
 */
export async function unzip(archive, target, place) {
  const file = await open(archive, 'r')
  try {
    for (const entry of await readEntries(file)) {
      const path = entry.name.endsWith('/') ? null : place(entry.name)
      if (path !== null) await extract(file, archive, entry, inside(target, path))
    }
  } finally {
    await file.close()
  }
}

/**
 * @param {string} target
 * @param {string} path
 */
function inside(target, path) {
  const full = join(target, path)
  if (!full.startsWith(target + sep)) throw unreadable(`it names “${path}”, outside its folder`)
  return full
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<ZipEntry[]>}
 */
async function readEntries(file) {
  const { size } = await file.stat()
  const tail = await readAt(file, Math.max(0, size - END_LENGTH - LONGEST_COMMENT), size)
  const end = lastIndexOfSignature(tail)
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (start + length > size) throw unreadable('its list of files lies outside it')
  const list = await readAt(file, start, start + length)
  const entries = []
  let at = 0
  for (let index = 0; index < count; index += 1) {
    const { entry, next } = readEntry(list, at)
    entries.push(entry)
    at = next
  }
  return entries
}

/** @param {Buffer} tail */
function lastIndexOfSignature(tail) {
  for (let at = tail.length - END_LENGTH; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === END_SIGNATURE) return at
  }
  throw unreadable('its end is missing')
}

/**
 * @param {Buffer} list
 * @param {number} at
 * @returns {{ entry: ZipEntry, next: number }}
 */
function readEntry(list, at) {
  if (at + ENTRY_LENGTH > list.length || list.readUInt32LE(at) !== ENTRY_SIGNATURE) {
    throw unreadable('its list of files is damaged')
  }
  const nameEnd = at + ENTRY_LENGTH + list.readUInt16LE(at + 28)
  return {
    entry: {
      method: list.readUInt16LE(at + 10),
      crc: list.readUInt32LE(at + 16),
      packedSize: list.readUInt32LE(at + 20),
      mode: (list.readUInt32LE(at + 38) >>> 16) & 0o777,
      offset: list.readUInt32LE(at + 42),
      name: list.toString('utf8', at + ENTRY_LENGTH, nameEnd),
    },
    next: nameEnd + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32),
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {string} archive
 * @param {ZipEntry} entry
 * @param {string} path
 */
async function extract(file, archive, entry, path) {
  if (entry.method !== STORED && entry.method !== DEFLATED) throw unreadable('unknown compression')
  const header = await readAt(file, entry.offset, entry.offset + LOCAL_LENGTH)
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw unreadable(`“${entry.name}” is damaged`)
  const start = entry.offset + LOCAL_LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28)
  await mkdir(dirname(path), { recursive: true })
  const crc = new Crc()
  const write = createWriteStream(path, { mode: entry.mode || 0o644 })
  const packed = packedBytes(archive, start, entry.packedSize)
  const unpacked = entry.method === DEFLATED ? packed.pipe(createInflateRaw()) : packed
  await inflating(entry.name, pipeline(unpacked, crc, write))
  if (crc.value !== entry.crc) throw unreadable(`“${entry.name}” is damaged`)
}

/**
 * @param {string} archive
 * @param {number} start
 * @param {number} length
 */
function packedBytes(archive, start, length) {
  if (length === 0) return Readable.from([])
  return createReadStream(archive, { start, end: start + length - 1, highWaterMark: 1 << 20 })
}

/**
 * @param {string} name
 * @param {Promise<void>} work
 */
async function inflating(name, work) {
  try {
    await work
  } catch (cause) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (cause)
    if (code?.startsWith('Z_')) throw unreadable(`“${name}” is damaged`, cause)
    throw cause
  }
}

/** Passes bytes on and sums them up. */
class Crc extends Transform {
  value = 0

  /**
   * @override
   * @param {Buffer} chunk
   * @param {string} _encoding
   * @param {import('node:stream').TransformCallback} done
   */
  _transform(chunk, _encoding, done) {
    this.value = crc32(chunk, this.value)
    done(null, chunk)
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} start
 * @param {number} end
 */
async function readAt(file, start, end) {
  const bytes = Buffer.alloc(end - start)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
  if (bytesRead !== bytes.length) throw unreadable('it is cut short')
  return bytes
}

/**
 * @param {string} why
 * @param {unknown} [cause]
 */
function unreadable(why, cause) {
  return new Problem(
    'ARCHIVE_UNREADABLE',
    `The downloaded archive cannot be used: ${why}.`,
    'Run the command again; it is downloaded anew.',
    { cause },
  )
}
