import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type {
  AuthorizationView,
  InstallationView,
  SecretRef,
} from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { ListDetail } from '../../app/list-detail.tsx'
import { useNavigation } from '../../app/navigation.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { AuthorizationPage } from './authorization/authorization-page.tsx'
import { useFollowFinished } from './authorization/use-follow-finished.ts'
import { WorkspaceDetail } from './detail/workspace-detail.tsx'
import { useWorkspaceRows, type WorkspaceRows } from './list/use-workspace-rows.ts'
import { waitingName } from './list/waiting-row.tsx'
import { WorkspaceList } from './list/workspace-list.tsx'
import { NoWorkspaces } from './no-workspaces.tsx'
import { useAuthorize } from './use-authorize.ts'
import { useChecks } from './use-checks.ts'
import { type CopyLine, useCopyLine } from './use-copy-line.ts'
import { useRefreshes } from './use-refreshes.ts'
import type { RunningById } from './use-running.ts'

/** The workspaces and the authorizations that wait: list at the left, the chosen one at the right. */
export function WorkspacesView() {
  const { installations, authorizations } = useDesk().snapshot
  const { workspaceId, authorizationId } = useNavigation()
  const rows = useWorkspaceRows()
  const checks = useChecks()
  const refreshes = useRefreshes()
  const copying = useCopyLine()
  const authorize = useAuthorize()
  const heading = useRef<HTMLHeadingElement>(null)
  const connected = useFollowFinished(heading)
  const chosen = {
    installation: installations.find(({ id }) => id === workspaceId),
    authorization: authorizations.find(({ id }) => id === authorizationId),
  }
  if (installations.length + authorizations.length === 0) {
    return <NoWorkspaces authorize={authorize} />
  }
  const onCopy = (row: InstallationView) => {
    const ref = botTokenOf(row)
    if (ref) void copying.copy(ref)
  }
  return (
    <>
      <ListDetail
        name="Workspaces"
        list={<WorkspaceList rows={rows} checks={checks} authorize={authorize} onCopy={onCopy} />}
        detailName={nameOf(chosen)}
        detail={<Detail {...chosen} {...{ rows, checks, refreshes, copying, heading }} />}
      />
      <span role="status" className="said-only">
        {connected && `${connected} connected`}
      </span>
    </>
  )
}

interface Chosen {
  readonly installation: InstallationView | undefined
  readonly authorization: AuthorizationView | undefined
}

interface DetailProps extends Chosen {
  readonly rows: WorkspaceRows
  readonly checks: RunningById
  readonly refreshes: RunningById
  readonly copying: CopyLine
  readonly heading: RefObject<HTMLHeadingElement | null>
}

function Detail(props: DetailProps) {
  const { installation, authorization, rows, checks, refreshes, copying, heading } = props
  const goToNext = useGoToNext(rows.installations)
  const { goToList, focusList } = useGoToList()
  if (installation) {
    return (
      <WorkspaceDetail
        key={installation.id}
        installation={installation}
        check={checks.byId.get(installation.id)}
        onCheck={() => checks.run(installation)}
        refresh={refreshes.byId.get(installation.id)}
        onRefresh={() => refreshes.run(installation)}
        onRemoved={() => {
          goToNext(installation.id)
          focusList()
        }}
        copying={copying}
        heading={heading}
      />
    )
  }
  if (authorization) {
    return (
      <AuthorizationPage key={authorization.id} authorization={authorization} onLeave={goToList} />
    )
  }
  return (
    <EmptyState icon="workspaces" title="Choose a workspace">
      Its tokens and what they may do appear here.
    </EmptyState>
  )
}

function nameOf({ installation, authorization }: Chosen): string {
  if (installation) return installation.name
  return authorization ? waitingName(authorization) : 'Workspace'
}

function botTokenOf({ id, credentials }: InstallationView): SecretRef | null {
  const bot = credentials.find((one) => one.kind === 'bot')
  return bot ? { of: 'credential', installationId: id, credentialId: bot.id } : null
}

/** After one is removed: the row below it, at the end the one above. */
function useGoToNext(shown: readonly InstallationView[]): (removedId: string) => void {
  const { go } = useNavigation()
  return (removedId) => {
    const at = shown.findIndex(({ id }) => id === removedId)
    const next = shown[at + 1] ?? shown[at - 1]
    go({ workspaceId: next?.id ?? null, isDetailOpen: false })
  }
}

/** Leads back to the list, with the focus. */
function useGoToList() {
  const { go } = useNavigation()
  const [isWanted, setWanted] = useState(false)
  useEffect(() => {
    if (!isWanted) return
    setWanted(false)
    // A dialog that closes puts the focus back in the next frame; this comes after it.
    requestAnimationFrame(() => requestAnimationFrame(focusRows))
  }, [isWanted])
  const focusList = useCallback(() => setWanted(true), [])
  const goToList = useCallback(() => {
    go({ workspaceId: null, authorizationId: null, isDetailOpen: false })
    focusList()
  }, [go, focusList])
  return { goToList, focusList }
}

function focusRows(): void {
  document.querySelector<HTMLElement>('.workspace-rows')?.focus()
}
