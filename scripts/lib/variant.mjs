import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { Problem } from './problem.mjs'

/**
 * @typedef {'development' | 'production' | 'smoke'} Variant
 *   what the app is built for: a checkout (`npm start`, tests), users, or the test that drives a
 *   packaged app from outside
 */

/** @type {readonly Variant[]} */
const VARIANTS = ['development', 'production', 'smoke']

/**
 * The variant that TOKEN_DESK_VARIANT names; `development` when it is not set.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Variant}
 * @throws {Problem} UNKNOWN_VARIANT
 */
export function variantOf(env = process.env) {
  const wanted = env.TOKEN_DESK_VARIANT || 'development'
  const variant = VARIANTS.find((known) => known === wanted)
  if (variant) return variant
  throw new Problem(
    'UNKNOWN_VARIANT',
    `There is no build variant “${wanted}”.`,
    `Set TOKEN_DESK_VARIANT to one of: ${VARIANTS.join(', ')}.`,
  )
}

/**
 * Where a variant is built. Development lies where package.json's `main` points, the others beside it,
 * so that packaging never disturbs a checkout that is being worked in.
 * @param {Variant} variant
 * @returns {string}
 */
export function outFolder(variant) {
  return variant === 'development' ? join(ROOT, 'out') : join(ROOT, 'out', variant)
}
