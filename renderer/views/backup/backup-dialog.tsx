import './backup.css'
import { useRef, useState } from 'react'
import type { BackupReport, Snapshot } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useConfirmed } from '../../app/confirm-user/use-confirmed.ts'
import { useDesk } from '../../app/desk-state.ts'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useToasts } from '../../parts/toast.tsx'
import {
  isNewPassphraseFailure,
  NewPassphrase,
  type NewPassphraseHandle,
} from '../locked/new-passphrase.tsx'
import { counted } from './restore-words.ts'

/** "Back up…": a passphrase of its own, then the system asks where the file goes. */
export function BackupDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi()
  const confirmed = useConfirmed()
  const { snapshot } = useDesk()
  const { show } = useToasts()
  const { isBusy, failure, run } = useCall()
  const fields = useRef<NewPassphraseHandle>(null)
  const [isTyped, setTyped] = useState(false)

  async function save(): Promise<void> {
    const passphrase = isBusy ? null : (fields.current?.take() ?? null)
    if (passphrase === null) return
    const report = await run(() => confirmed(() => api.call['backup/create'](passphrase)))
    if (report) {
      show({ text: savedWords(report) })
      return onClose()
    }
    // Nothing was written: the save dialog was closed, or the place took no file.
    fields.current?.giveBack(passphrase)
  }
  return (
    <Dialog
      title="Back up this vault"
      isOpen
      isDismissable={!isTyped}
      onClose={() => !isBusy && onClose()}
      onSubmit={() => void save()}
      problem={isNewPassphraseFailure(failure) ? null : failure}
      footNote="Keep the file and its passphrase apart."
      actions={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            Cancel
          </Button>
          <Button kind="filled" type="submit" busyLabel={isBusy ? 'Saving…' : undefined}>
            Save backup…
          </Button>
        </>
      }
    >
      <p>
        {contents(snapshot)} {rotates(snapshot) && ROTATION}
      </p>
      <NewPassphrase
        ref={fields}
        label="Passphrase of the backup"
        failure={failure}
        autoFocus
        onEdit={() => setTyped(true)}
      />
      <Notice kind="warning" title="It cannot be recovered">
        Without it nobody can open the backup, you included.
      </Notice>
    </Dialog>
  )
}

const ROTATION =
  'Rotating tokens are in it as they are now: after their next refresh, those workspaces may have to be authorized again.'

/** "6 workspaces and 4 Slack apps go into one encrypted file." */
function contents({ installations, slackApps }: Snapshot): string {
  const apps = counted(slackApps.length, 'Slack app')
  const both = `${counted(installations.length, 'workspace')} and ${apps}`
  const verb = installations.length + slackApps.length === 1 ? 'goes' : 'go'
  return `${both} ${verb} into one encrypted file, with all their secrets.`
}

function rotates({ installations }: Snapshot): boolean {
  return installations.some(({ credentials }) => credentials.some((one) => one.rotates))
}

function savedWords({ installationCount, displayPath }: BackupReport): string {
  return `Backup of ${counted(installationCount, 'workspace')} saved to ${displayPath}.`
}
