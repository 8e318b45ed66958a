import type { CallValue } from '../../../main/contract/calls.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useToasts } from '../../parts/toast.tsx'
import { storedChoices } from './findings.ts'
import { focusNamed } from './focus-named.ts'
import type { Destination } from './use-destination.ts'
import type { ImportState } from './use-import-draft.ts'

/** The act at the end: stores what was chosen, says so, and goes to where it is now. */
export function useStore(
  state: ImportState,
  destination: Destination,
  onClose: () => void,
): () => void {
  const { go } = useNavigation()
  const { show } = useToasts()
  async function store(): Promise<void> {
    if (state.phase !== 'idle') return
    const rest = destination.finish()
    if (!rest) return focusNamed(destination.kind === 'new' ? 'name' : 'installation')
    const count = storedChoices(state).length
    const stored = await state.store(rest)
    if (!stored) return
    onClose()
    show({
      text: count === 1 ? '1 secret imported.' : `${count} secrets imported.`,
      detail: detailOf(stored),
    })
    if (stored.installationId === null) return go({ screen: 'slack-apps', dialog: null })
    go({
      screen: 'workspaces',
      workspaceId: stored.installationId,
      isDetailOpen: true,
      dialog: null,
    })
  }
  return () => void store()
}

/** Where a configuration token went, when the page that comes does not show it. */
function detailOf(stored: CallValue<'import/store'>): string | undefined {
  const { installationId, configurationTokens } = stored
  if (installationId === null || configurationTokens === 0) return undefined
  return 'The configuration token is with the Slack apps.'
}
