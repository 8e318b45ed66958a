import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ROOT } from './lib/paths.mjs'
import { exitWith } from './lib/problem.mjs'
import { say } from './lib/say.mjs'
import { prepareMachine } from './prepare-machine.mjs'
import { resolveRuntime } from './resolve-runtime.mjs'
import { withDesktop } from './with-desktop.mjs'

/** `npm run demo` walks through the main job against the practice Slack and keeps pictures of it. */
await exitWith(async () => {
  await prepareMachine(['run', 'display', 'test'])
  await resolveRuntime()
  await ensureBuilt('app')
  const playwright = join(ROOT, 'node_modules/playwright/cli.js')
  const config = join(ROOT, 'test/demo/playwright.config.ts')
  const code = await withDesktop([process.execPath, playwright, 'test', '--config', config])
  if (code === 0) say(`The pictures are in ${join(ROOT, 'demo')}`)
  return code
})
