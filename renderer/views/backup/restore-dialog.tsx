import './backup.css'
import { useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { BackupFile, RestorePreview } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { OpenBackup } from './restore-open.tsx'
import { PreviewBackup } from './restore-preview.tsx'

interface RestoreDialogProps {
  readonly file: BackupFile
  readonly onChooseAnother: () => void
  /** Why another file could not be chosen. */
  readonly chooseFailure: Failure | null
  readonly onClose: () => void
}

/** A backup that was chosen: its passphrase first, then what it would change, then the act. */
export function RestoreDialog({
  file,
  onChooseAnother,
  chooseFailure,
  onClose,
}: RestoreDialogProps) {
  const [preview, setPreview] = useState<RestorePreview | null>(null)
  const keep = useDiscard(file.backupId)
  return preview === null ? (
    <OpenBackup
      file={file}
      chooseFailure={chooseFailure}
      onChooseAnother={onChooseAnother}
      onOpened={setPreview}
      onClose={onClose}
    />
  ) : (
    <PreviewBackup
      preview={preview}
      onRestoring={keep}
      onChooseAnother={onChooseAnother}
      onClose={onClose}
    />
  )
}

/** Main forgets the file when the dialog goes, but never under a restore that is on its way. */
function useDiscard(backupId: string): (isKept: boolean) => void {
  const api = useApi()
  const isKept = useRef(false)
  useEffect(
    () => () => {
      if (!isKept.current) void api.call['backup/discard'](backupId)
    },
    [api, backupId],
  )
  return (next) => {
    isKept.current = next
  }
}
