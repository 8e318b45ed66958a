import type { VaultView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Notice } from '../../parts/notice.tsx'

type Opened = NonNullable<VaultView['recovery']>['opened']

const WORDS: Readonly<Record<Opened, { readonly title: string; readonly more: string }>> = {
  'last-good': {
    title: 'The vault file was damaged. Its last good copy is open.',
    more: 'What was added after that copy may be missing. The damaged file was kept.',
  },
  empty: {
    title: 'The vault file was damaged. An empty vault is open.',
    more: 'No good copy was there. The damaged file was kept; authorize your workspaces again.',
  },
}

/** Says once, above list and detail, that the vault was recovered, until the user puts it away. */
export function RecoveryStrip() {
  const api = useApi()
  const showing = useCall()
  const { recovery } = useDesk().snapshot.vault
  if (!recovery) return null
  const words = WORDS[recovery.opened]
  return (
    <>
      <Notice
        kind="warning"
        isStrip
        title={words.title}
        actions={
          <>
            <Button
              size="row"
              icon="folder"
              onPress={() => void showing.run(api.call['vault/show-damaged-file'])}
            >
              Show the damaged file
            </Button>
            <IconButton
              label="Put this notice away"
              icon="close"
              onPress={() => void showing.run(api.call['vault/dismiss-recovery'])}
            />
          </>
        }
      >
        {words.more} <span className="mono">{recovery.damagedFile}</span>
      </Notice>
      {showing.failure && <FailureNotice failure={showing.failure} />}
    </>
  )
}
