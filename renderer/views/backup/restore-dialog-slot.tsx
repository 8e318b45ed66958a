import { lazy, Suspense } from 'react'
import { useFocusBack } from '../../parts/use-focus-back.ts'
import type { Restore } from './use-restore.ts'

const RestoreDialog = lazy(async () => ({
  default: (await import('./restore-dialog.tsx')).RestoreDialog,
}))

/** Where a page's restore dialog stands; put it outside of any form. It is read when it is needed. */
export function RestoreDialogSlot({ restore }: { readonly restore: Restore }) {
  if (!restore.file) return null
  return (
    <>
      <FocusBack />
      <Suspense fallback={null}>
        <RestoreDialog
          key={restore.file.backupId}
          file={restore.file}
          onChooseAnother={restore.choose}
          chooseFailure={restore.failure}
          onClose={restore.close}
        />
      </Suspense>
    </>
  )
}

/** Around all steps, and all files that are chosen one after the other. */
function FocusBack() {
  useFocusBack()
  return null
}
