import { describe, expect, it } from 'vitest'
import type { Handlers } from '../../../main/contract/api.ts'
import type { Result } from '../../../main/contract/errors.ts'
import { CALL_NAMES } from '../../../main/contract/names.ts'
import { InputError } from '../../../main/errors.ts'
import { serve } from '../../../main/ipc/serve.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

type Listener = (event: unknown, args: unknown) => Promise<Result<unknown>>

/** ipcMain as far as `serve` uses it, the page's side being `invoke`. */
function start(handlers: Partial<Handlers>, isTrusted = true) {
  const listeners = new Map<string, Listener>()
  const logged: unknown[] = []
  const stop = serve({
    ipcMain: {
      handle: (name: string, listener: unknown) => listeners.set(name, listener as Listener),
      removeHandler: (name: string) => listeners.delete(name),
    } as never,
    handlers: handlers as Handlers,
    isTrusted: () => isTrusted,
    clock: createFakeClock(),
    log: {
      debug() {},
      info: (...line) => logged.push(line),
      error: (...line) => logged.push(line),
    },
  })
  const invoke = (name: string, args: unknown) =>
    (listeners.get(name) as Listener)({}, args) as Promise<Result<never>>
  return { invoke, listeners, logged, stop }
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.failure.code
}

describe('serve', () => {
  it('answers every call of the contract, and none after it was stopped', () => {
    const { listeners, stop } = start({})
    expect([...listeners.keys()].sort()).toEqual([...CALL_NAMES].sort())
    stop()
    expect(listeners.size).toBe(0)
  })

  it('runs the handler with the parsed arguments', async () => {
    const { invoke } = start({ 'practice/try': () => ({ authorizationId: 'a' }) })
    expect(await invoke('practice/try', [])).toEqual({ ok: true, value: { authorizationId: 'a' } })
  })

  it('refuses a stranger before the handler runs', async () => {
    let ran = false
    const handler = () => {
      ran = true
      return { authorizationId: 'a' }
    }
    const { invoke } = start({ 'practice/try': handler }, false)
    expect(codeOf(await invoke('practice/try', []))).toBe('IPC_UNKNOWN_SENDER')
    expect(ran).toBe(false)
  })

  it.each([
    { name: 'no list', args: 'x' },
    { name: 'nothing', args: undefined },
    { name: 'too few', args: [] },
    { name: 'too many', args: ['x', 'y'] },
    { name: 'the wrong type', args: [3] },
    { name: 'an empty ID', args: [''] },
    { name: 'an ID that is too long', args: ['x'.repeat(201)] },
    { name: 'an object with a prototype key', args: [JSON.parse('{"__proto__":{"a":1}}')] },
  ])('refuses $name', async ({ args }) => {
    const { invoke } = start({ 'workspaces/check': () => {} })
    expect(codeOf(await invoke('workspaces/check', args))).toBe('IPC_BAD_ARGUMENTS')
  })

  it('answers a failure as data, with its field', async () => {
    const { invoke } = start({
      'workspaces/check': () => {
        throw new InputError('name', 'What happened', 'What to do')
      },
    })
    expect(await invoke('workspaces/check', ['id'])).toMatchObject({
      ok: false,
      failure: { code: 'INPUT_INVALID', field: 'name', message: 'What happened' },
    })
  })

  it('keeps the words of a defect from the page, and logs it without the arguments', async () => {
    const { invoke, logged } = start({
      'workspaces/check': (id) => {
        throw new Error(`defect near ${id.length}`)
      },
    })
    const result = await invoke('workspaces/check', ['argument-text'])
    expect(codeOf(result)).toBe('UNEXPECTED')
    expect(JSON.stringify(result)).not.toContain('defect')
    expect(JSON.stringify(logged)).toContain('defect near 13')
    expect(JSON.stringify(logged)).not.toContain('argument-text')
  })

  it('lets nothing out that the contract does not name', async () => {
    const answer = { authorizationId: 'a', token: 'secret' }
    const { invoke } = start({ 'practice/try': () => answer })
    expect(await invoke('practice/try', [])).toEqual({ ok: true, value: { authorizationId: 'a' } })
  })
})
