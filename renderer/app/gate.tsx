import { lazy, Suspense, useEffect } from 'react'
import { useDesk } from './desk-state.ts'
import { useNavigation } from './navigation.ts'
import { Ready } from './ready.tsx'
import { Shell } from './shell.tsx'
import { useTheme } from './use-theme.ts'

const LockedPage = lazy(async () => ({
  default: (await import('../views/locked/locked-page.tsx')).LockedPage,
}))

/**
 * The locked page replaces everything while the vault is not open: what was shown is gone from the
 * document, revealed values with it.
 */
export function Gate() {
  const { snapshot } = useDesk()
  const { go } = useNavigation()
  const { state } = snapshot.vault
  const isClosed = state === 'locked' || state === 'choose-passphrase' || state === 'blocked'
  useTheme(snapshot.info.theme)
  useEffect(() => {
    if (isClosed) go({ dialog: null })
  }, [isClosed, go])
  if (!isClosed) return <Shell />
  return (
    <Suspense fallback={null}>
      <LockedPage />
      <Ready />
    </Suspense>
  )
}
