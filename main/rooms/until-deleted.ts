import { EverythingDeleted } from '../workspaces/errors.ts'

type Run = (...args: never[]) => unknown

/** The same handlers, each of which refuses once all was deleted: nothing may come into being again. */
export function untilDeleted<H extends { readonly [K in keyof H]: Run }>(
  handlers: H,
  isDeleted: () => boolean,
): H {
  const wrapped = Object.entries<Run>(handlers).map(([name, run]) => [
    name,
    (...args: never[]) => {
      if (isDeleted()) throw new EverythingDeleted()
      return run(...args)
    },
  ])
  return Object.fromEntries(wrapped) as H
}
