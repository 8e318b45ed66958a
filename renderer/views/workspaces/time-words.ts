const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long something still lasts, in at most two units: "9 h 12 min", "3 days". */
export function timeLeft(ms: number): string {
  if (ms < MINUTE) return 'under 1 min'
  if (ms < HOUR) return `${whole(ms / MINUTE)} min`
  if (ms < DAY) return joined(`${whole(ms / HOUR)} h`, whole((ms % HOUR) / MINUTE), 'min')
  if (ms < 2 * DAY) return joined('1 day', whole((ms % DAY) / HOUR), 'h')
  return `${whole(ms / DAY)} days`
}

/** How long ago it was: "just now", "4 min ago". A clock that was set back gives "just now". */
export function timeAgo(ms: number): string {
  if (ms < MINUTE) return 'just now'
  if (ms < HOUR) return `${whole(ms / MINUTE)} min ago`
  if (ms < DAY) return `${whole(ms / HOUR)} h ago`
  return ms < 2 * DAY ? 'yesterday' : `${whole(ms / DAY)} days ago`
}

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })
const DAY_AND_MONTH = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const DATE_AND_TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' })

/** "20 Nov 2026, 14:52", in the user's time zone. */
export function dateAndTime(atMs: number): string {
  return DATE_AND_TIME.format(atMs)
}

/** "20 Nov 2026", in the user's time zone. */
export function date(atMs: number): string {
  return DATE.format(atMs)
}

/** "21 Dec", in the user's time zone: for what ends within the year. */
export function dayAndMonth(atMs: number): string {
  return DAY_AND_MONTH.format(atMs)
}

/** "14:52", in the user's time zone. */
export function timeOfDay(atMs: number): string {
  return TIME.format(atMs)
}

function whole(value: number): number {
  return Math.floor(value)
}

function joined(first: string, second: number, unit: string): string {
  return second === 0 ? first : `${first} ${second} ${unit}`
}
