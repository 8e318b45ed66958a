/** Small choices that are no secrets: the theme, and the env files used before. */
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod'
import { securitySettings } from '../contract/security-views.ts'
import { StoreDamaged } from './errors.ts'
import type { Log } from './log.ts'
import type { Store } from './store.ts'

const { autoLockMinutes, clipboardSeconds } = securitySettings.shape

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  /** Paths by installation or Slack app, last used first. */
  recentEnvFiles: z.record(z.string(), z.array(z.string())).catch({}),
  /** Null while the user never chose: then what protects the vault decides. */
  autoLockMinutes: autoLockMinutes.nullable().catch(null),
  lockOnScreenLock: z.boolean().catch(false),
  lockOnSuspend: z.boolean().catch(false),
  asksBeforeSecrets: z.boolean().catch(false),
  clipboardSeconds: clipboardSeconds.catch(30),
  notifies: z.boolean().catch(true),
})
export type Settings = z.infer<typeof settings>

export interface SettingsStore {
  get(): Settings
  /** Saves the change; a disk that takes no writes is logged, the change holds until the end. */
  update(change: Partial<Settings>): void
}

/** Settings that are kept in a file. */
export interface SettingsFile extends SettingsStore {
  /** From now on changes hold until the end and are not saved. */
  endSaving(): void
}

/**
 * Opens the settings. A file that is no settings file counts as none, since nothing in it is
 * precious; it is moved to `settings.damaged.json`, or no change could be saved ever again.
 */
export function openSettings(openStore: () => Store, log: Log): SettingsFile {
  const store = openQuietly(openStore, log)
  if (store !== null) removeLeftovers(store.path, log)
  let current = parse(store?.read())
  let isSaving = true
  return {
    get: () => current,
    update(change) {
      current = { ...current, ...change }
      if (!isSaving) return
      try {
        store?.write(current)
      } catch (thrown) {
        log.error('settings not saved', { name: nameOf(thrown) })
      }
    },
    endSaving() {
      isSaving = false
    },
  }
}

function parse(document: unknown): Settings {
  const parsed = settings.safeParse(document)
  return parsed.success ? parsed.data : settings.parse({})
}

/** Null where the file cannot be read: then this run keeps its settings to itself. */
function openQuietly(openStore: () => Store, log: Log): Store | null {
  try {
    return openStore()
  } catch (thrown) {
    log.error('settings not read', { name: nameOf(thrown) })
    return thrown instanceof StoreDamaged ? openAnew(thrown.path, openStore, log) : null
  }
}

function openAnew(damagedFile: string, openStore: () => Store, log: Log): Store | null {
  try {
    renameSync(damagedFile, damagedFile.replace(/\.json$/, '.damaged.json'))
    return openStore()
  } catch (thrown) {
    log.error('settings not made anew', { name: nameOf(thrown) })
    return null
  }
}

/** Far longer than a write takes: a younger temporary file may be another process's, under way. */
const WRITE_MS = 1_000

/** Removes the temporary files of writes that were killed; conf's are named `NAME.tmp-…`. */
function removeLeftovers(file: string, log: Log): void {
  try {
    for (const name of readdirSync(dirname(file))) {
      const path = join(dirname(file), name)
      const isOurs = name.startsWith(`${basename(file)}.tmp-`)
      if (isOurs && Date.now() - statSync(path).mtimeMs > WRITE_MS) rmSync(path, { force: true })
    }
  } catch (thrown) {
    log.error('leftovers of settings not removed', { name: nameOf(thrown) })
  }
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown
}
