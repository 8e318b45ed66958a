import type { ActivityEntry } from '../../../main/contract/views.ts'

/** One line of the list: the name of a day, or an entry under it. Tops and sizes in CSS pixels. */
export type Row =
  | {
      readonly kind: 'day'
      readonly id: string
      readonly label: string
      readonly top: number
      readonly size: number
    }
  | {
      readonly kind: 'entry'
      readonly id: string
      readonly entry: ActivityEntry
      readonly at: number
      readonly top: number
      readonly size: number
    }

export interface RowSizes {
  readonly day: number
  readonly entry: number
  /** The row that is open, and what its details take. */
  readonly open: { readonly id: string; readonly size: number } | null
}

/** The rows of entries that are newest first, one under the other, with a heading for each day. */
export function layOut(
  entries: readonly ActivityEntry[],
  nowMs: number,
  sizes: RowSizes,
): { readonly rows: readonly Row[]; readonly size: number } {
  const rows: Row[] = []
  let top = 0
  let dayStart = Number.POSITIVE_INFINITY
  for (const [at, entry] of entries.entries()) {
    if (entry.atMs < dayStart) {
      dayStart = startOfDay(entry.atMs)
      const label = dayWords(dayStart, nowMs)
      rows.push({ kind: 'day', id: `day-${dayStart}`, label, top, size: sizes.day })
      top += sizes.day
    }
    const more = sizes.open?.id === entry.id ? sizes.open.size : 0
    const size = sizes.entry + more
    rows.push({ kind: 'entry', id: entry.id, entry, at, top, size })
    top += size
  }
  return { rows, size: top }
}

/** Those between two heights. */
export function rowsWithin(rows: readonly Row[], from: number, to: number): readonly Row[] {
  let first = 0
  let end = rows.length
  while (first < end) {
    const middle = (first + end) >>> 1
    const row = rows[middle]
    if (row && row.top + row.size <= from) first = middle + 1
    else end = middle
  }
  const after = rows.findIndex((row, index) => index >= first && row.top >= to)
  return rows.slice(first, after === -1 ? rows.length : after)
}

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' })

function dayWords(dayStart: number, nowMs: number): string {
  const today = startOfDay(nowMs)
  if (dayStart === today) return 'Today'
  // The day before may be 23 or 25 hours long.
  if (dayStart === startOfDay(today - 1)) return 'Yesterday'
  const isThisYear = new Date(dayStart).getFullYear() === new Date(nowMs).getFullYear()
  return (isThisYear ? DAY : DAY_AND_YEAR).format(dayStart)
}

/** In the user's time zone, epoch milliseconds. */
function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0)
}
