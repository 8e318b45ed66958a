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

// A handler of a call that answers nothing may answer nothing.
// biome-ignore lint/suspicious/noConfusingVoidType: `void` is what a function without a return gives
type Answer<V> = null extends V ? V | undefined | void : V

/** main's side: one handler per call. Rooms give a part each; a missing one fails to compile. */
export type Handlers = {
  readonly [N in CallName]: (
    ...args: CallArgs<N>
  ) => Answer<CallValue<N>> | Promise<Answer<CallValue<N>>>
}
