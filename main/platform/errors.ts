import { AppError } from '../errors.ts'

/** The system's keyring is locked, absent, or offers only a key that everybody knows. */
export class KeyringUnavailable extends AppError {
  constructor(cause?: unknown) {
    super('VAULT_KEYRING_UNAVAILABLE', {
      message: 'The keyring of this computer does not answer',
      advice: 'Unlock the keyring, or sign in to your desktop session again, then try again.',
      remedy: 'retry',
      cause,
    })
  }
}

/** The keyring answers, but has no key that opens what was sealed with it. */
export class KeyringLostKey extends AppError {
  /**
   * @param options.sealedWith name of the keyring that sealed it, where that is another one than
   *   today's; it stands in a file that anyone may write, so only known names are shown
   */
  constructor(options: { readonly sealedWith?: string; readonly cause?: unknown } = {}) {
    const { sealedWith } = options
    const ways = 'estore from a backup, or start afresh; the old vault is kept.'
    super('VAULT_KEYRING_LOST_KEY', {
      message: 'The keyring does not have Token Desk’s key any more',
      advice:
        sealedWith === undefined
          ? `R${ways}`
          : `${nameOfKeyring(sealedWith)} sealed it: sign in to that desktop again, r${ways}`,
      remedy: 'start-afresh',
      cause: options.cause,
    })
  }
}

/** What people call the keyrings. Source: Electron safeStorage docs; `Keyring.backend`. */
const KEYRINGS: Readonly<Record<string, string>> = {
  gnome_libsecret: 'The GNOME keyring',
  secret_service: 'The Secret Service keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
  portal: 'The keyring of a sandboxed desktop',
  keychain: 'The macOS keychain',
  dpapi: 'Windows',
}

function nameOfKeyring(backend: string): string {
  return Object.hasOwn(KEYRINGS, backend) ? (KEYRINGS[backend] ?? '') : 'Another keyring'
}

/** The system opened no browser, or the address is none that Token Desk opens. */
export class BrowserFailed extends AppError {
  constructor(cause?: unknown) {
    super('OAUTH_BROWSER_FAILED', {
      message: 'The browser could not be opened',
      advice: 'Use Copy link and open the address in a browser yourself.',
      remedy: 'retry',
      cause,
    })
  }
}

/** The system clipboard could not be read or written. */
export class ClipboardFailed extends AppError {
  constructor(cause?: unknown) {
    super('CLIPBOARD_FAILED', {
      message: 'The clipboard does not answer',
      advice: 'Another program may be holding it. Try again in a moment.',
      remedy: 'retry',
      cause,
    })
  }
}

/**
 * The other side of a connection could not prove who it is; nothing was sent to it. For the room that
 * made the call.
 */
export class ConnectionNotTrusted extends Error {
  /** Such as `slack.com`, or with a port where it has one. */
  readonly host: string

  constructor(host: string) {
    super('The certificate of the other side is not trusted')
    this.name = 'ConnectionNotTrusted'
    this.host = host
  }
}

/**
 * A store's file holds something else than one JSON document. For the room that opened it, which
 * decides what to do with the file; the text of the file is in no message.
 */
export class StoreDamaged extends Error {
  readonly path: string

  constructor(path: string) {
    super('The file is not a JSON document')
    this.name = 'StoreDamaged'
    this.path = path
  }
}

/** Touch ID or the passphrase did not show that it is the user. */
export class UserCheckFailed extends AppError {
  constructor(cause?: unknown) {
    super('USER_CHECK_FAILED', {
      message: 'You were not recognised',
      advice: 'Try again. Nothing was shown or copied.',
      remedy: 'retry',
      cause,
    })
  }
}

/** Another process holds a lock and did not let go in time. */
export class LockBusy extends AppError {
  constructor() {
    super('VAULT_BUSY', {
      message: 'Token Desk is busy in another window or on the command line',
      advice: 'Wait until that is done, then try again. Nothing was changed.',
      remedy: 'retry',
    })
  }
}

/** The system gives no locks: without them two processes could overwrite what the other saved. */
export class LocksUnavailable extends AppError {
  /** @param options.missing the program that is not installed */
  constructor(options: { readonly missing?: string; readonly cause?: unknown } = {}) {
    const { missing, cause } = options
    super('VAULT_WRITE_FAILED', {
      message:
        missing === undefined
          ? 'The data folder cannot be locked for a change'
          : `The program “${missing}” is missing on this computer`,
      advice:
        missing === undefined
          ? 'Check the rights of the data folder, then try again. Nothing was changed.'
          : 'Install the package util-linux, then try again. Nothing was changed.',
      remedy: 'retry',
      cause,
    })
  }
}
