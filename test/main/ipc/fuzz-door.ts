import type { IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron'
import type { Handlers } from '../../../main/contract/api.ts'
import type { CallName } from '../../../main/contract/calls.ts'
import type { Result } from '../../../main/contract/errors.ts'
import { deskHandlers } from '../../../main/ipc/desk-handlers.ts'
import { serve } from '../../../main/ipc/serve.ts'
import { systemClock } from '../../../main/platform/clock.ts'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { openSettings } from '../../../main/platform/settings.ts'
import { isTrustedSender } from '../../../main/window/guards.ts'
import type { App, Place } from '../rooms-fixture.ts'

/** The real door with all rooms behind it. */
export interface Door {
  invoke(name: CallName, args: unknown, event: IpcMainInvokeEvent): Promise<Result<unknown>>
  /** Calls that got as far as their handler. */
  readonly handled: CallName[]
}

const OWN_WINDOW = { id: 1 } as WebContents

function event(frame: Partial<WebFrameMain> | null, sender = OWN_WINDOW): IpcMainInvokeEvent {
  return { senderFrame: frame, sender } as IpcMainInvokeEvent
}

const OWN_URL = 'app://desk/index.html'
const top = { parent: null, url: OWN_URL }

/** Who calls: the app's own page, or something else. */
export const frames = {
  own: event(top),
  foreign: {
    'a frame that is gone': event(null),
    'a frame inside the page': event({ ...top, parent: top as WebFrameMain }),
    'another window': event(top, { id: 2 } as WebContents),
    'a web page': event({ ...top, url: 'https://slack.com/' }),
    'a file': event({ ...top, url: 'file:///etc/passwd' }),
    'another host of the scheme': event({ ...top, url: 'app://desk.evil.example/index.html' }),
    'a host with a name': event({ ...top, url: 'app://user@evil/desk' }),
    'an empty page': event({ ...top, url: '' }),
    'about:blank': event({ ...top, url: 'about:blank' }),
    'a data address': event({ ...top, url: 'data:text/html,app://desk/index.html' }),
  },
} as const

/** Serves the rooms of `app` as the window does; what the desk's own calls do is counted. */
export function openDoor(app: App, { dataFolder, watch, clipboard }: Place): Door {
  const listeners = new Map<string, (event: unknown, args: unknown) => Promise<Result<unknown>>>()
  const handled: CallName[] = []
  const { log } = watch
  const desk = deskHandlers({
    started: Promise.resolve(),
    snapshot: app.desk.snapshot,
    settings: openSettings(() => openConfStore({ directory: dataFolder, name: 'settings' }), log),
    ...{ clipboard, applyTheme() {}, onInfoChange() {}, openFolder: async () => {}, quit() {} },
  })
  const all = { ...app.handlers, ...desk } as Handlers
  const names = Object.keys(all) as CallName[]
  const counted = names.map((name) => [
    name,
    (...args: unknown[]) => {
      handled.push(name)
      return (all[name] as (...args: unknown[]) => unknown)(...args)
    },
  ])
  serve({
    ipcMain: {
      handle: (name: string, listener: never) => void listeners.set(name, listener),
      removeHandler: (name: string) => void listeners.delete(name),
    },
    handlers: Object.fromEntries(counted),
    isTrusted: (from) => isTrustedSender(from, (contents) => contents === OWN_WINDOW),
    ...{ clock: systemClock, log },
  })
  return {
    handled,
    invoke(name, args, from) {
      const listener = listeners.get(name)
      if (listener === undefined) throw new Error(`nobody answers ${name}`)
      return listener(from, args)
    },
  }
}
