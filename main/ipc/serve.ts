/**
 * The one door from the page into main: checks the sender, parses the arguments, runs the room's
 * handler, parses the value (so that nothing outside the contract's schema can leave) and wraps it.
 */
import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import type { Handlers } from '../contract/api.ts'
import { CALLS, type CallName } from '../contract/calls.ts'
import type { Result } from '../contract/errors.ts'
import { AppError, toFailure } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { BadArguments, UnknownSender } from './errors.ts'
import { FIRST_CALL, type FirstCall } from './first-call.ts'

export interface ServeOptions {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>
  readonly handlers: Handlers
  /** Reads the sender's frame at once: it may be detached later (Electron 33 breaking changes). */
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean
  readonly clock: Clock
  readonly log: Log
  /** Holds the page's first call until now. */
  readonly firstCall?: FirstCall
}

/** Registers every call. The returned function removes them all. */
export function serve(options: ServeOptions): () => void {
  const names = Object.keys(CALLS) as CallName[]
  options.firstCall?.answerWith((trusted, args) => answer(options, FIRST_CALL, trusted, args))
  for (const name of names) {
    options.ipcMain.handle(name, (event, args: unknown) => {
      const trusted = options.isTrusted(event)
      return answer(options, name, trusted, args)
    })
  }
  return () => {
    for (const name of names) options.ipcMain.removeHandler(name)
  }
}

async function answer(
  options: ServeOptions,
  name: CallName,
  trusted: boolean,
  args: unknown,
): Promise<Result<unknown>> {
  const startedAtMs = options.clock.now()
  try {
    if (!trusted) throw new UnknownSender()
    const value = await run(options.handlers, name, args)
    options.log.debug('call answered', { call: name, ms: options.clock.now() - startedAtMs })
    return { ok: true, value }
  } catch (thrown) {
    logFailure(options.log, name, thrown)
    return { ok: false, failure: toFailure(thrown, options.clock.now()) }
  }
}

async function run(handlers: Handlers, name: CallName, args: unknown): Promise<unknown> {
  const parsed = parseArguments(name, args)
  const handler = handlers[name] as (...args: readonly unknown[]) => unknown
  return CALLS[name].value.parse((await handler(...parsed)) ?? null)
}

/** @throws BadArguments when the number or a shape of the arguments differs from the contract */
function parseArguments(name: CallName, args: unknown): unknown[] {
  const schemas = CALLS[name].args
  if (!Array.isArray(args) || args.length !== schemas.length) throw new BadArguments()
  return schemas.map((schema, index) => {
    const parsed = schema.safeParse(args[index])
    if (!parsed.success) throw new BadArguments()
    return parsed.data
  })
}

/** A defect is logged with its stack; a failure by its code. Arguments never are. */
function logFailure(log: Log, name: CallName, thrown: unknown): void {
  if (thrown instanceof AppError) {
    log.info('call failed', { call: name, code: thrown.code, slackCode: thrown.slackCode })
    return
  }
  log.error('call broke', { call: name, stack: thrown instanceof Error ? thrown.stack : undefined })
}
