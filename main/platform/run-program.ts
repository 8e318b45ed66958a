import { execFile } from 'node:child_process'
import { parse } from 'node:path'

/**
 * How a program ended. `ended`: by itself, with its exit code. `missing`: there is none of that name,
 * or it may not be run. `stopped`: it took too long, said too much, or was killed.
 */
export type ProgramResult =
  | {
      readonly kind: 'ended'
      readonly code: number
      readonly stdout: string
      readonly stderr: string
    }
  | { readonly kind: 'missing' }
  | { readonly kind: 'stopped' }

/**
 * Runs a program with exactly these arguments: no shell reads them. Its standard input is empty and
 * closed, so that a question it asks there has an end. Rejects for defects alone, such as NUL in an argument.
 *
 * @param file a name that is looked up in PATH, or an absolute path
 * @param options limitMs after so many milliseconds it is killed
 */
export type RunProgram = (
  file: string,
  args: readonly string[],
  options: { readonly limitMs: number },
) => Promise<ProgramResult>

const MAX_OUTPUT_BYTES = 1024 * 1024

/** What the system says when there is nothing to run. */
const NOT_RUNNABLE: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EACCES'])

/**
 * The real one.
 *
 * @param environment the variables of the programs, PATH among them
 */
export function createRunProgram(environment: NodeJS.ProcessEnv = process.env): RunProgram {
  return (file, args, { limitMs }) => {
    const options = {
      // Not the current folder: Windows would look for the program there first.
      cwd: parse(process.execPath).root,
      env: { ...environment, LC_ALL: 'C' },
      timeout: limitMs,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_OUTPUT_BYTES,
      windowsHide: true,
    } as const
    return new Promise((resolve, reject) => {
      try {
        const child = execFile(file, [...args], options, (failed, stdout, stderr) => {
          resolve(resultOf(failed, { stdout, stderr }))
        })
        child.stdin?.end()
      } catch (thrown) {
        // Node throws what it finds wrong with the path at once, such as ENOTDIR.
        if (thrown instanceof Error && isNotRunnable(thrown)) resolve({ kind: 'missing' })
        else reject(thrown)
      }
    })
  }
}

function resultOf(
  failed: Error | null,
  output: { readonly stdout: string; readonly stderr: string },
): ProgramResult {
  if (failed === null) return { kind: 'ended', code: 0, ...output }
  if (isNotRunnable(failed)) return { kind: 'missing' }
  const isEnded = 'code' in failed && typeof failed.code === 'number'
  return isEnded ? { kind: 'ended', code: Number(failed.code), ...output } : { kind: 'stopped' }
}

function isNotRunnable(failed: Error): boolean {
  return 'code' in failed && NOT_RUNNABLE.has(failed.code)
}
