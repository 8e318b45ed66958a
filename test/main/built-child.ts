import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

/** A program of ours in a process of its own, with what it said so far. */
export interface Child {
  readonly process: ChildProcessWithoutNullStreams
  readonly said: () => string
  /** Resolves at the next word that it says whole. */
  says(word: string): Promise<void>
  /** Resolves with the signal or exit code by which it ended. */
  ended(): Promise<NodeJS.Signals | number | null>
}

/**
 * Builds the program once for the tests of a file, since plain Node runs no TypeScript.
 *
 * @returns starts it with these arguments; it is killed after the test
 */
export function builtChild(source: URL): (...args: string[]) => Child {
  const outDir = mkdtempSync(join(tmpdir(), 'built-child-'))
  beforeAll(async () => {
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: source.pathname,
        outDir,
        target: 'node20',
        rollupOptions: { output: { entryFileNames: 'child.mjs' } },
      },
    })
  }, 60_000)
  afterAll(() => rmSync(outDir, { recursive: true, force: true }))
  return (...args) => startChild([join(outDir, 'child.mjs'), ...args])
}

function startChild(args: readonly string[]): Child {
  const child = spawn(process.execPath, args, { stdio: 'pipe' })
  let said = ''
  let failed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    failed += text
  })
  const end = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.on('close', (code, signal) => resolve(signal ?? code))
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const hasSaid = (word: string) => said.split('\n').includes(word)
  return {
    process: child,
    said: () => said,
    ended: () => end,
    says: (word) =>
      new Promise((resolve, reject) => {
        const look = () => hasSaid(word) && resolve()
        look()
        child.stdout.on('data', look)
        void end.then((how) => reject(new Error(`ended by ${how} before ${word}: ${failed}`)))
      }),
  }
}
