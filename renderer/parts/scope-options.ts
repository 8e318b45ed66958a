/** A scope that can be proposed. */
export interface KnownScope {
  readonly name: string
  /** What it lets the app do. */
  readonly description: string
}

/** One row of the scope picker's list. */
export type ScopeOption =
  | { readonly kind: 'known'; readonly name: string; readonly description: string }
  /** What was typed, taken as it is. */
  | { readonly kind: 'typed'; readonly name: string }

/** Scopes as people copy them: separated by commas, spaces or lines, quoted or not. */
export function splitScopes(text: string): string[] {
  const all = text.split(/[\s,;"'[\]]+/).filter((scope) => scope !== '')
  return [...new Set(all)]
}

/**
 * What the list offers for the typed text: known scopes whose name or meaning holds it, those whose name
 * begins with it first; last the text as it is, unless it is a known name, chosen already, or has a
 * space in it, which no scope has.
 */
export function scopeOptions(
  known: readonly KnownScope[],
  chosen: readonly string[],
  typed: string,
): ScopeOption[] {
  const query = typed.trim().toLowerCase()
  const free = known.filter(({ name }) => !chosen.includes(name))
  const found = free
    .filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(query))
    .map((scope) => ({ kind: 'known', ...scope }) as const)
    .sort((a, b) => rank(a.name, query) - rank(b.name, query))
  const isTaken = chosen.includes(query) || known.some(({ name }) => name === query)
  return query === '' || isTaken || /\s/.test(query)
    ? found
    : [...found, { kind: 'typed', name: typed.trim() }]
}

function rank(name: string, query: string): number {
  if (name === query) return 0
  if (name.startsWith(query)) return 1
  return name.includes(query) ? 2 : 3
}

/** The text in three parts: before, the match, after; the match is empty where there is none. */
export function splitAtMatch(text: string, typed: string): readonly [string, string, string] {
  const query = typed.trim().toLowerCase()
  const at = query === '' ? -1 : text.toLowerCase().indexOf(query)
  if (at === -1) return [text, '', '']
  return [text.slice(0, at), text.slice(at, at + query.length), text.slice(at + query.length)]
}
