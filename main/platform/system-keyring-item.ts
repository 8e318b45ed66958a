import type { RemoveKeyringItem } from './keyring-item.ts'
import type { RunProgram } from './run-program.ts'

export interface SystemKeyringItemOptions {
  readonly platform: NodeJS.Platform
  /** As `app.setName` has it: the item is named after it. */
  readonly appName: string
  readonly run: RunProgram
}

/** Electron makes the item and has no call to remove it, so the system's own programs do. */
export function createRemoveKeyringItem(_options: SystemKeyringItemOptions): RemoveKeyringItem {
  return async () => false
}
