import type { Clipboard as SystemClipboard } from 'electron'
import { describe, expect, it } from 'vitest'
import { createElectronClipboard } from '../../../main/platform/electron-clipboard.ts'

/** Electron's clipboard as it answers before 44 (at once) and from 44 on (with promises). */
function createSystemClipboard(style: 'sync' | 'async') {
  let held = ''
  const answer = <T>(value: T) => (style === 'sync' ? value : Promise.resolve(value))
  const fake = {
    readText: () => answer(held),
    writeText(text: string) {
      held = text
      return answer(undefined)
    },
    clear() {
      held = ''
    },
  }
  return fake as unknown as SystemClipboard
}

describe.each(['sync', 'async'] as const)('with %s calls', (style) => {
  it('writes, reads and clears', async () => {
    const clipboard = createElectronClipboard(createSystemClipboard(style))
    await clipboard.writeText('A=1')
    expect(await clipboard.readText()).toBe('A=1')
    await clipboard.clear()
    expect(await clipboard.readText()).toBe('')
  })
})

it.each(['readText', 'writeText', 'clear'] as const)('tells when %s fails', async (act) => {
  const fails = () => {
    throw new Error('no display')
  }
  const broken = { readText: fails, writeText: fails, clear: fails } as unknown as SystemClipboard
  await expect(createElectronClipboard(broken)[act]('x')).rejects.toMatchObject({
    code: 'CLIPBOARD_FAILED',
  })
})
