import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from './lib/paths.mjs'
import { exitWith } from './lib/problem.mjs'
import { makePackage } from './package.mjs'
import { prepareMachine } from './prepare-machine.mjs'
import { withDesktop } from './with-desktop.mjs'

/**
 * Packages the app twice, as users get it and as a test can drive it, and tries both on a private
 * desktop. `dist/` itself, where `npm run package` puts the product, is left alone.
 * @returns {Promise<number>} Playwright's exit code
 */
export async function smokeTestPackage() {
  await prepareMachine(['run', 'display', 'test', 'package'])
  const product = await makeForTest('production')
  const drivable = await makeForTest('smoke')
  const playwright = join(ROOT, 'node_modules/playwright/cli.js')
  const config = join(ROOT, 'test/smoke/playwright.config.ts')
  return withDesktop([process.execPath, playwright, 'test', '--config', config], {
    ...process.env,
    TOKEN_DESK_PRODUCT: product.executable,
    TOKEN_DESK_SMOKE_APP: drivable.executable,
  })
}

/** @param {'production' | 'smoke'} variant */
function makeForTest(variant) {
  const output = join(ROOT, 'out/packages', variant)
  return makePackage({ variant, output, hasArchive: false })
}

/** `npm run package:smoke` */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await exitWith(smokeTestPackage)
}
