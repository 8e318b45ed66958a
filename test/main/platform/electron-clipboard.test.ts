import type { ClipboardItem, Clipboard as SystemClipboard } from 'electron'
import { describe, expect, it } from 'vitest'
import {
  createElectronClipboard,
  type ElectronClipboardParts,
} from '../../../main/platform/electron-clipboard.ts'

/** What lies on the clipboard, by format. */
type Formats = Record<string, string | Blob>

class Item {
  readonly formats: Formats

  constructor(formats: Formats) {
    this.formats = formats
  }
}

/** Electron as it is before 44 (calls answer at once, no ClipboardItem) and from 44 on (promises). */
function createElectron(style: 'before 44' | 'from 44 on') {
  const isOld = style === 'before 44'
  const answer = <T>(value: T) => (isOld ? value : Promise.resolve(value))
  const system = { held: {} as Formats, writes: 0, refusal: null as Error | null }
  const put = (held: Formats) => {
    system.writes += 1
    if (system.refusal) throw system.refusal
    system.held = held
    return answer(undefined)
  }
  const clipboard = {
    readText: () => answer(system.held['text/plain'] ?? ''),
    writeText: (text: string) => put({ 'text/plain': text }),
    write: ([item]: Item[]) => put(item?.formats ?? {}),
    clear: () => void put({}),
  } as unknown as SystemClipboard
  const parts: ElectronClipboardParts = isOld
    ? { clipboard }
    : { clipboard, ClipboardItem: Item as unknown as typeof ClipboardItem }
  return { system, parts }
}

describe.each(['before 44', 'from 44 on'] as const)('Electron %s', (style) => {
  it('writes, reads and clears', async () => {
    const { system, parts } = createElectron(style)
    const clipboard = createElectronClipboard(parts, 'linux')
    await clipboard.writeText('A=1')
    expect(await clipboard.readText()).toBe('A=1')
    expect(Object.keys(system.held)).toEqual(['text/plain'])
    await clipboard.clear()
    expect(await clipboard.readText()).toBe('')
  })

  it('reads a secret like any text', async () => {
    const { parts } = createElectron(style)
    const clipboard = createElectronClipboard(parts, 'linux')
    await clipboard.writeSecret('A=1')
    expect(await clipboard.readText()).toBe('A=1')
  })

  it('tells when a secret cannot be written, and does not try it another way', async () => {
    const { system, parts } = createElectron(style)
    system.refusal = new Error('busy')
    await expect(createElectronClipboard(parts, 'linux').writeSecret('A=1')).rejects.toMatchObject({
      code: 'CLIPBOARD_FAILED',
    })
    expect(system.writes).toBe(1)
    expect(system.held).toEqual({})
  })
})

const raw = (name: string) => `electron application/osclipboard;format="${name}"`

describe('a secret on the clipboard', () => {
  it.each<[NodeJS.Platform, Record<string, string>]>([
    [
      'win32',
      {
        ExcludeClipboardContentFromMonitorProcessing: '1',
        CanIncludeInClipboardHistory: '\0\0\0\0',
        CanUploadToCloudClipboard: '\0\0\0\0',
      },
    ],
    ['darwin', { 'org.nspasteboard.ConcealedType': '1', 'org.nspasteboard.TransientType': '1' }],
    ['linux', { 'x-kde-passwordManagerHint': 'secret' }],
  ])('comes with the marks of %s, in one step', async (platform, marks) => {
    const { system, parts } = createElectron('from 44 on')
    await createElectronClipboard(parts, platform).writeSecret('A=1')
    expect(system.writes).toBe(1)
    const { 'text/plain': text, ...others } = system.held
    expect(text).toBe('A=1')
    const values = await Promise.all(
      Object.entries(others).map(async ([name, blob]) => [name, await (blob as Blob).text()]),
    )
    const expected = Object.entries(marks).map(([name, value]) => [raw(name), value])
    expect(Object.fromEntries(values)).toEqual(Object.fromEntries(expected))
  })

  it('is text alone before 44, where a mark would take the place of the text', async () => {
    const { system, parts } = createElectron('before 44')
    await createElectronClipboard(parts, 'win32').writeSecret('A=1')
    expect(system.held).toEqual({ 'text/plain': 'A=1' })
  })
})

it.each(['readText', 'writeText', 'clear'] as const)('tells when %s fails', async (act) => {
  const fails = () => {
    throw new Error('no display')
  }
  const broken = { readText: fails, writeText: fails, clear: fails } as unknown as SystemClipboard
  const clipboard = createElectronClipboard({ clipboard: broken }, 'linux')
  await expect(clipboard[act]('x')).rejects.toMatchObject({ code: 'CLIPBOARD_FAILED' })
})
