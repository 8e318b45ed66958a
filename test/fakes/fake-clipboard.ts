import type { Clipboard } from '../../main/platform/clipboard.ts'
import { ClipboardFailed } from '../../main/platform/errors.ts'

/** A clipboard in memory; after `fail` it answers nothing until `recover`. */
export interface FakeClipboard extends Clipboard {
  readonly text: string
  fail(): void
  recover(): void
}

export function createFakeClipboard(): FakeClipboard {
  let text = ''
  let failing = false
  const answered = async <T>(act: () => T): Promise<T> => {
    if (failing) throw new ClipboardFailed(new Error('no owner'))
    return act()
  }
  return {
    recover: () => {
      failing = false
    },
    get text() {
      return text
    },
    fail: () => {
      failing = true
    },
    readText: () => answered(() => text),
    writeText: (next) =>
      answered(() => {
        text = next
      }),
    clear: () =>
      answered(() => {
        text = ''
      }),
  }
}
