import { useState } from 'react'
import type { VaultView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { RestoreDialogSlot } from '../backup/restore-dialog-slot.tsx'
import { useRestore } from '../backup/use-restore.ts'

type Opened = NonNullable<VaultView['recovery']>['opened']

interface Words {
  readonly title: string
  readonly more: string
  readonly show: string
}

const SHOW_DAMAGED = 'Show the damaged file'
const WORDS: Readonly<Record<Opened, Words>> = {
  'last-good': {
    title: 'The vault file was damaged. Its last good copy is open.',
    more: 'What was added after that copy may be missing. The damaged file was kept.',
    show: SHOW_DAMAGED,
  },
  incomplete: {
    title: 'Entries of the vault file were removed or put back by another program.',
    more: 'What you see may not be all that was there. A copy of the file as it was found is kept.',
    show: 'Show the copy',
  },
  empty: {
    title: 'The vault file was damaged. An empty vault is open.',
    more: 'No good copy was there. The damaged file was kept; restore a backup, or authorize your workspaces again.',
    show: SHOW_DAMAGED,
  },
}

/** Says once, above list and detail, that the vault was recovered, until the user puts it away. */
export function RecoveryStrip() {
  const api = useApi()
  const showing = useCall()
  const restore = useRestore()
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
              {words.show}
            </Button>
            <Button
              size="row"
              busyLabel={restore.isChoosing ? 'Choosing…' : undefined}
              onPress={restore.choose}
            >
              Restore from a backup…
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
      {restore.failure && <FailureNotice failure={restore.failure} onRemedy={restore.choose} />}
      <RestoreDialogSlot restore={restore} />
    </>
  )
}

/** Says that entries of the vault are left out, until the user puts it away or their number changes. */
export function UnreadableStrip() {
  const { unreadableCount: count } = useDesk().snapshot.vault
  const [putAwayCount, setPutAwayCount] = useState(0)
  if (count === 0 || count === putAwayCount) return null
  return (
    <Notice
      kind="warning"
      isStrip
      title={
        count === 1
          ? '1 entry of the vault cannot be read and is not shown.'
          : `${count} entries of the vault cannot be read and are not shown.`
      }
      actions={
        <IconButton
          label="Put this notice away"
          icon="close"
          onPress={() => setPutAwayCount(count)}
        />
      }
    >
      {count === 1 ? 'It' : 'They'} may have been changed by another program. The file was kept.
    </Notice>
  )
}
