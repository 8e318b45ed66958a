/** Small choices that are no secrets: the theme, and the env files used before. */
import * as z from 'zod'
import type { Log } from './log.ts'
import type { Store } from './store.ts'

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  /** Paths by installation or Slack app, last used first. */
  recentEnvFiles: z.record(z.string(), z.array(z.string())).catch({}),
})
export type Settings = z.infer<typeof settings>

export interface SettingsStore {
  get(): Settings
  /** Saves the change; a disk that takes no writes is logged, the change holds until the end. */
  update(change: Partial<Settings>): void
}

/** Opens the settings; a file that cannot be read counts as none, since nothing in it is precious. */
export function openSettings(openStore: () => Store, log: Log): SettingsStore {
  const store = openQuietly(openStore, log)
  let current = settings.parse(readQuietly(store, log) ?? {})
  return {
    get: () => current,
    update(change) {
      current = { ...current, ...change }
      try {
        store?.write(current)
      } catch (thrown) {
        log.error('settings not saved', { name: thrown instanceof Error ? thrown.name : 'unknown' })
      }
    },
  }
}

function openQuietly(openStore: () => Store, log: Log): Store | null {
  try {
    return openStore()
  } catch (thrown) {
    log.error('settings not read', { name: thrown instanceof Error ? thrown.name : 'unknown' })
    return null
  }
}

function readQuietly(store: Store | null, log: Log): object | null {
  try {
    const document = store?.read()
    return typeof document === 'object' ? document : null
  } catch (thrown) {
    log.error('settings not read', { name: thrown instanceof Error ? thrown.name : 'unknown' })
    return null
  }
}
