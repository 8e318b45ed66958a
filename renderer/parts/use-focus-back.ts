import { useEffect, useState } from 'react'

/**
 * Gives the focus back to where it was when this part came, once it goes and the focus with it. React
 * Aria does so as well, but a frame after a dialog went, and one that closes after an answer of main may
 * still keep the page inert then, and focus is refused. A job of several dialogs uses it around them: the
 * second dialog's opener is in the first, which is gone.
 */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const isLost = document.activeElement === document.body
        if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus()
      })
    },
    [opener],
  )
}
