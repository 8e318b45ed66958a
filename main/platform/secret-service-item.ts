/** An app's items in the Secret Service of Linux, reached by the D-Bus programs that systems have. */
import type { ProgramResult, RunProgram } from './run-program.ts'

export interface SecretServiceItem {
  /** Object paths of the app's items; null where no program could ask. */
  find(): Promise<readonly string[] | null>
  /** Tries to; whether it worked is found out by looking again. */
  remove(path: string): Promise<void>
}

const SERVICE = 'org.freedesktop.secrets'
const ROOT = '/org/freedesktop/secrets'
const SEARCH = 'org.freedesktop.Secret.Service.SearchItems'
const DELETE = 'org.freedesktop.Secret.Item.Delete'
const LIMIT_MS = 10_000

/** One way to make a D-Bus call: its program, and the arguments of both calls. */
interface Way {
  readonly program: string
  search(appName: string): readonly string[]
  remove(path: string): readonly string[]
}

/** With glib, with systemd, and with D-Bus itself. */
const WAYS: readonly Way[] = [
  {
    program: 'gdbus',
    search: (name) => [...gdbusTo(ROOT), SEARCH, `{'application': '${name}'}`],
    remove: (path) => [...gdbusTo(path), DELETE],
  },
  {
    program: 'busctl',
    search: (name) => [...busctlTo(ROOT), ...split(SEARCH), 'a{ss}', '1', 'application', name],
    remove: (path) => [...busctlTo(path), ...split(DELETE)],
  },
  {
    program: 'dbus-send',
    search: (name) => [...dbusSendTo(ROOT), SEARCH, `dict:string:string:application,${name}`],
    remove: (path) => [...dbusSendTo(path), DELETE],
  },
]

function gdbusTo(path: string): string[] {
  return ['call', '--session', '--dest', SERVICE, '--object-path', path, '--method']
}

function busctlTo(path: string): string[] {
  return ['--user', '--json=short', 'call', SERVICE, path]
}

function dbusSendTo(path: string): string[] {
  return ['--session', '--print-reply', `--dest=${SERVICE}`, path]
}

/** The interface and the member apart. */
function split(method: string): string[] {
  const at = method.lastIndexOf('.')
  return [method.slice(0, at), method.slice(at + 1)]
}

/** @param appName fixed in the code, and no text of a user: letters and spaces */
export function createSecretServiceItem(appName: string, run: RunProgram): SecretServiceItem {
  if (!/^[\w ]+$/.test(appName)) throw new TypeError('the name of an app has letters and spaces')
  let way: Way | null = null
  const ask = async (one: Way): Promise<readonly string[] | null> => {
    const result = await run(one.program, one.search(appName), { limitMs: LIMIT_MS })
    return isAnswer(result) ? pathsIn(result.stdout) : null
  }
  return {
    async find() {
      for (const one of way === null ? WAYS : [way]) {
        const paths = await ask(one)
        if (paths === null) continue
        way = one
        return paths
      }
      return null
    },
    async remove(path) {
      if (way !== null) await run(way.program, way.remove(path), { limitMs: LIMIT_MS })
    },
  }
}

function isAnswer(result: ProgramResult): result is ProgramResult & { stdout: string } {
  return result.kind === 'ended' && result.code === 0
}

/** All three put object paths in quotes. Source: D-Bus specification, valid object paths. */
function pathsIn(stdout: string): string[] {
  return [...stdout.matchAll(/["'](\/[A-Za-z0-9_/]+)["']/g)].map(([, path = '']) => path)
}
