import { useCallback, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { BackupFile } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useCall } from '../../app/use-call.ts'

/** "Restore from a backup…" of one page; `RestoreDialogSlot` shows its dialog. */
export interface Restore {
  /** Opens the system's file dialog; a chosen file opens the restore dialog. */
  readonly choose: () => void
  readonly isChoosing: boolean
  /** Why no file could be chosen; show it beside the button. */
  readonly failure: Failure | null
  readonly file: BackupFile | null
  readonly close: () => void
}

/** Holds the backup that was chosen. Nothing of it is opened before its passphrase is given. */
export function useRestore(): Restore {
  const api = useApi()
  const { isBusy, failure, run } = useCall()
  const [file, setFile] = useState<BackupFile | null>(null)
  const isUnderWay = useRef(false)
  const choose = useCallback(() => {
    if (isUnderWay.current) return
    isUnderWay.current = true
    void run(api.call['backup/choose-file']).then((chosen) => {
      isUnderWay.current = false
      // Null when the user closed the file dialog: what was chosen before stays.
      if (chosen) setFile(chosen)
    })
  }, [api, run])
  const close = useCallback(() => setFile(null), [])
  return { choose, isChoosing: isBusy, failure, file, close }
}
