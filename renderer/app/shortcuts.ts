import { createContext, useContext, useEffect } from 'react'
import type { EventPayload } from '../../main/contract/calls.ts'

/** Acts that a key, a menu item or a second start asks for. */
export type Command = EventPayload<'desk/command'>['command']

type Handler = () => void

/** Commands go to the view that takes them; one that comes before its view waits for it. */
export interface CommandBus {
  /** Registers a view's handler; returns the function that ends it. */
  take(command: Command, handler: Handler): () => void
  /** Hands the command to its view, or keeps it until the view is there. */
  send(command: Command): void
}

/** One bus per window. */
export function createCommandBus(): CommandBus {
  const handlers = new Map<Command, Handler>()
  let waiting: Command | null = null
  return {
    take(command, handler) {
      handlers.set(command, handler)
      if (waiting === command) {
        waiting = null
        handler()
      }
      return () => {
        if (handlers.get(command) === handler) handlers.delete(command)
      }
    },
    send(command) {
      const handler = handlers.get(command)
      waiting = handler ? null : command
      handler?.()
    },
  }
}

/** Filled by `Shell`. */
export const CommandContext = createContext<CommandBus | null>(null)

/**
 * Takes a command for this view while it is shown: `search` focuses its search field, `authorize`
 * presses its "Authorize workspace". The other commands are done by the shell.
 */
export function useCommand(command: 'search' | 'authorize', handler: Handler): void {
  const bus = useContext(CommandContext)
  useEffect(() => bus?.take(command, handler), [bus, command, handler])
}

const COMMAND_KEYS: ReadonlyMap<string, Command> = new Map([
  ['1', 'workspaces'],
  ['2', 'slack-apps'],
  // Env files are to have the third.
  ['4', 'activity'],
  ['5', 'settings'],
  ['f', 'search'],
  ['n', 'authorize'],
  ['i', 'import'],
])

/** The command of a key press, or null. Ctrl, or ⌘ on a Mac; no single-letter keys (WCAG 2.1.4). */
export function commandOfKey(event: KeyboardEvent): Command | null {
  const isMod = isMac() ? event.metaKey : event.ctrlKey
  if (!isMod || event.altKey) return null
  const key = event.key.toLowerCase()
  if (event.shiftKey) return key === 'l' ? 'lock' : null
  return COMMAND_KEYS.get(key) ?? null
}

/** A shortcut as it is shown: "Ctrl I", "⌘ I". */
export function keysLabel(keys: string): string {
  return `${isMac() ? '⌘' : 'Ctrl'} ${keys}`
}

function isMac(): boolean {
  return navigator.userAgent.includes('Mac OS')
}
