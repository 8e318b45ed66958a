/**
 * Measures Token Desk and prints one JSON object on stdout; progress goes to stderr. Runs in plain Node,
 * on a desktop with a keyring: `bench.js ROOT EXECUTABLE`. Milliseconds and bytes throughout.
 *
 * - start-up and memory: start-up.ts
 * - redirectToStoredMs, vault figures, setVariable10kLinesMs: in Electron's main process, inside/
 * - bundle sizes: the files that `npm run build` makes
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { folderBytes } from './folder-size.ts'
import { rounded } from './median.ts'
import { measureStartUp } from './start-up.ts'

const START_RUNS = 7

const say = (line: string) => process.stderr.write(`${line}\n`)

const [root, executable] = process.argv.slice(2)
if (root === undefined || executable === undefined)
  throw new TypeError('use: bench.js ROOT ELECTRON')

say('Starts, against those of an empty window…')
const startUp = await measureStartUp({ executable, root, runs: START_RUNS }, say)
say('Redirect, vault and env file, inside Electron…')
const { runtime, ...inside } = await measureInside(root, executable)
const figures = {
  runtime,
  ...startUp,
  ...inside,
  mainBundleBytes: folderBytes(join(root, 'out/main')),
  rendererBundleBytes: folderBytes(join(root, 'out/renderer')),
}
process.stdout.write(`${JSON.stringify(figures, short, 2)}\n`)

async function measureInside(root: string, executable: string): Promise<Record<string, unknown>> {
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const program = join(root, 'out/bench-inside/bench-inside.js')
  const { stdout } = await promisify(execFile)(executable, [...flags, program])
  const line = stdout.split('\n').findLast((one) => one.startsWith('{'))
  return JSON.parse(line ?? '{}')
}

/** Digits beyond these are noise. */
function short(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? rounded(value, 3) : value
}
