import { useState } from 'react'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { Button } from '../../parts/button.tsx'
import { BackupDialog } from '../backup/backup-dialog.tsx'
import { RestoreDialogSlot } from '../backup/restore-dialog-slot.tsx'
import { useRestore } from '../backup/use-restore.ts'
import { DeleteEverythingDialog } from './delete-everything/delete-everything-dialog.tsx'
import { SettingGroup, SettingRow } from './setting-row.tsx'

/** The vault as one encrypted file, the way back from it, and the end of all data here. */
export function BackupAndRestore() {
  const restore = useRestore()
  const [dialog, setDialog] = useState<'backup' | 'delete' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      <SettingGroup name="Backup">
        <SettingRow
          name="Back up"
          sentence="All workspaces, Slack apps and tokens in one encrypted file, with a passphrase of its own."
        >
          <Button onPress={() => setDialog('backup')}>Back up…</Button>
        </SettingRow>
        <SettingRow
          name="Restore"
          sentence="Adds what is missing here or newer in the backup. You see it first, and nothing is removed."
        >
          <Button busyLabel={restore.isChoosing ? 'Choosing…' : undefined} onPress={restore.choose}>
            Restore…
          </Button>
        </SettingRow>
        {restore.failure && <FailureNotice failure={restore.failure} onRemedy={restore.choose} />}
      </SettingGroup>
      <SettingGroup name="Delete">
        <SettingRow
          name="Data on this computer"
          sentence="The vault, the settings and all else that Token Desk keeps here."
        >
          <Button kind="danger-outline" onPress={() => setDialog('delete')}>
            Delete everything here…
          </Button>
        </SettingRow>
      </SettingGroup>
      {dialog === 'backup' && <BackupDialog onClose={close} />}
      {dialog === 'delete' && <DeleteEverythingDialog onClose={close} />}
      <RestoreDialogSlot restore={restore} />
    </>
  )
}
