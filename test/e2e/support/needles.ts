import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A secret to look for, with the name a test says it by. */
export interface KnownSecret {
  readonly name: string
  readonly value: string
}

/** One place where one secret stands. Says the secret's name, never its value. */
export interface Leak {
  readonly secret: string
  /** How it is written there: plain, base64, hex … */
  readonly form: string
  readonly place: string
}

/** A part of a secret in one spelling, as bytes. */
export interface Needle {
  readonly secret: string
  readonly form: string
  readonly bytes: Buffer
}

/** More than a mask shows (four characters), less than any encoding needs to be told apart by chance. */
const PART_LENGTH = 16

/**
 * What to look for: two parts of each secret, its end and its middle, in every spelling in which text
 * is likely to be written. Parts also find a secret that was cut off somewhere.
 */
export function needlesOf(secrets: readonly KnownSecret[]): Needle[] {
  const needles = new Map<string, Needle>()
  for (const { name, value } of secrets) {
    for (const part of partsOf(value)) {
      for (const [form, bytes] of formsOf(part)) {
        const key = bytes.toString('latin1')
        if (!needles.has(key)) needles.set(key, { secret: name, form, bytes })
      }
    }
  }
  return [...needles.values()]
}

function partsOf(value: string): string[] {
  if (value.length <= PART_LENGTH * 2) return [value]
  const middle = Math.floor((value.length - PART_LENGTH) / 2)
  return [value.slice(-PART_LENGTH), value.slice(middle, middle + PART_LENGTH)]
}

/** Every spelling of a text that a file, a log line or a message may hold. */
export function formsOf(text: string): [string, Buffer][] {
  const bytes = Buffer.from(text)
  const written: [string, string][] = [
    ['plain', text],
    ['JSON', JSON.stringify(text).slice(1, -1)],
    ['escaped', asciiEscaped(text)],
    ['URL', encodeURIComponent(text)],
    ['form', new URLSearchParams({ '': text }).toString().slice(1)],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ...[0, 1, 2].flatMap((offset): [string, string][] => {
      const base64 = base64Inside(bytes, offset)
      return [
        [`base64+${offset}`, base64],
        [`base64url+${offset}`, base64.replaceAll('+', '-').replaceAll('/', '_')],
      ]
    }),
  ]
  return [
    ...written.map(([form, spelled]): [string, Buffer] => [form, Buffer.from(spelled)]),
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['Latin-1', Buffer.from(text, 'latin1')],
  ]
}

/** As ASCII-only JSON writers spell it. */
function asciiEscaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The characters that are the same whatever stands before and after, `offset` bytes into a group of three. */
function base64Inside(bytes: Buffer, offset: number): string {
  const length = offset + bytes.length
  const base64 = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  return base64.slice(Math.ceil((offset * 8) / 6), Math.floor((length * 8) / 6))
}

/** Where the needles stand in these bytes, each at most once. */
export function searchBytes(bytes: Buffer, needles: readonly Needle[], place: string): Leak[] {
  return needles
    .filter((needle) => bytes.includes(needle.bytes))
    .map(({ secret, form }) => ({ secret, form, place }))
}

/** Searches the content and the path of every file below a folder. Answers which it saw, too. */
export async function searchFolder(
  folder: string,
  needles: readonly Needle[],
): Promise<{ readonly leaks: Leak[]; readonly files: string[] }> {
  const leaks: Leak[] = []
  const files: string[] = []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    leaks.push(...searchBytes(Buffer.from(path), needles, `name of ${path}`))
    if (!entry.isFile()) continue
    files.push(path)
    leaks.push(...searchBytes(await readFile(path), needles, path))
  }
  return { leaks, files }
}
