import { execFile } from 'node:child_process'
import { parse } from 'node:path'
import { systemCode } from './errors.ts'

/** How git ended. `null` where it could not be started, did not answer in time or was killed. */
export interface GitAnswer {
  readonly exitCode: number | null
  readonly output: string
}

/** git answers such questions in milliseconds; a network disk may take longer. */
const TIME_LIMIT_MS = 5000

const MAX_OUTPUT_BYTES = 64 * 1024

/**
 * What a repository's configuration could make git run: the fsmonitor program, hooks, a pager, and
 * the transports of a partial clone that wants to fetch what is missing. Source: git-config(1).
 */
const HARMLESS = [
  '--no-pager',
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.allow=never',
  '-c',
  'safe.bareRepository=explicit',
]

/** The caller's variables that git keeps. All others go, above all `GIT_DIR` and its kin: they name another repository. */
const KEPT_VARIABLES = [
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'SystemRoot',
  'SYSTEMROOT',
  'PATHEXT',
  'PROGRAMDATA',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SUDO_UID',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
]

/**
 * Asks git about a folder, in a way that cannot run anything which the repository names, waits for no
 * input and changes nothing.
 *
 * @param git the program, `git` unless the user said otherwise
 * @param folder absolute; git answers for it
 * @param args the command, with further options of git in front of it
 */
export function runGit(git: string, folder: string, args: readonly string[]): Promise<GitAnswer> {
  const options = {
    // Not the folder itself: Windows would look for git.exe there first.
    cwd: parse(folder).root,
    env: harmlessEnvironment(process.env),
    timeout: TIME_LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_OUTPUT_BYTES,
    windowsHide: true,
  } as const
  return new Promise((resolve) => {
    const child = execFile(git, [...HARMLESS, '-C', folder, ...args], options, (failed, output) => {
      resolve({ exitCode: failed === null ? 0 : exitCodeOf(failed), output })
    })
    child.stdin?.end()
  })
}

function exitCodeOf(failed: Error): number | null {
  if (systemCode(failed) !== undefined) return null
  return 'code' in failed && typeof failed.code === 'number' ? failed.code : null
}

function harmlessEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(
    KEPT_VARIABLES.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])),
  )
  return {
    ...kept,
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '',
    GIT_ASKPASS: '',
    GIT_SSH_COMMAND: 'false',
  }
}
