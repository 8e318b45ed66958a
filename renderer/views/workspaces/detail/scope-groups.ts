import type {
  CredentialKind,
  InstallationView,
  SidedScope,
} from '../../../../main/contract/views.ts'

/** A scope as a chip shows it; `unwanted`: granted, but the Slack app asks for it no longer. */
export interface ScopeMark {
  readonly scope: string
  readonly state: 'granted' | 'missing' | 'unwanted'
}

/** The scopes of those who act alike. */
export interface ScopeGroup {
  readonly name: string
  /** How many of them Slack granted. */
  readonly grantedCount: number
  /** Granted ones by name, then the missing. */
  readonly scopes: readonly ScopeMark[]
}

const GROUPS: readonly {
  readonly kind: CredentialKind
  readonly name: string
  /** What the Slack app's two lists of scopes are compared with. */
  readonly side: SidedScope['side'] | null
}[] = [
  { kind: 'bot', name: 'Bot', side: 'bot' },
  { kind: 'user', name: 'User', side: 'user' },
  { kind: 'sign-in', name: 'Sign-in', side: null },
  { kind: 'app', name: 'App-level', side: null },
]

/** What Slack granted, beside what the Slack app asks for, by who acts with it. */
export function scopeGroups({ credentials, drift }: InstallationView): ScopeGroup[] {
  return GROUPS.map(({ kind, name, side }) => {
    const missing = scopesOf(drift?.missing, side)
    const extra = scopesOf(drift?.extra, side)
    const granted = credentials.filter((one) => one.kind === kind).flatMap((one) => one.scopes)
    const own = [...new Set(granted)].toSorted()
    return {
      name,
      grantedCount: own.length,
      scopes: [
        ...own.map((scope) => mark(scope, extra.includes(scope) ? 'unwanted' : 'granted')),
        ...missing.filter((scope) => !own.includes(scope)).map((scope) => mark(scope, 'missing')),
      ],
    }
  }).filter(({ scopes }) => scopes.length > 0)
}

function scopesOf(
  sided: readonly SidedScope[] | undefined,
  side: SidedScope['side'] | null,
): string[] {
  return (sided ?? []).filter((one) => one.side === side).map(({ scope }) => scope)
}

function mark(scope: string, state: ScopeMark['state']): ScopeMark {
  return { scope, state }
}
