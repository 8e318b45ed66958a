/**
 * Constants that the build writes into the bundle (scripts/electron.vite.config.mjs); in unit tests
 * they are those of a development build on the current runtime.
 */

/** `production` for users, `smoke` for the test that drives a packaged app, else `development`. */
declare const __BUILD_VARIANT__: 'production' | 'smoke' | 'development'

/** True in a package that was built on the replacement runtime: its Electron is out of support. */
declare const __TEST_RUNTIME__: boolean
