import type { Api } from '../../../main/contract/api.ts'
import type { CallArgs, CallName, CallValue } from '../../../main/contract/calls.ts'
import type { Result } from '../../../main/contract/errors.ts'
import type { Snapshot } from '../../../main/contract/views.ts'
import type { Desk } from './desk.ts'

/** Makes one call as the page does, whatever screen it shows. */
export async function callFromPage<N extends CallName>(
  { page }: Desk,
  name: N,
  ...args: CallArgs<N>
): Promise<Result<CallValue<N>>> {
  return page.evaluate(
    ({ name, args }) => {
      const { tokenDesk } = globalThis as unknown as { tokenDesk: Api }
      const call = tokenDesk.call[name] as (...args: unknown[]) => Promise<Result<CallValue<N>>>
      return call(...args)
    },
    { name, args: args as unknown[] },
  )
}

/** The value of a call that is to succeed. */
export async function valueFromPage<N extends CallName>(
  desk: Desk,
  name: N,
  ...args: CallArgs<N>
): Promise<CallValue<N>> {
  const result = await callFromPage(desk, name, ...args)
  if (!result.ok) throw new Error(`${name}: ${result.failure.code} ${result.failure.message}`)
  return result.value
}

/** All that the page may show now. */
export function snapshotOf(desk: Desk): Promise<Snapshot> {
  return valueFromPage(desk, 'desk/load')
}
