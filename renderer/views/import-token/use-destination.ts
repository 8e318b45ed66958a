import { useState } from 'react'
import type { InstallationView } from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { foundWorkspaces, looseFindings } from './findings.ts'
import type { ImportState, Rest } from './use-import-draft.ts'

export interface Destination {
  /** Those that the user is asked about; empty means that nothing is asked. */
  readonly loose: ReturnType<typeof looseFindings>
  readonly options: readonly Rest['kind'][]
  readonly kind: Rest['kind']
  readonly setKind: (kind: Rest['kind']) => void
  /** The one workspace that was found in the same text. */
  readonly foundName: string | undefined
  /** The workspaces here that belong to the same Slack. */
  readonly installations: readonly InstallationView[]
  readonly installationId: string | null
  readonly setInstallationId: (id: string | null) => void
  readonly name: string
  readonly setName: (name: string) => void
  /** What is missing, once import was asked for; beside its field. */
  readonly problem: string | undefined
  /** What main is told; null where something is missing, which is said from then on. */
  readonly finish: () => Rest | null
}

/** Where the secrets go that Slack names no workspace for. */
export function useDestination(state: ImportState): Destination {
  const { draft, phase, failure } = state
  const { snapshot } = useDesk()
  const [wanted, setKind] = useState<Rest['kind'] | null>(null)
  const [installationId, setInstallationId] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [isAsked, setAsked] = useState(false)
  const loose = phase === 'checking' ? [] : looseFindings(state)
  const [foundName, another] = foundWorkspaces(state)
  const only = another === undefined ? foundName : undefined
  const installations = snapshot.installations.filter(
    ({ environment }) => environment.host === draft?.environment.host,
  )
  const options: Rest['kind'][] = [
    ...(only === undefined ? [] : (['found'] as const)),
    ...(installations.length === 0 ? [] : (['installation'] as const)),
    'new',
  ]
  const kind = wanted !== null && options.includes(wanted) ? wanted : defaultOf(options)
  const given = restOf(kind, installationId, name.trim())
  const refused = failure?.field === 'name' ? `${failure.message}. ${failure.advice}` : undefined
  return {
    ...{ loose, options, kind, setKind, foundName: only, installations },
    ...{ installationId, setInstallationId, name, setName },
    problem: isAsked && given === null ? MISSING[kind] : refused,
    finish() {
      if (loose.length === 0) return { kind: 'found' }
      setAsked(given === null)
      return given
    },
  }
}

const MISSING: Readonly<Record<Rest['kind'], string | undefined>> = {
  found: undefined,
  installation: 'Choose the workspace.',
  new: 'Slack cannot tell the name. Give it one.',
}

/** With what was found beside them, else as a workspace of their own. */
function defaultOf(options: readonly Rest['kind'][]): Rest['kind'] {
  return options.includes('found') ? 'found' : 'new'
}

function restOf(kind: Rest['kind'], installationId: string | null, name: string): Rest | null {
  if (kind === 'found') return { kind }
  if (kind === 'new') return name === '' ? null : { kind, name }
  return installationId === null ? null : { kind, installationId }
}
