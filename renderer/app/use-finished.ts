import { useEffect, useRef } from 'react'
import { useToasts } from '../parts/toast.tsx'
import { useApi } from './api.ts'
import { useDesk } from './desk-state.ts'
import { useNavigation } from './navigation.ts'

/**
 * Says that a workspace was connected while the user was elsewhere, and puts its authorization away.
 * One that is being looked at is left to its own page, which leads to the workspace.
 */
export function useFinished(): void {
  const api = useApi()
  const { show } = useToasts()
  const { screen, authorizationId, go } = useNavigation()
  const { authorizations, installations } = useDesk().snapshot
  const told = useRef(new Set<string>())
  const watched = screen === 'workspaces' ? authorizationId : null

  useEffect(() => {
    for (const { id, state } of authorizations) {
      if (state.kind !== 'done' || id === watched || told.current.has(id)) continue
      told.current.add(id)
      const { installationId } = state
      const name = installations.find((one) => one.id === installationId)?.name
      show({
        text: `${name ?? 'The workspace'} connected.`,
        action: {
          label: 'Show',
          onPress: () =>
            go({ screen: 'workspaces', workspaceId: installationId, isDetailOpen: true }),
        },
      })
      void api.call['authorizations/put-away'](id)
    }
  }, [api, authorizations, installations, watched, show, go])
}
