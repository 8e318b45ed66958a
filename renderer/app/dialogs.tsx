import { lazy } from 'react'
import { useNavigation } from './navigation.ts'

const ImportTokenDialog = lazy(async () => ({
  default: (await import('../views/import-token/import-token-dialog.tsx')).ImportTokenDialog,
}))
const WriteEnvDialog = lazy(async () => ({
  default: (await import('../views/write-env/write-env-dialog.tsx')).WriteEnvDialog,
}))

/** The dialog that is open, if any, over whatever screen is shown. */
export function Dialogs() {
  const { dialog, go } = useNavigation()
  const close = () => go({ dialog: null })
  if (dialog?.kind === 'import') return <ImportTokenDialog onClose={close} />
  if (dialog?.kind === 'write') {
    const { ref, title, problem } = dialog
    return <WriteEnvDialog secretRef={ref} title={title} problem={problem} onClose={close} />
  }
  return null
}
