import Conf from 'conf'
import type { OpenStore } from './store.ts'
import { storeOverConf } from './store-over-conf.ts'

/** The store of plain Node (tests, benchmarks): conf, with the very options of the Electron one. */
export const openConfStore: OpenStore = (place) =>
  storeOverConf(place, (options) => new Conf({ ...options, configName: place.name }))
