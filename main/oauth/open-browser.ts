import { AppError } from '../errors.ts'
import type { Browser } from '../platform/browser.ts'
import type { Clock } from '../platform/clock.ts'
import { BrowserFailed } from '../platform/errors.ts'
import type { Log } from '../platform/log.ts'

/** Some desktops answer only when the browser is closed again; one that failed says so at once. */
const OPEN_MS = 2_000

/** Opens an address in the browser; answers why it did not, or null. */
export function openBrowser(
  parts: { readonly browser: Browser; readonly clock: Clock; readonly log: Log },
  url: string,
): Promise<AppError | null> {
  return new Promise((resolve) => {
    const cancel = parts.clock.after(OPEN_MS, () => resolve(null))
    const opening = Promise.resolve().then(() => parts.browser.open(url))
    opening.then(
      () => {
        cancel()
        resolve(null)
      },
      (thrown: unknown) => {
        cancel()
        parts.log.info('browser not opened')
        resolve(thrown instanceof AppError ? thrown : new BrowserFailed(thrown))
      },
    )
  })
}
