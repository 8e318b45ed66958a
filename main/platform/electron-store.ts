import ElectronStore from 'electron-store'
import type { OpenStore } from './store.ts'
import { storeOverConf } from './store-over-conf.ts'

/** The store of the app. Importing this imports Electron. */
export const openElectronStore: OpenStore = (place) =>
  storeOverConf(place, (options) => new ElectronStore({ ...options, name: place.name }))
