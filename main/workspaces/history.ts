import type { InstallationEvent } from '../contract/views.ts'

/** More says nothing that anybody looks for. */
const KEPT_EVENTS = 50

/** The history with one more event at its end; the oldest ones are dropped. */
export function withEvent(
  history: readonly InstallationEvent[],
  event: Omit<InstallationEvent, 'addedScopes'> & { readonly addedScopes?: readonly string[] },
): InstallationEvent[] {
  const added = { ...event, addedScopes: [...(event.addedScopes ?? [])] }
  return [...history, added].slice(-KEPT_EVENTS)
}
