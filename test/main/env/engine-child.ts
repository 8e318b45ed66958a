import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** The user that owns nothing on Linux. */
const NOBODY = 65534

/** How a child process ended, and what it printed. */
export interface ChildEnd {
  readonly signal: NodeJS.Signals | null
  readonly output: string
}

/** Runs scripts against the engine in processes of their own: to be killed, or to be another user. */
export interface EngineChild {
  /**
   * @param body the script; `writeVariable` and `openTempJournal` are there
   * @param before runs ahead of the engine's import
   */
  run(body: string, options?: { before?: string; asNobody?: boolean }): Promise<ChildEnd>
}

/** Bundles the engine into a folder that any user may read. */
export async function bundleEngine(folder: string): Promise<EngineChild> {
  const outDir = join(folder, 'engine')
  const room = fileURLToPath(new URL('../../../main/env', import.meta.url))
  await mkdir(outDir)
  const entry = join(outDir, 'entry.ts')
  const lines = ['env-file', 'temp-journal'].map((name) => `export * from '${room}/${name}.ts'`)
  await writeFile(entry, lines.join('\n'))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'engine.mjs' } },
    },
  })
  await chmod(outDir, 0o755)
  return { run: (body, options = {}) => runScript(outDir, body, options) }
}

async function runScript(
  outDir: string,
  body: string,
  { before = '', asNobody = false }: { before?: string; asNobody?: boolean },
): Promise<ChildEnd> {
  const script = join(outDir, 'script.mjs')
  const load = `const { writeVariable, openTempJournal } = await import('./engine.mjs')`
  await writeFile(script, `${before}\n${load}\n${body}\n`, { mode: 0o644 })
  const isRoot = process.getuid?.() === 0
  const user = asNobody && isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const child = spawn(process.execPath, [script], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...user,
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (_code, signal) => resolve({ signal, output }))
  })
}
