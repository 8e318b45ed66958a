import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { createClipboardGuard } from '../../../main/sharing/clipboard-guard.ts'
import { createFakeClipboard } from '../../fakes/fake-clipboard.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

function start() {
  const clipboard = createFakeClipboard()
  const clock = createFakeClock()
  const chosen = { seconds: 30 }
  const seconds = () => chosen.seconds
  return { clipboard, clock, chosen, guard: createClipboardGuard({ clipboard, clock, seconds }) }
}

/** Lets the promises that a timer started run to their end. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('clipboard guard', () => {
  it('clears what it copied after 30 s, and not before', async () => {
    const { clipboard, clock, guard } = start()
    await guard.copy(Secret.of('A=1'))
    clock.advance(29_999)
    await settled()
    expect(clipboard.text).toBe('A=1')
    clock.advance(1)
    await settled()
    expect(clipboard.text).toBe('')
  })

  it('clears after the seconds that the user chose when it was copied', async () => {
    const { clipboard, clock, chosen, guard } = start()
    chosen.seconds = 120
    expect(await guard.copy(Secret.of('A=1'))).toBe(120)
    chosen.seconds = 10
    clock.advance(119_999)
    await settled()
    expect(clipboard.text).toBe('A=1')
    clock.advance(1)
    await settled()
    expect(clipboard.text).toBe('')
    expect(await guard.copy(Secret.of('B=2'))).toBe(10)
    clock.advance(10_000)
    await settled()
    expect(clipboard.text).toBe('')
  })

  it('marks what it copies as a secret', async () => {
    const { clipboard, guard } = start()
    await guard.copy(Secret.of('A=1'))
    expect(clipboard.isMarked).toBe(true)
  })

  it('knows its lines again where the system has other line ends', async () => {
    const { clipboard, guard } = start()
    await guard.copy(Secret.of('A=1\nB=2'))
    await clipboard.writeText('A=1\r\nB=2')
    await guard.clearOurs()
    expect(clipboard.text).toBe('')
  })

  it('clears a copy that is still on its way', async () => {
    const { clipboard, clock } = start()
    const writes: (() => void)[] = []
    const slow = {
      ...clipboard,
      async writeSecret(text: string) {
        await new Promise<void>((resolve) => writes.push(resolve))
        await clipboard.writeSecret(text)
      },
    }
    const guard = createClipboardGuard({ clipboard: slow, clock, seconds: () => 30 })
    const copying = guard.copy(Secret.of('A=1'))
    const clearing = guard.clearOurs()
    await settled()
    writes[0]?.()
    await Promise.all([copying, clearing])
    expect(clipboard.text).toBe('')
  })

  it('leaves alone what someone else copied meanwhile', async () => {
    const { clipboard, clock, guard } = start()
    await guard.copy(Secret.of('A=1'))
    await clipboard.writeText('a poem')
    clock.advance(30_000)
    await settled()
    await guard.clearOurs()
    expect(clipboard.text).toBe('a poem')
  })

  it('counts anew from a newer copy', async () => {
    const { clipboard, clock, guard } = start()
    await guard.copy(Secret.of('A=1'))
    clock.advance(20_000)
    await guard.copy(Secret.of('B=2'))
    clock.advance(20_000)
    await settled()
    expect(clipboard.text).toBe('B=2')
    clock.advance(10_000)
    await settled()
    expect(clipboard.text).toBe('')
  })

  it('clears at once when asked, as at quit', async () => {
    const { clipboard, guard } = start()
    await guard.copy(Secret.of('A=1'))
    await guard.clearOurs()
    expect(clipboard.text).toBe('')
  })

  it('tries again until a clipboard that another program held is free', async () => {
    const { clipboard, clock, guard } = start()
    await guard.copy(Secret.of('A=1'))
    clipboard.fail()
    clock.advance(30_000)
    await settled()
    clock.advance(1_000)
    await settled()
    clipboard.recover()
    expect(clipboard.text).toBe('A=1')
    clock.advance(1_000)
    await settled()
    expect(clipboard.text).toBe('')
  })

  it('gives up quietly when the clipboard cannot be read', async () => {
    const { clipboard, guard } = start()
    await guard.copy(Secret.of('A=1'))
    clipboard.fail()
    await expect(guard.clearOurs()).resolves.toBeUndefined()
    expect(clipboard.text).toBe('A=1')
  })
})
