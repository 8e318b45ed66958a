import type { InstallationView, SlackAppView } from '../../../main/contract/views.ts'
import type { StateMark } from '../workspaces/installation-status.ts'
import type { ScopeSide } from './scope-meanings.ts'
import { joinNames } from './slack-app-words.ts'

/** What the workspaces say of one scope that the app asks for. */
export interface ScopeGrant {
  /** Null while there is no workspace to say anything. */
  readonly mark: StateMark | null
  /** Which workspaces it is about; empty when it is about all. */
  readonly names: string
}

/**
 * Whether all workspaces granted a scope. `missing` is what main says of each; a scope that is neither
 * missing nor granted was unticked by who installed the app.
 */
export function grantOf(
  side: ScopeSide,
  scope: string,
  workspaces: readonly InstallationView[],
): ScopeGrant {
  if (workspaces.length === 0) return { mark: null, names: '' }
  const missing = workspaces.filter(({ drift }) =>
    drift?.missing.some((one) => one.side === side && one.scope === scope),
  )
  if (missing.length > 0) {
    return {
      mark: { label: whereWords('Missing', missing, workspaces), tone: 'warn', icon: 'warning' },
      names: namesOf(missing),
    }
  }
  const without = workspaces.filter((one) => !isGranted(one, side, scope))
  if (without.length === 0) {
    return { mark: { label: 'Granted', tone: 'ok', icon: 'check-circle' }, names: '' }
  }
  const label = whereWords('Not granted', without, workspaces)
  return { mark: { label, tone: 'neutral', icon: 'info' }, names: namesOf(without) }
}

/** Scopes that workspaces still have and the app does not ask for any more. */
export function extraScopes(workspaces: readonly InstallationView[]) {
  const found = new Map<string, { side: ScopeSide; scope: string; names: string[] }>()
  for (const { drift, name } of workspaces) {
    for (const { side, scope } of drift?.extra ?? []) {
      const entry = found.get(`${side} ${scope}`) ?? { side, scope, names: [] }
      found.set(`${side} ${scope}`, { ...entry, names: [...entry.names, name] })
    }
  }
  return [...found.values()]
}

/** The lists of scopes that the app asks for, with the names of who gets them. */
export function scopeLists(app: SlackAppView) {
  const lists = [
    { side: 'bot', name: 'Bot', scopes: app.botScopes },
    { side: 'user', name: app.flow === 'v2' ? 'User' : 'Scopes', scopes: app.userScopes },
  ] as const
  return lists.filter(({ scopes }) => scopes.length > 0)
}

function isGranted(workspace: InstallationView, side: ScopeSide, scope: string): boolean {
  const kinds = side === 'bot' ? ['bot', 'webhook'] : ['user', 'sign-in']
  return workspace.credentials.some(
    ({ kind, scopes }) => kinds.includes(kind) && scopes.includes(scope),
  )
}

/** "Missing", "Missing in Acme", "Missing in 2 of 3". */
function whereWords(
  word: string,
  some: readonly InstallationView[],
  all: readonly InstallationView[],
): string {
  const [first] = some
  if (some.length === all.length || !first) return all.length > 1 ? `${word} everywhere` : word
  return some.length === 1
    ? `${word} in ${first.name}`
    : `${word} in ${some.length} of ${all.length}`
}

function namesOf(workspaces: readonly InstallationView[]): string {
  return joinNames(workspaces.map(({ name }) => name))
}
