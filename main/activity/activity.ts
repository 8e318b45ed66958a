/**
 * What happened to which credential, when, and why it failed: one list that the window and the command
 * line add to. It holds no secret: every text passes the redactor on its way in.
 */
import type { ActivityEntry } from '../contract/views.ts'

/** What a room tells. Everything that is left out is null or empty; `outcome` is `done`. */
export type NewActivity = Pick<ActivityEntry, 'what'> &
  Partial<Omit<ActivityEntry, 'id' | 'atMs' | 'what'>>

/** The part that rooms get. Never throws: what happened has happened, whether it can be noted or not. */
export type RecordActivity = (entry: NewActivity) => void

export interface Activity {
  readonly record: RecordActivity
  /** Newest last, at most 5,000. */
  list(): ActivityEntry[]
  /** Told of entries that came, also from another process. Returns the function that ends it. */
  listen(listener: (entries: readonly ActivityEntry[]) => void): () => void
  /** Ends watching the file. */
  close(): void
}
