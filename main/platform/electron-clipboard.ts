import type { ClipboardItem, Clipboard as SystemClipboard } from 'electron'
import type { Clipboard } from './clipboard.ts'
import { ClipboardFailed } from './errors.ts'
import { secretMarks } from './secret-marks.ts'

/** The part of the module `electron` that is needed; `ClipboardItem` is there from 44 on. */
export interface ElectronClipboardParts {
  readonly clipboard: SystemClipboard
  readonly ClipboardItem?: typeof ClipboardItem
}

/**
 * Electron's clipboard, whose calls answer at once before 44 and with promises from 44 on; awaiting
 * serves both. Before 44 it writes standard formats only, or one raw format alone, so that a mark
 * cannot stand beside the text. From 44 on all entries of one `write` get there at once. What fails
 * there is not tried again as plain text, which would be kept where the user was promised that it is
 * asked for. Source: Electron's documentation of clipboard and ClipboardItem.
 */
export function createElectronClipboard(
  { clipboard, ClipboardItem }: ElectronClipboardParts,
  platform: NodeJS.Platform,
): Clipboard {
  const writeText = (text: string) => answered(() => clipboard.writeText(text))
  return {
    readText: () => answered(() => clipboard.readText()),
    writeText,
    writeSecret: (text) =>
      ClipboardItem === undefined
        ? writeText(text)
        : answered(() => clipboard.write([new ClipboardItem(marked(text, platform))])),
    clear: () => answered(() => clipboard.clear()),
  }
}

function marked(text: string, platform: NodeJS.Platform): Record<string, string | Blob> {
  const marks = secretMarks(platform).map(({ format, value }) => [
    `electron application/osclipboard;format="${format}"`,
    new Blob([value]),
  ])
  return { 'text/plain': text, ...Object.fromEntries(marks) }
}

async function answered<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw new ClipboardFailed(cause)
  }
}
