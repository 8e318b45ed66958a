import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml'

/** Something in the text that no manifest may hold; `line` counts from 1. */
export interface TextFault {
  readonly line: number
  /** What is wrong, to follow "Line 12 ". */
  readonly what: string
  readonly advice: string
}

/** The values of a text as plain data, with the line of each by its JSON pointer. */
export interface ManifestTree {
  readonly value: unknown
  readonly lines: ReadonlyMap<string, number>
}

/** Thrown through the walk, and caught where it began. */
class Fault extends Error {
  readonly fault: TextFault

  constructor(fault: TextFault) {
    super(fault.what)
    this.fault = fault
  }
}

/** Names that reach into every object of the language. */
const UNSAFE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const WRITE_OUT = 'Write the value out in its place.'

/**
 * Reads the parsed text as JSON would: maps, lists, texts, numbers, true, false and null. What only
 * YAML has (anchors, aliases, tags, merge keys) is refused, since Slack's reading may differ.
 */
export function readTree(
  document: Document.Parsed,
  counter: LineCounter,
): ManifestTree | TextFault {
  const walk = new Walk(counter)
  try {
    return { value: walk.read(document.contents, '', 1), lines: walk.lines }
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.fault
    throw thrown
  }
}

class Walk {
  readonly lines = new Map<string, number>()
  readonly #counter: LineCounter

  constructor(counter: LineCounter) {
    this.#counter = counter
  }

  /** @param line where the node's key stands, for what has no place of its own */
  read(node: unknown, pointer: string, line: number): unknown {
    if (node === null) return this.#note(pointer, line, null)
    if (isAlias(node)) return fail(this.#lineOf(node, line), 'points to another place', WRITE_OUT)
    if (!isMap(node) && !isSeq(node) && !isScalar(node))
      return fail(line, 'cannot be read', WRITE_OUT)
    const own = this.#lineOf(node, line)
    if (node.anchor !== undefined) fail(own, 'names its value to be used elsewhere', WRITE_OUT)
    if (node.tag !== undefined) fail(own, 'gives its value a type', 'Remove the tag with its !.')
    if (isMap(node)) return this.#map(node.items, this.#note(pointer, line, pointer), line)
    if (isSeq(node)) return this.#list(node.items, this.#note(pointer, line, pointer), line)
    return this.#note(pointer, own, plain(node.value, own))
  }

  #map(
    items: readonly { readonly key: unknown; readonly value: unknown }[],
    pointer: string,
    line: number,
  ): Record<string, unknown> {
    const read: Record<string, unknown> = {}
    for (const { key, value } of items) {
      const at = this.#lineOf(key, line)
      const name = keyOf(key, at)
      if (Object.hasOwn(read, name))
        fail(at, 'has a name for the second time', 'Keep one of the two.')
      read[name] = this.read(value, `${pointer}/${escaped(name)}`, at)
    }
    return read
  }

  #list(items: readonly unknown[], pointer: string, line: number): unknown[] {
    return items.map((item, index) => {
      const at = this.#lineOf(item, line)
      return this.read(item, `${pointer}/${index}`, at)
    })
  }

  #note<T>(pointer: string, line: number, value: T): T {
    this.lines.set(pointer, line)
    return value
  }

  #lineOf(node: unknown, fallback: number): number {
    const start = (node as Node | null)?.range?.[0]
    return start === undefined ? fallback : this.#counter.linePos(start).line
  }
}

function keyOf(key: unknown, line: number): string {
  if (!isScalar(key) || typeof key.value !== 'string') {
    return fail(line, 'has a name that is no text', 'Put the name in quotes.')
  }
  if (key.anchor !== undefined) fail(line, 'names its key to be used elsewhere', WRITE_OUT)
  if (key.tag !== undefined) fail(line, 'gives its key a type', 'Remove the tag with its !.')
  if (key.value === '<<') fail(line, 'merges another block', WRITE_OUT)
  if (UNSAFE_KEYS.has(key.value)) fail(line, 'has a name that no manifest has', 'Remove it.')
  return key.value
}

function plain(value: unknown, line: number): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  return fail(line, 'has a number that JSON does not have', 'Write an ordinary number.')
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function fail(line: number, what: string, advice: string): never {
  throw new Fault({ line, what, advice })
}
