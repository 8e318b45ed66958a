/** The address that the browser ended on, read from the clipboard: kept here, since it holds the code. */
import { CallbackInvalid } from '../oauth/errors.ts'
import { parsePastedAddress } from '../oauth/parse-callback.ts'
import { belongsTo } from '../oauth/pending.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import { Secret } from '../platform/secret.ts'
import type { AuthorizeService } from './authorize.ts'
import { ClipboardEmpty } from './errors.ts'

export interface PastedAddresses {
  /** Answers origin and path alone. @throws ClipboardEmpty, AuthorizationNotFound, CallbackInvalid for another address */
  read(authorizationId: string): Promise<{ shown: string }>
  /** @throws ClipboardEmpty when nothing was read before; whatever the authorization throws */
  use(authorizationId: string): Promise<void>
  forget(authorizationId: string): void
  forgetAll(): void
}

export interface PastedAddressesOptions {
  readonly clipboard: Clipboard
  readonly authorize: Pick<AuthorizeService, 'returnUrls' | 'usePastedAddress'>
}

/** In memory only; one address for each authorization. */
export function createPastedAddresses(options: PastedAddressesOptions): PastedAddresses {
  const addresses = new Map<string, Secret>()
  return {
    async read(authorizationId) {
      const text = await options.clipboard.readText()
      if (text.trim() === '') throw new ClipboardEmpty()
      const url = parsePastedAddress(text)
      // Anything else on the clipboard may be a secret itself, such as a webhook URL.
      if (!belongsTo(url, options.authorize.returnUrls(authorizationId)))
        throw new CallbackInvalid()
      addresses.set(authorizationId, Secret.of(url.href))
      return { shown: `${url.origin}${url.pathname}` }
    },
    async use(authorizationId) {
      const address = addresses.get(authorizationId)
      if (!address) throw new ClipboardEmpty()
      addresses.delete(authorizationId)
      await options.authorize.usePastedAddress(authorizationId, address)
    },
    forget: (authorizationId) => void addresses.delete(authorizationId),
    forgetAll: () => addresses.clear(),
  }
}
