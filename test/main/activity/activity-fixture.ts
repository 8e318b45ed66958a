import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Activity } from '../../../main/activity/activity.ts'
import { type OpenActivityOptions, openActivity } from '../../../main/activity/open-activity.ts'
import type { ActivityEntry } from '../../../main/contract/views.ts'
import type { Log } from '../../../main/platform/log.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

export const freeLocks = { takeSync: () => () => {}, take: async () => () => {} }

/** A folder of its own for one test. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'activity-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface Opened extends Activity {
  /** All that listeners were told. */
  readonly told: ActivityEntry[]
  /** Events of the log. */
  readonly logged: string[]
}

export function open(path: string, over: Partial<OpenActivityOptions> = {}): Opened {
  const logged: string[] = []
  const told: ActivityEntry[] = []
  const say = (event: string) => void logged.push(event)
  const log: Log = { debug: say, info: say, error: say }
  const clock = createFakeClock()
  const activity = openActivity({ path, by: 'window', locks: freeLocks, clock, log, ...over })
  activity.listen((entries) => void told.push(...entries))
  onTestFinished(() => activity.close())
  return {
    told,
    logged,
    record: (entry) => activity.record(entry),
    list: () => activity.list(),
    listen: (listener) => activity.listen(listener),
    close: () => activity.close(),
  }
}

export const details = (entries: readonly ActivityEntry[]) => entries.map(({ detail }) => detail)
