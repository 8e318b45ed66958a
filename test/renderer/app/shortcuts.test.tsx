import { expect, it, vi } from 'vitest'
import { commandOfKey, createCommandBus } from '../../../renderer/app/shortcuts.ts'

it.each([
  [{ key: '1', ctrlKey: true }, 'workspaces'],
  [{ key: '2', ctrlKey: true }, 'slack-apps'],
  [{ key: '3', ctrlKey: true }, null],
  [{ key: '4', ctrlKey: true }, 'activity'],
  [{ key: '5', ctrlKey: true }, 'settings'],
  [{ key: 'f', ctrlKey: true }, 'search'],
  [{ key: 'n', ctrlKey: true }, 'authorize'],
  [{ key: 'i', ctrlKey: true }, 'import'],
  [{ key: 'L', ctrlKey: true, shiftKey: true }, 'lock'],
  [{ key: 'l', ctrlKey: true }, null],
  [{ key: 'n' }, null],
  [{ key: 'i', ctrlKey: true, shiftKey: true }, null],
  [{ key: 'i', ctrlKey: true, altKey: true }, null],
  [{ key: 'i', metaKey: true }, null],
  [{ key: 'v', ctrlKey: true }, null],
  [{ key: 'constructor', ctrlKey: true }, null],
])('%j means %s', (init, command) => {
  expect(commandOfKey(new KeyboardEvent('keydown', init))).toBe(command)
})

it('keeps a command until its view takes it, once', () => {
  const bus = createCommandBus()
  const handler = vi.fn()
  bus.send('search')
  const stop = bus.take('search', handler)
  expect(handler).toHaveBeenCalledOnce()
  bus.send('search')
  expect(handler).toHaveBeenCalledTimes(2)
  stop()
  bus.send('authorize')
  bus.take('search', handler)
  expect(handler).toHaveBeenCalledTimes(2)
})

it('a view that is gone takes nothing from the one after it', () => {
  const bus = createCommandBus()
  const next = vi.fn()
  const stop = bus.take('search', vi.fn())
  bus.take('search', next)
  stop()
  bus.send('search')
  expect(next).toHaveBeenCalledOnce()
})
