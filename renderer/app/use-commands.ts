import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { Authorize } from '../views/workspaces/use-authorize.ts'
import { useApi } from './api.ts'
import { useDesk } from './desk-state.ts'
import { type Screen, useNavigation } from './navigation.ts'
import { focusNextPane } from './panes.ts'
import { type Command, type CommandBus, commandOfKey } from './shortcuts.ts'

interface CommandsOptions {
  readonly bus: CommandBus
  readonly root: RefObject<HTMLElement | null>
  readonly lock: () => void
  /** Carries the act and the failure of "Authorize workspace" when a key asked for it. */
  readonly authorizing: Authorize
}

/** Runs the commands of keys and of main (`desk/command`): screens, import, authorize, search, lock, F6. */
export function useCommands({ bus, root, lock, authorizing }: CommandsOptions): void {
  const api = useApi()
  const { go } = useNavigation()
  const authorize = useAuthorizeCommand(bus, authorizing)
  const focusing = useRef(0)

  const run = useCallback(
    (command: Command) => {
      // Keys may follow each other within one frame: the last of them says where the focus goes.
      cancelAnimationFrame(focusing.current)
      if (command === 'lock') return lock()
      if (isModalOpen()) return
      if (command === 'import') go({ screen: 'workspaces', dialog: { kind: 'import' } })
      else if (command === 'authorize') authorize()
      else if (command === 'search') bus.send('search')
      else focusing.current = goToScreen(command, go, root)
    },
    [lock, go, authorize, bus, root],
  )
  useEffect(
    () =>
      api.on['desk/command'](({ command, installationId }) => {
        run(command)
        const isThere = command === 'workspaces' && installationId !== null && !isModalOpen()
        if (isThere) go({ workspaceId: installationId, isDetailOpen: true })
      }),
    [api, run, go],
  )
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = commandOfKey(event)
      if (event.key === 'F6' && root.current && !isModalOpen()) {
        focusNextPane(root.current, event.shiftKey ? -1 : 1)
      } else if (command) run(command)
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [run, root])
}

/** With one Slack app it is authorized at once; with several the Workspaces view asks which. */
function useAuthorizeCommand(bus: CommandBus, authorizing: Authorize): () => void {
  const { go } = useNavigation()
  const { slackApps } = useDesk().snapshot
  const { begin } = authorizing
  return useCallback(() => {
    const [only, another] = slackApps
    if (!only) go({ screen: 'slack-apps', isAddingSlackApp: true })
    else if (another) {
      go({ screen: 'workspaces' })
      bus.send('authorize')
    } else void begin(only.id, null)
  }, [bus, go, slackApps, begin])
}

/** A key led here, so the focus goes along: to the item of that screen. Returns the frame that moves it. */
function goToScreen(
  screen: Screen,
  go: (target: { screen: Screen }) => void,
  root: RefObject<HTMLElement | null>,
): number {
  go({ screen })
  return requestAnimationFrame(() =>
    root.current?.querySelector<HTMLElement>('[data-pane-start]')?.focus(),
  )
}

function isModalOpen(): boolean {
  return document.querySelector('.dialog-scrim') !== null
}
