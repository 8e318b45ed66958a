import { useEffect } from 'react'

/**
 * Sets `data-ready` on the root element once the content beside it is painted; tests and the bench
 * wait for it. Put it into the same Suspense boundary as the content.
 */
export function Ready() {
  useEffect(() => {
    // The second frame begins after the first was handed to the screen.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        document.documentElement.dataset.ready = 'true'
      }),
    )
  }, [])
  return null
}
