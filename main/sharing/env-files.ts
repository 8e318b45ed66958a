/**
 * The env files that the user chose in the system's dialog, now or before. The page names them by ID,
 * so that it can never make main read or write a path of its own making.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { EnvFileView } from '../contract/views.ts'
import { displayPath } from '../platform/display-path.ts'
import type { SettingsStore } from '../platform/settings.ts'
import { PreviewGone } from './errors.ts'

export interface EnvFilesOptions {
  readonly settings: SettingsStore
  /** The user's home folder, shown as `~`. */
  readonly homeDirectory: string
}

export interface EnvFiles {
  /** Files written before for this owner, last first. */
  recent(ownerId: string): EnvFileView[]
  add(path: string): EnvFileView
  /** @throws PreviewGone for an ID that was never given out */
  path(fileId: string): string
  remember(ownerId: string, path: string): void
  /** `~/code/northwind-bot/.env` */
  display(path: string): string
}

/** How many files are remembered for one workspace. */
const REMEMBERED = 5

/** The registry of one run of the app; only `remember` outlives it. */
export function createEnvFiles(options: EnvFilesOptions): EnvFiles {
  const pathsById = new Map<string, string>()
  const view = (id: string, path: string): EnvFileView => ({
    id,
    displayPath: displayPath(path, options.homeDirectory),
    exists: existsSync(path),
  })
  const add = (path: string): EnvFileView => {
    const known = [...pathsById].find(([, other]) => other === path)
    const id = known?.[0] ?? randomUUID()
    pathsById.set(id, path)
    return view(id, path)
  }
  return {
    add,
    recent: (ownerId) => (options.settings.get().recentEnvFiles[ownerId] ?? []).map(add),
    path(fileId) {
      const path = pathsById.get(fileId)
      if (path === undefined) throw new PreviewGone()
      return path
    },
    remember(ownerId, path) {
      const { recentEnvFiles } = options.settings.get()
      const others = (recentEnvFiles[ownerId] ?? []).filter((other) => other !== path)
      const mine = [path, ...others].slice(0, REMEMBERED)
      options.settings.update({ recentEnvFiles: { ...recentEnvFiles, [ownerId]: mine } })
    },
    display: (path) => displayPath(path, options.homeDirectory),
  }
}
