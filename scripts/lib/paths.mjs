import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout: the folder that holds package.json. */
export const ROOT = dirname(fileURLToPath(new URL('..', import.meta.url)))

/**
 * Where things are kept per user and outside the checkout, so that a second checkout finds them.
 * XDG_CACHE_HOME must be absolute, else it is ignored (XDG Base Directory Specification, section 3).
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function cacheFolder(env = process.env) {
  const base = env.XDG_CACHE_HOME
  return join(base && isAbsolute(base) ? base : join(homedir(), '.cache'), 'slack-token-desk')
}
