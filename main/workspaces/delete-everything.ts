/** Deletes all that Token Desk keeps on this computer. Slack is not told, and env files stay. */
import type { LeftBehind } from '../contract/views.ts'

export interface DeleteEverythingOptions {
  /** The folder with the vault, settings, logs and the practice Slack's state. */
  readonly dataFolder: string
  /** Ends what would write there again; the vault is locked for good. */
  readonly close: () => Promise<void>
  /** Takes the certificate out of the browsers' stores. */
  readonly untrust: () => Promise<void>
  /** False where it could not be removed. */
  readonly removeKeyringItem: () => Promise<boolean>
}

/** @returns what is still there */
export async function deleteEverything(_options: DeleteEverythingOptions): Promise<LeftBehind[]> {
  throw new Error('not built')
}
