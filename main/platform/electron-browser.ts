import type { Shell } from 'electron'
import type { Browser } from './browser.ts'
import { BrowserFailed } from './errors.ts'

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The user's own browser through `shell.openExternal`, which would start any program that a scheme is
 * registered for: only https, and http on this computer, pass. Source: Electron security checklist 15.
 */
export function createElectronBrowser(shell: Shell): Browser {
  return {
    async open(url) {
      const target = openableUrl(url)
      if (target === null) throw new BrowserFailed()
      try {
        await shell.openExternal(target)
      } catch {
        // The system's own message may quote the address, which carries a state: it goes no further.
        throw new BrowserFailed()
      }
    },
  }
}

/** The address in its normal spelling, or null when it is none that may be opened. */
export function openableUrl(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return null
  const isLoopback = url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname)
  return url.protocol === 'https:' || isLoopback ? url.href : null
}
