/** Keeps the state in `practice.json`: read once, written whole before anybody is told of a change. */
import { copyFile, mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { PracticeFailed, systemCode } from './errors.ts'
import { emptyState, type PracticeState, practiceState, pruneState } from './state.ts'
import { migrateState } from './state-migration.ts'

/** Name of the state file in the data folder. */
export const STATE_FILE = 'practice.json'

/** The state. Changes wait for each other. */
export interface StateFile {
  /** As it stands on disk. Not to be changed. */
  current(): PracticeState
  /**
   * Changes a copy and writes it; what `act` answers is given out after the file is in place. When
   * `act` throws nothing is changed.
   *
   * @throws PracticeFailed when the file could not be written; the state is then as before
   */
  change<T>(act: (draft: PracticeState) => T): Promise<T>
}

/**
 * Opens the state in `dataDir`, which is made if it is missing. A file that cannot be understood is
 * moved aside, never overwritten; one of version 1 is copied aside and read.
 *
 * @throws PracticeFailed when folder or file cannot be used
 */
export async function openStateFile(options: {
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
}): Promise<StateFile> {
  const path = join(options.dataDir, STATE_FILE)
  let state = await guarded('The practice Slack’s folder cannot be used', async () => {
    await mkdir(options.dataDir, { recursive: true, mode: 0o700 })
    return load(path, options.clock, options.log)
  })
  // What this process wrote last; the first change is written even if it changes nothing.
  let text: string | null = null
  let queue: Promise<unknown> = Promise.resolve()

  async function commit<T>(act: (draft: PracticeState) => T): Promise<T> {
    const draft = structuredClone(state)
    const result = act(draft)
    pruneState(draft, options.clock.now())
    const next = JSON.stringify(draft)
    if (next === text) return result
    await guarded('The practice Slack could not keep its state', () => replace(path, next))
    state = draft
    text = next
    return result
  }

  return {
    current: () => state,
    change(act) {
      const result = queue.then(() => commit(act))
      queue = result.catch(() => {
        // The failure goes to whoever asked; the next change goes on.
      })
      return result
    },
  }
}

async function load(path: string, clock: Clock, log: Log): Promise<PracticeState> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (systemCode(thrown) === 'ENOENT') return null
    throw thrown
  })
  if (text === null) return emptyState()
  const found = parseJson(text)
  const parsed = practiceState.safeParse(found)
  if (parsed.success) return parsed.data
  const migrated = migrateState(found)
  if (migrated !== null) {
    await copyFile(path, `${path}.version-1`)
    return migrated
  }
  await rename(path, `${path}.damaged-${clock.now()}`)
  log.error('practice state damaged, moved aside')
  return emptyState()
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`
  const file = await open(temporary, 'w', 0o600)
  try {
    // A temporary file left by somebody else keeps its own mode otherwise.
    await file.chmod(0o600)
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

async function guarded<T>(message: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    throw new PracticeFailed(message, cause)
  }
}
