import { type RefObject, useEffect, useRef, useState } from 'react'
import { useApi } from '../../../app/api.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { useNavigation } from '../../../app/navigation.ts'

/**
 * Leads from the finished authorization that is being looked at to its workspace, with the focus on
 * its heading. Answers the name of the workspace that was connected last, to be spoken.
 */
export function useFollowFinished(heading: RefObject<HTMLElement | null>): string | null {
  const api = useApi()
  const { authorizations, installations } = useDesk().snapshot
  const { authorizationId, workspaceId, go } = useNavigation()
  const [connectedId, setConnectedId] = useState<string | null>(null)
  const finished = useRef<{ id: string; installationId: string } | null>(null)
  const watched = authorizations.find(({ id }) => id === authorizationId)
  const isThere = watched !== undefined

  useEffect(() => {
    if (watched?.state.kind !== 'done' || finished.current?.id === watched.id) return
    const { installationId } = watched.state
    finished.current = { id: watched.id, installationId }
    void api.call['authorizations/put-away'](watched.id).then((result) => {
      if (!result.ok) go({ workspaceId: installationId, isDetailOpen: true })
    })
  }, [api, watched, go])

  useEffect(() => {
    // Only once it is put away: one that is done and not looked at gets a toast of its own.
    if (isThere || finished.current?.id !== authorizationId || !finished.current) return
    const { installationId } = finished.current
    go({ workspaceId: installationId, authorizationId: null, isDetailOpen: true })
    setConnectedId(installationId)
  }, [isThere, authorizationId, go])

  const connected = installations.find(({ id }) => id === connectedId)
  const isShown = connected !== undefined && connected.id === workspaceId
  useEffect(() => {
    if (isShown) heading.current?.focus()
  }, [isShown, heading])
  return connected?.name ?? null
}
