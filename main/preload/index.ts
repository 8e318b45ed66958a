/**
 * Turns the contract into `window.tokenDesk`: one function per call and per event, nothing generic.
 * The only place with ipcRenderer. The page never sees an Electron object.
 */
import { contextBridge, ipcRenderer } from 'electron'
import { CALL_NAMES, EVENT_NAMES } from '../contract/names.ts'

type Listener = (payload: unknown) => void

const call = Object.fromEntries(
  CALL_NAMES.map((name) => [name, (...args: unknown[]) => ipcRenderer.invoke(name, args)]),
)

const on = Object.fromEntries(
  EVENT_NAMES.map((name) => [
    name,
    (listener: Listener) => {
      const wrapped = (_event: unknown, payload: unknown) => listener(payload)
      ipcRenderer.on(name, wrapped)
      return () => ipcRenderer.removeListener(name, wrapped)
    },
  ]),
)

contextBridge.exposeInMainWorld('tokenDesk', { call, on })
