import { describe, expect, it } from 'vitest'
import { holdFirstCall } from '../../../main/ipc/first-call.ts'

type Listener = (event: unknown, args: unknown) => Promise<unknown>

/** ipcMain as far as it is used here; `ask` is the page's side. */
function start(isTrusted: boolean) {
  const listeners = new Map<string, Listener>()
  const ipcMain = {
    handle: (name: string, listener: unknown) => listeners.set(name, listener as Listener),
    removeHandler: (name: string) => listeners.delete(name),
  }
  const firstCall = holdFirstCall(ipcMain as never, () => isTrusted)
  return { listeners, firstCall, ask: () => listeners.get('desk/load')?.({}, ['argument']) }
}

describe('the first call', () => {
  it.each([true, false])('waits for whoever serves, judged when it came: %s', async (isTrusted) => {
    const { firstCall, ask } = start(isTrusted)
    const asked = ask()
    const got: unknown[] = []
    firstCall.answerWith(async (...told) => {
      got.push(told)
      return { ok: true, value: 1 }
    })
    expect(await asked).toEqual({ ok: true, value: 1 })
    expect(got).toEqual([[isTrusted, ['argument']]])
  })

  it('leaves the place to the real one', () => {
    const { firstCall, listeners } = start(true)
    expect([...listeners.keys()]).toEqual(['desk/load'])
    firstCall.answerWith(async () => ({ ok: true, value: 1 }))
    expect(listeners.size).toBe(0)
  })
})
