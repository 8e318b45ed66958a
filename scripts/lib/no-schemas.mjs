/**
 * Stands in for ajv in the app's bundle. conf, below electron-store, imports it for stores with a schema;
 * ours have none (main/platform/store-over-conf.ts), and reading and running it would slow every start.
 */
export class Ajv2020 {
  constructor() {
    throw new TypeError('stores with a schema need ajv, which is left out of the bundle')
  }
}

/** What `ajv-formats` would be. */
export default { default() {} }
