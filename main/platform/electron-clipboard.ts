import type { Clipboard as SystemClipboard } from 'electron'
import type { Clipboard } from './clipboard.ts'
import { ClipboardFailed } from './errors.ts'

/**
 * Electron's clipboard, whose calls answer at once before 44 and with promises from 44 on; awaiting
 * serves both.
 */
export function createElectronClipboard(clipboard: SystemClipboard): Clipboard {
  return {
    readText: () => answered(() => clipboard.readText()),
    writeText: (text) => answered(() => clipboard.writeText(text)),
    clear: () => answered(() => clipboard.clear()),
  }
}

async function answered<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw new ClipboardFailed(cause)
  }
}
