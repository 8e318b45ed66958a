import type { Clipboard } from '../../main/platform/clipboard.ts'
import { ClipboardFailed } from '../../main/platform/errors.ts'

/** A clipboard in memory; after `fail` it answers nothing until `recover`. */
export interface FakeClipboard extends Clipboard {
  readonly text: string
  /** Whether what lies there was written as a secret. */
  readonly isMarked: boolean
  fail(): void
  recover(): void
}

export function createFakeClipboard(): FakeClipboard {
  let text = ''
  let isMarked = false
  let failing = false
  const answered = async <T>(act: () => T): Promise<T> => {
    if (failing) throw new ClipboardFailed(new Error('no owner'))
    return act()
  }
  const write = (next: string, asSecret: boolean) =>
    answered(() => {
      text = next
      isMarked = asSecret
    })
  return {
    recover: () => {
      failing = false
    },
    get text() {
      return text
    },
    get isMarked() {
      return isMarked
    },
    fail: () => {
      failing = true
    },
    readText: () => answered(() => text),
    writeText: (next) => write(next, false),
    writeSecret: (next) => write(next, true),
    clear: () => write('', false),
  }
}
