import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, stripVTControlCharacters } from 'node:util'
import { fingerprint } from './lib/fingerprint.mjs'
import { ROOT } from './lib/paths.mjs'
import { exitWith, Problem } from './lib/problem.mjs'
import { run } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { outFolder, variantOf } from './lib/variant.mjs'

const TOOLS = ['package-lock.json', 'tsconfig.json', 'scripts/build.mjs', 'scripts/lib/variant.mjs']

/**
 * Everything that can be built: what it is made from, and how. Programs run in plain Node.
 * @type {Readonly<Record<string, { sources: readonly string[], make: () => Promise<void> }>>}
 */
const TARGETS = Object.freeze({
  app: {
    sources: [...TOOLS, 'main', 'renderer', 'scripts/electron.vite.config.mjs'],
    make: buildApp,
  },
  practice: {
    sources: [...TOOLS, 'main', 'scripts/node.vite.config.mjs'],
    make: () => buildProgram('practice', 'main/practice/main.ts'),
  },
  bench: {
    sources: [...TOOLS, 'test/bench', 'scripts/node.vite.config.mjs'],
    make: () => buildProgram('bench', 'test/bench/main.ts'),
  },
  // Runs in Electron's main process.
  'bench-inside': {
    sources: [...TOOLS, 'main', 'test/bench', 'scripts/node.vite.config.mjs'],
    make: () => buildProgram('bench-inside', 'test/bench/inside/main.ts'),
  },
  faults: {
    sources: [
      ...TOOLS,
      'main',
      'test/faults',
      'test/main',
      'test/fakes',
      'test/fuzz',
      'scripts/node.vite.config.mjs',
    ],
    // The rooms' fixture closes what it opened with the test; here the program does.
    make: () =>
      buildProgram('faults', 'test/faults/main.ts', { vitest: 'test/faults/no-vitest.ts' }),
  },
})

/**
 * Builds a target when its sources changed since it was last built, in a process of its own: the build
 * tools change the environment (NODE_ENV), which must not reach what is started afterwards.
 * @param {keyof typeof TARGETS & string} target
 * @param {NodeJS.ProcessEnv} [env] TOKEN_DESK_VARIANT and TOKEN_DESK_TEST_RUNTIME are read from it
 * @returns {Promise<void>}
 * @throws {Problem} BUILD_FAILED
 */
export async function ensureBuilt(target, env = process.env) {
  if (await isFresh(target, env)) return
  say(`Building ${target === 'app' ? 'Token Desk' : target}…`)
  const script = fileURLToPath(import.meta.url)
  // stdout belongs to the program that was asked for.
  const code = await run(process.execPath, [script, target], { stdio: ['ignore', 2, 2], env })
  if (code === 0) return
  throw new Problem('BUILD_FAILED', `Building “${target}” failed.`, 'See what it said above.')
}

/**
 * @param {string} target
 * @param {NodeJS.ProcessEnv} env
 */
async function isFresh(target, env) {
  const stamp = await readFile(stampFile(target, env), 'utf8').catch((cause) => {
    if (cause.code === 'ENOENT') return null
    throw cause
  })
  return stamp === (await stampOf(target, env))
}

/**
 * @param {string} target
 * @param {NodeJS.ProcessEnv} env
 */
async function stampOf(target, env) {
  const sources = await fingerprint(TARGETS[target]?.sources ?? [])
  return `${variantOf(env)} ${env.TOKEN_DESK_TEST_RUNTIME ?? '0'} ${sources}\n`
}

/**
 * @param {string} target
 * @param {NodeJS.ProcessEnv} env
 */
function stampFile(target, env) {
  return join(outFolder(variantOf(env)), `.${target}.stamp`)
}

/** @param {string} target */
async function build(target) {
  const stamp = stampFile(target, process.env)
  // Taken before the build: what is changed while it runs makes it stale.
  const sources = await stampOf(target, process.env)
  await rm(stamp, { force: true })
  await TARGETS[target]?.make().catch((cause) => {
    // The bundler colours its message wherever it goes.
    const what = stripVTControlCharacters(String(cause.message ?? cause))
    throw new Problem('BUILD_FAILED', what, `“${target}” was not built.`, { cause })
  })
  await mkdir(join(stamp, '..'), { recursive: true })
  await writeFile(stamp, sources)
}

async function buildApp() {
  const { build: buildWithElectronVite } = await import('electron-vite')
  const configFile = join(ROOT, 'scripts/electron.vite.config.mjs')
  await buildWithElectronVite({ root: ROOT, configFile, logLevel: 'warn' })
}

/**
 * @param {string} name
 * @param {string} entry
 * @param {Readonly<Record<string, string>>} [instead]
 */
async function buildProgram(name, entry, instead) {
  const [{ build: buildWithVite }, { nodeProgramConfig }] = await Promise.all([
    import('vite'),
    import('./node.vite.config.mjs'),
  ])
  await buildWithVite(nodeProgramConfig(name, entry, instead))
}

/** `node scripts/build.mjs [TARGET…]` builds them whether or not they are stale; `app` by default. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await exitWith(async () => {
    const { positionals } = parseArgs({ allowPositionals: true })
    const targets = positionals.length === 0 ? ['app'] : positionals
    for (const target of targets) {
      if (!(target in TARGETS)) {
        const known = Object.keys(TARGETS).join(', ')
        throw new Problem(
          'UNKNOWN_TARGET',
          `“${target}” cannot be built.`,
          `Name one of: ${known}.`,
        )
      }
      await build(target)
    }
    return 0
  })
}
