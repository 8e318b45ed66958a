import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ROOT } from './lib/paths.mjs'
import { exitWith } from './lib/problem.mjs'
import { run } from './lib/run.mjs'

/** `npm run -s practice -- --port N`: the practice Slack alone. stdout carries its one JSON line and no more. */
await exitWith(async () => {
  await ensureBuilt('practice')
  const program = join(ROOT, 'out/practice/practice.js')
  return run(process.execPath, [program, ...process.argv.slice(2)], { detached: true })
})
