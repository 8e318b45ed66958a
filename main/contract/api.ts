import type { CallArgs, CallName, CallValue, EventName, EventPayload } from './calls.ts'
import type { Result } from './errors.ts'

/** `window.tokenDesk`: what the preload gives the page, derived from the contract and nothing else. */
export interface Api {
  readonly call: {
    readonly [N in CallName]: (...args: CallArgs<N>) => Promise<Result<CallValue<N>>>
  }
  /** Subscribes; returns the function that ends the subscription. */
  readonly on: {
    readonly [N in EventName]: (listener: (payload: EventPayload<N>) => void) => () => void
  }
}

/** main's side: one handler per call. Rooms give a part each; a missing one fails to compile. */
export type Handlers = {
  readonly [N in CallName]: (...args: CallArgs<N>) => CallValue<N> | Promise<CallValue<N>>
}
