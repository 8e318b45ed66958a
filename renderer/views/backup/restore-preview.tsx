import type { RestorePreview } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { remedyLabel } from '../../app/failure-notice.tsx'
import { useHoldPage } from '../../app/hold-page.ts'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useToasts } from '../../parts/toast.tsx'
import { dateAndTime } from '../workspaces/time-words.ts'
import { RestoreRows } from './restore-rows.tsx'
import { reportWords, restoreAct, staleCount } from './restore-words.ts'

interface PreviewBackupProps {
  readonly preview: RestorePreview
  /** True from the act on, false once it failed. */
  readonly onRestoring: (isRestoring: boolean) => void
  readonly onChooseAnother: () => void
  readonly onClose: () => void
}

/** What the backup would change here, entry by entry, and the act. Nothing is removed by it. */
export function PreviewBackup({ preview, onChooseAnother, onClose, ...props }: PreviewBackupProps) {
  const { isBusy, failure, restore } = useRestoreAct(preview, props.onRestoring, onClose)
  const act = restoreAct(preview)
  const close = () => !isBusy && onClose()
  return (
    <Dialog
      title={act === null ? 'Nothing to restore' : 'Restore this backup?'}
      subtitle={`${preview.fileName}, made ${dateAndTime(preview.createdAtMs)}`}
      isOpen
      width={560}
      isDismissable={!isBusy}
      onClose={close}
      problem={failure}
      problemActions={
        failure?.remedy === 'choose-file' && (
          <Button size="row" onPress={onChooseAnother}>
            {remedyLabel('choose-file')}
          </Button>
        )
      }
      footNote={footNote(preview)}
      actions={
        act === null ? (
          <Button autoFocus onPress={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button isDisabled={isBusy} onPress={onClose}>
              Cancel
            </Button>
            <Button
              kind="filled"
              autoFocus
              busyLabel={isBusy ? 'Restoring…' : undefined}
              onPress={() => void restore()}
            >
              {act}
            </Button>
          </>
        )
      }
    >
      <About preview={preview} canRestore={act !== null} />
      <RestoreRows rows={preview.rows} />
    </Dialog>
  )
}

function footNote({ needsNewVault, rows }: RestorePreview): string | undefined {
  if (rows.every(({ action }) => action === 'keep')) return undefined
  return needsNewVault ? undefined : 'Nothing that is here is removed.'
}

function About(props: { readonly preview: RestorePreview; readonly canRestore: boolean }) {
  const { preview, canRestore } = props
  const stale = staleCount(preview)
  if (!canRestore) {
    return (
      <p>
        {preview.rows.length === 0
          ? 'There is nothing in this backup.'
          : 'All that is in this backup is here already, as new or newer.'}
      </p>
    )
  }
  return (
    <>
      {preview.needsNewVault && <NewVault />}
      {stale > 0 && (
        <Notice
          kind="warning"
          title={
            stale === 1
              ? '1 rotating token may have been refreshed since'
              : `${stale} rotating tokens may have been refreshed since`
          }
        >
          If Slack refuses {stale === 1 ? 'it' : 'one'}, authorize again.
        </Notice>
      )}
    </>
  )
}

const PROTECTION =
  'The keyring protects the new one, or the passphrase of the backup where there is no keyring.'

/** The backup cannot go into a vault that is closed; the old one is never overwritten. */
function NewVault() {
  const { state } = useDesk().snapshot.vault
  if (state === 'choose-passphrase') {
    return (
      <Notice kind="note" title="The passphrase of the backup protects your tokens here">
        You can change it in Settings.
      </Notice>
    )
  }
  if (state === 'locked') {
    return (
      <Notice kind="note" title="The locked vault is kept aside">
        The backup goes into a new vault. {PROTECTION} To add it to the locked one instead, unlock
        first.
      </Notice>
    )
  }
  return (
    <Notice kind="note" title="The vault that cannot be opened is kept aside">
      The backup goes into a new vault. {PROTECTION}
    </Notice>
  )
}

function useRestoreAct(
  { backupId, needsNewVault }: RestorePreview,
  onRestoring: (isRestoring: boolean) => void,
  onDone: () => void,
) {
  const api = useApi()
  const { show } = useToasts()
  const { isBusy, failure, run } = useCall()
  // The new vault is open before the last entry is in it; the answer has to find this dialog.
  useHoldPage(needsNewVault && (isBusy || failure !== null))
  async function restore(): Promise<void> {
    onRestoring(true)
    const report = await run(() =>
      api.call['backup/restore'](backupId, { intoNewVault: needsNewVault }),
    )
    onRestoring(report !== undefined)
    if (!report) return
    show({ text: 'Backup restored.', detail: reportWords(report) })
    onDone()
  }
  return { isBusy, failure, restore }
}
