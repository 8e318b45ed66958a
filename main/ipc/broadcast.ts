import type { WebContents } from 'electron'
import { EVENTS, type EventName, type EventPayload } from '../contract/calls.ts'

/**
 * Sends an event to every window of ours that is still there. The payload is parsed first, so that
 * nothing outside the contract's schema can leave main.
 */
export function broadcast<N extends EventName>(
  targets: Iterable<WebContents>,
  name: N,
  payload: EventPayload<N>,
): void {
  const clean = EVENTS[name].parse(payload)
  for (const target of targets) {
    if (!target.isDestroyed()) target.send(name, clean)
  }
}
