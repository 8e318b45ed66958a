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
    return <WriteEnvDialog secretRef={dialog.ref} title={dialog.title} onClose={close} />
  }
  return null
}
