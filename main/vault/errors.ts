import { AppError } from '../errors.ts'

const KEPT = 'The old vault is kept.'

/** Something needs the data key, and the vault is locked or closed. */
export class VaultLocked extends AppError {
  constructor() {
    super('VAULT_LOCKED', {
      message: 'Token Desk is locked',
      advice: 'Unlock it and try again.',
      remedy: 'unlock',
    })
  }
}

/** The passphrase does not open the vault. */
export class WrongPassphrase extends AppError {
  /** @param retryAtMs the next try is refused before then, epoch milliseconds; absent where it is not */
  constructor(retryAtMs?: number) {
    super('VAULT_WRONG_PASSPHRASE', {
      message: 'This is not the passphrase',
      advice: 'Check Caps Lock and the keyboard layout, then try again.',
      remedy: 'retry',
      field: 'passphrase',
      retryAtMs,
    })
  }
}

/** Wrong passphrases came before this one, and their pause is not over; this one was not looked at. */
export class TryLater extends AppError {
  /** @param retryAtMs when the pause ends, epoch milliseconds */
  constructor(retryAtMs: number) {
    super('VAULT_TRY_LATER', {
      message: 'Wait a moment before the next try',
      advice: 'A few passphrases in a row were wrong. This one was not tried.',
      remedy: 'retry',
      field: 'passphrase',
      retryAtMs,
    })
  }
}

/** The keyring protects the vault: there is no passphrase to compare with. */
export class NoPassphrase extends AppError {
  constructor() {
    super('VAULT_NO_PASSPHRASE', {
      message: 'This vault has no passphrase',
      advice: 'The keyring of this computer protects it. You can set a passphrase in Settings.',
    })
  }
}

/** A new passphrase is too short to protect anything. */
export class WeakPassphrase extends AppError {
  /** @param minLength characters that a passphrase must have */
  constructor(minLength: number) {
    super('VAULT_WEAK_PASSPHRASE', {
      message: 'This passphrase is too short',
      advice: `Use at least ${minLength} characters; four unrelated words are good.`,
      field: 'passphrase',
    })
  }
}

/** The file comes from a later Token Desk; nothing was touched. */
export class VaultNewerVersion extends AppError {
  constructor() {
    super('VAULT_NEWER_VERSION', {
      message: 'This vault was made by a newer Token Desk',
      advice: 'Install the newest version of Token Desk. Nothing was changed.',
      remedy: 'quit',
    })
  }
}

/** The part of the file that holds the wrapped key cannot be used. */
export class VaultDamaged extends AppError {
  constructor(cause?: unknown) {
    super('VAULT_DAMAGED', {
      message: 'The key in the vault file is damaged',
      advice: `Restore from a backup, put a copy of the file back, or start afresh. ${KEPT}`,
      remedy: 'start-afresh',
      cause,
    })
  }
}

/** The system does not let us read the file: no rights, a folder in its place, a failing disk. */
export class VaultUnreadable extends AppError {
  constructor(cause?: unknown) {
    super('VAULT_UNREADABLE', {
      message: 'The vault file cannot be read',
      advice: 'Check that you may read and write the data folder, then try again.',
      remedy: 'retry',
      cause,
    })
  }
}

/**
 * A record or one of its sealed secrets is not as the vault wrote it, although the key is right; or
 * the record does not say what its room needs.
 */
export class RecordDamaged extends AppError {
  constructor(cause?: unknown) {
    super('VAULT_RECORD_DAMAGED', {
      message: 'This entry was damaged in the vault file',
      advice: 'Authorize the workspace again, or enter the secret again. The file was kept.',
      remedy: 'authorize-again',
      cause,
    })
  }
}

/** There is no such record, or it has no such secret. */
export class SecretNotFound extends AppError {
  constructor() {
    super('SECRET_NOT_FOUND', {
      message: 'This secret is not in the vault any more',
      advice: 'It may have been removed meanwhile. Close this and look again.',
    })
  }
}

/** The change is not on disk; the vault is as it was before. */
export class VaultWriteFailed extends AppError {
  constructor(cause?: unknown) {
    super('VAULT_WRITE_FAILED', {
      message: 'The vault could not be saved',
      advice: 'Check the free space and the rights of the data folder, then try again.',
      remedy: 'retry',
      cause,
    })
  }
}

/** Another process changed the very entry since it was read; saving would lose what it wrote. */
export class RecordChanged extends AppError {
  constructor() {
    super('VAULT_RECORD_CHANGED', {
      message: 'This entry was changed meanwhile by another Token Desk',
      advice: 'Nothing was saved. Look at it as it is now, then try again.',
      remedy: 'retry',
    })
  }
}

/** The vault is open and well: there is no reason to begin another. */
export class VaultInUse extends AppError {
  constructor() {
    super('VAULT_IN_USE', {
      message: 'The vault is open',
      advice: 'Lock it first, if you want to begin an empty one. Nothing was changed.',
    })
  }
}
