import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useToasts } from '../parts/toast.tsx'
import { ConfirmUserProvider } from './confirm-user/confirm-user-provider.tsx'
import { useDesk } from './desk-state.ts'
import { type HoldPage, HoldPageContext } from './hold-page.ts'
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
  const { hold, isClosed } = useHeld(
    state === 'locked' || state === 'choose-passphrase' || state === 'blocked',
  )
  useTheme(snapshot.info.theme)
  const { closeAll } = useToasts()
  useEffect(() => {
    if (!isClosed) return
    go({ dialog: null })
    // They name workspaces and files.
    closeAll()
  }, [isClosed, go, closeAll])
  useFocusAfterUnlock(isClosed)
  return (
    <HoldPageContext value={hold}>
      {isClosed ? (
        <Suspense fallback={null}>
          <LockedPage />
          <Ready />
        </Suspense>
      ) : (
        <ConfirmUserProvider>
          <Shell />
        </ConfirmUserProvider>
      )}
    </HoldPageContext>
  )
}

/** What is shown stays as long as something holds it. */
function useHeld(isClosedNow: boolean) {
  const [holds, setHolds] = useState(0)
  const shown = useRef(isClosedNow)
  const hold = useCallback<HoldPage>(() => {
    setHolds((count) => count + 1)
    return () => setHolds((count) => count - 1)
  }, [])
  if (holds === 0) shown.current = isClosedNow
  return { hold, isClosed: shown.current }
}

/** The page that had the focus is gone; the keyboard begins at the selected screen again. */
function useFocusAfterUnlock(isClosed: boolean): void {
  const wasClosed = useRef(false)
  useEffect(() => {
    if (wasClosed.current && !isClosed && document.activeElement === document.body) {
      document.querySelector<HTMLElement>('[data-pane-start]')?.focus()
    }
    wasClosed.current = isClosed
  }, [isClosed])
}
