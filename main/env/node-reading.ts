/** One variable as Node reads it. The name holds line breaks where Node joined lines to it. */
export interface NodeEntry {
  readonly name: string
  readonly value: string
  /** Lines that the name spans, from 1, counted by LF. */
  readonly firstLine: number
  readonly lastLine: number
}

/** What Node 20 makes of an env file. */
export interface NodeReading {
  readonly entries: readonly NodeEntry[]
  /** Line that begins with `=`: Node reads nothing behind it. */
  readonly stoppedAtLine: number | null
}

/**
 * Reads an env file as `node --env-file` and `util.parseEnv` of Node 20 do. That reader takes all up
 * to the next `=` for the key, so that a line without one is swallowed; it knows only the space as a
 * blank, ends a quoted value at the first equal quote and makes no difference of CR.
 * Source: nodejs/node v20 src/node_dotenv.cc, and runs of it; env-files section 2. Written here anew
 * because the Node that Token Desk runs on may be a later one, which reads differently.
 *
 * @param source with its byte order mark, if any
 */
export function readAsNode(source: string): NodeReading {
  const text = source.includes('\r') ? source.replaceAll('\r', '') : source
  const lineAt = createLineCounter(text)
  const entries: NodeEntry[] = []
  let end = trimEnd(text, text.length)
  let at = skipSpaces(text, 0)
  while (at < end) {
    const lineEnd = find(text, '\n', at, end)
    if ((text[at] === '\n' || text[at] === '#') && lineEnd !== -1) {
      at = lineEnd + 1
      continue
    }
    const equal = find(text, '=', at, end)
    if (equal === -1) break
    const keyStart = skipSpaces(text, at)
    const name = withoutExport(text.slice(keyStart, trimEnd(text, equal, keyStart)))
    const firstLine = lineAt(keyStart)
    if (keyStart >= equal) return { entries, stoppedAtLine: firstLine }
    end = Math.max(trimEnd(text, end), equal + 1)
    const read = readValue(text, skipSpaces(text, equal + 1), end)
    if (read.value !== null) {
      entries.push({ name, value: read.value, firstLine, lastLine: lineAt(equal) })
    }
    at = read.next
  }
  return { entries, stoppedAtLine: null }
}

/** Null where Node stores nothing: a quote that never ends, on a last line without a line break. */
function readValue(text: string, at: number, end: number): { value: string | null; next: number } {
  if (at >= end) return { value: '', next: end }
  const lineEnd = find(text, '\n', at, end)
  const quote = text.charAt(at)
  if (quote !== '"' && quote !== "'" && quote !== '`') {
    const stop = lineEnd === -1 ? end : lineEnd
    const bare = text.slice(at, stop)
    const hash = bare.indexOf('#')
    const value = hash === -1 ? bare : bare.slice(0, hash)
    return { value: value.slice(0, trimEnd(value, value.length)), next: Math.min(stop + 1, end) }
  }
  const close = find(text, quote, at + 1, end)
  if (close === -1) {
    if (lineEnd === -1) return { value: null, next: at }
    return { value: text.slice(at, lineEnd), next: lineEnd + 1 }
  }
  const inner = text.slice(at + 1, close)
  const next = find(text, '\n', close + 1, end)
  return {
    value: quote === '"' ? inner.replaceAll('\\n', '\n') : inner,
    next: next === -1 ? end : next + 1,
  }
}

function withoutExport(key: string): string {
  return key.startsWith('export ') ? key.slice('export '.length) : key
}

function find(text: string, what: string, from: number, end: number): number {
  const at = text.indexOf(what, from)
  return at >= end ? -1 : at
}

function skipSpaces(text: string, from: number): number {
  let at = from
  while (text[at] === ' ') at++
  return at
}

function trimEnd(text: string, end: number, least = 0): number {
  let last = end
  while (last > least && text[last - 1] === ' ') last--
  return last
}

/** Line numbers for offsets that only grow, so that the text is counted once. */
function createLineCounter(text: string): (offset: number) => number {
  let line = 1
  let counted = 0
  return (offset) => {
    for (; counted < offset; counted++) if (text.charCodeAt(counted) === 10) line++
    return line
  }
}
