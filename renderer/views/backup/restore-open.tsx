import { useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { BackupFile, RestorePreview } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { remedyLabel } from '../../app/failure-notice.tsx'
import { isPassphraseFailure, SaidTry, usePassphraseTry } from '../../app/passphrase-try.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { SecretField, type SecretFieldHandle } from '../../parts/secret-field.tsx'

interface OpenBackupProps {
  readonly file: BackupFile
  readonly chooseFailure: Failure | null
  readonly onChooseAnother: () => void
  readonly onOpened: (preview: RestorePreview) => void
  readonly onClose: () => void
}

/** The passphrase of the backup. Opening it changes nothing. */
export function OpenBackup(props: OpenBackupProps) {
  const { file, onChooseAnother, onClose } = props
  const field = useRef<SecretFieldHandle>(null)
  const [isTyped, setTyped] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const { isBusy, failure, run } = useCall()
  const api = useApi()
  const tried = usePassphraseTry(failure)
  const problem = props.chooseFailure ?? (isPassphraseFailure(failure) ? null : failure)

  const offersAnother = problem?.remedy === 'choose-file'

  async function open(): Promise<void> {
    const isEmpty = field.current?.peek() === ''
    setMissing(isEmpty)
    if (!isBusy && tried.wait === null && !isEmpty) {
      const passphrase = field.current?.take() ?? ''
      const preview = await run(() => api.call['backup/open'](file.backupId, passphrase))
      if (preview) return props.onOpened(preview)
    }
    field.current?.focus()
  }
  return (
    <Dialog
      title="Restore from a backup"
      isOpen
      isDismissable={!isTyped}
      onClose={onClose}
      onSubmit={() => void open()}
      problem={problem}
      problemActions={
        offersAnother && (
          <Button size="row" onPress={onChooseAnother}>
            {remedyLabel('choose-file')}
          </Button>
        )
      }
      footNote="Nothing changes yet."
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            kind="filled"
            type="submit"
            isDisabled={tried.wait !== null}
            busyLabel={isBusy ? 'Opening…' : undefined}
          >
            {tried.wait === null ? 'Open backup' : `Open in ${tried.wait}`}
          </Button>
        </>
      }
    >
      <div className="backup-file">
        <Icon name="file" />
        <span className="backup-file-name">{file.fileName}</span>
        {!offersAnother && <Link onPress={onChooseAnother}>{remedyLabel('choose-file')}</Link>}
      </div>
      <SecretField
        ref={field}
        label="Passphrase of the backup"
        name="backup-passphrase"
        help="The one that was chosen when the backup was made."
        canShow
        autoFocus
        onEdit={() => setTyped(true)}
        problem={isMissing ? 'Enter the passphrase of the backup.' : tried.problem}
      />
      <SaidTry said={tried.said} />
    </Dialog>
  )
}
