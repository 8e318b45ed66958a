/** Mistakes that are still taken for a slip: of a longer name there may be more. */
const MAX_EDITS = 3
/** One mistake in so many characters. */
const CHARACTERS_PER_EDIT = 4

/**
 * The name that was most likely meant; null where none is near. Counts characters that are missing,
 * added, other or swapped with their neighbour.
 */
export function nearestName(written: string, names: readonly string[]): string | null {
  let nearest: string | null = null
  let fewest = Math.min(MAX_EDITS, Math.floor(written.length / CHARACTERS_PER_EDIT)) + 1
  for (const name of names) {
    if (Math.abs(name.length - written.length) >= fewest) continue
    const edits = editDistance(written, name)
    if (edits < fewest) [nearest, fewest] = [name, edits]
  }
  return nearest
}

/** Optimal string alignment distance: Levenshtein's, with swaps of neighbours as one edit. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(
        Math.min(
          at(last, j) + 1,
          at(row, j - 1) + 1,
          at(last, j - 1) + (isSame ? 0 : 1),
          isSwap ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    ;[before, last] = [last, row]
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
