/** App manifests as text: JSON or YAML, read with the line of each value, and written in both. */
import { LineCounter, parseDocument, stringify } from 'yaml'
import { isTooDeep } from '../../platform/yaml-depth.ts'
import { findJsonFault } from './json-fault.ts'
import { readTree } from './manifest-tree.ts'

/** A manifest as plain data. What Token Desk does not know in it stays. */
export type ManifestValue = Readonly<Record<string, unknown>>

/** Steps from the whole to one value: `['oauth_config', 'scopes', 'bot', 0]`. */
export type ManifestPath = readonly (string | number)[]

export interface ReadManifest {
  readonly kind: 'read'
  readonly value: ManifestValue
  /** Line of this value, from 1; of the nearest block around it where it is not in the text. */
  lineOf(path: ManifestPath): number
}

/** A text that holds no manifest, and why. */
export interface UnreadableManifest {
  readonly kind: 'unreadable'
  /** From 1; null where it is about the whole. */
  readonly line: number | null
  /** With a line it goes on after it: “cannot be read as JSON”. */
  readonly message: string
  readonly advice: string
}

/** Characters of a text that is read. */
export const MAX_LENGTH = 200_000

/**
 * Reads a manifest. A text that begins with a bracket is JSON and read strictly; all other is YAML, of
 * which only what JSON has is taken. Never throws.
 */
export function readManifest(typed: string): ReadManifest | UnreadableManifest {
  if (typed.length > MAX_LENGTH) {
    return unreadable(
      null,
      'The manifest is too long',
      'Slack takes no more than 200,000 characters.',
    )
  }
  const text = typed.replace(/^\ufeff/, '')
  if (text.trim() === '')
    return unreadable(null, 'There is no manifest yet', 'Enter one, as JSON or YAML.')
  const isJson = /^\s*[{[]/.test(text)
  const fault = isJson ? findJsonFault(text) : null
  if (fault !== null) return syntaxFault(lineAt(text, fault), 'JSON')
  if (isTooDeep(text)) {
    return unreadable(
      null,
      'The manifest is nested too deeply',
      'Slack’s own have about seven levels.',
    )
  }
  return readDocument(text, isJson ? 'JSON' : 'YAML')
}

function readDocument(text: string, format: 'JSON' | 'YAML'): ReadManifest | UnreadableManifest {
  const lineCounter = new LineCounter()
  // Not `silent`: that keeps quiet about a second document, too.
  const options = { lineCounter, prettyErrors: false, logLevel: 'error' } as const
  // Names that stand twice are found by the walk: the parser compares each with each.
  const document = parseDocument(text, { ...options, uniqueKeys: false, stringKeys: true })
  const [error] = document.errors
  if (error !== undefined) return syntaxFault(lineCounter.linePos(error.pos[0]).line, format)
  const tree = readTree(document, lineCounter)
  if ('what' in tree) return unreadable(tree.line, tree.what, tree.advice)
  const { value, lines } = tree
  if (!isManifest(value)) {
    return unreadable(null, 'This is no manifest', 'A manifest is a block with names and values.')
  }
  return { kind: 'read', value, lineOf: (path) => lineIn(lines, path) }
}

function isManifest(value: unknown): value is ManifestValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The lone text of a one-line file is a value, too, so YAML alone says little: the line helps most. */
function syntaxFault(line: number, format: 'JSON' | 'YAML'): UnreadableManifest {
  const advice =
    format === 'JSON'
      ? 'Look for a missing or extra comma, quote or bracket there or on the line before.'
      : 'Look at the indent, the colons and the quotes there or on the line before.'
  return unreadable(line, `cannot be read as ${format}`, advice)
}

function unreadable(line: number | null, message: string, advice: string): UnreadableManifest {
  return { kind: 'unreadable', line, message, advice }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function lineIn(lines: ReadonlyMap<string, number>, path: ManifestPath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(pointerOf(path.slice(0, length)))
    if (line !== undefined) return line
  }
  return lines.get('') ?? 1
}

function pointerOf(path: ManifestPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The steps of a JSON pointer such as `/oauth_config/scopes/bot/0`. Source: RFC 6901. */
export function pathOf(pointer: string): ManifestPath {
  const steps = pointer.split('/').slice(pointer.startsWith('/') ? 1 : 0)
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** As Token Desk shows and keeps it: two spaces, the order of the value. */
export function manifestJson(value: ManifestValue): string {
  return JSON.stringify(value, null, 2)
}

/** The same as YAML. Quotes what older parsers take for something else, such as `yes`. */
export function manifestYaml(value: ManifestValue): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' })
}
