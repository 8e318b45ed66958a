import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ROOT } from './lib/paths.mjs'
import { exitWith } from './lib/problem.mjs'
import { prepareMachine } from './prepare-machine.mjs'
import { resolveRuntime } from './resolve-runtime.mjs'
import { withDesktop } from './with-desktop.mjs'

/** `npm run -s bench` prints one JSON object on stdout; what is measured and how: test/bench/main.ts. */
await exitWith(async () => {
  await prepareMachine(['run', 'display', 'test'])
  const { executable } = await resolveRuntime()
  for (const target of ['app', 'bench', 'bench-inside']) await ensureBuilt(target)
  return withDesktop([process.execPath, join(ROOT, 'out/bench/bench.js'), ROOT, executable])
})
