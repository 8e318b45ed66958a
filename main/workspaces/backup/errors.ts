import { AppError } from '../../errors.ts'

const ANOTHER_FILE = 'Choose another backup. Nothing was changed.'

/** The file is something else. */
export class NotABackup extends AppError {
  constructor(cause?: unknown) {
    super('BACKUP_NOT_A_BACKUP', {
      message: 'This file is no Token Desk backup',
      advice: 'Choose a file that ends in .tokendesk-backup. Nothing was changed.',
      remedy: 'choose-file',
      cause,
    })
  }
}

/** It is a backup, and it is not as it was written, or holds what no Token Desk writes. */
export class BackupDamaged extends AppError {
  constructor(cause?: unknown) {
    super('BACKUP_DAMAGED', {
      message: 'This backup is damaged',
      advice: ANOTHER_FILE,
      remedy: 'choose-file',
      cause,
    })
  }
}

/** A later Token Desk wrote it. */
export class BackupNewerVersion extends AppError {
  constructor() {
    super('BACKUP_NEWER_VERSION', {
      message: 'This backup was made by a newer Token Desk',
      advice: 'Install the newest version of Token Desk, then try again. Nothing was changed.',
    })
  }
}

/** The passphrase is not the one that the backup was made with. */
export class BackupWrongPassphrase extends AppError {
  constructor() {
    super('BACKUP_WRONG_PASSPHRASE', {
      message: 'This is not the passphrase of this backup',
      advice: 'A backup has a passphrase of its own. Check Caps Lock, then try again.',
      remedy: 'retry',
      field: 'passphrase',
    })
  }
}

/** The system does not let us read the file, or it is no ordinary file. */
export class BackupUnreadable extends AppError {
  constructor(cause?: unknown) {
    super('BACKUP_UNREADABLE', {
      message: 'This file cannot be read',
      advice: 'Check that it is still there and that you may read it, or choose another one.',
      remedy: 'choose-file',
      cause,
    })
  }
}

/** No backup that this app writes is that big. */
export class BackupTooLarge extends AppError {
  constructor() {
    super('BACKUP_UNREADABLE', {
      message: 'This file is too large for a backup',
      advice: ANOTHER_FILE,
      remedy: 'choose-file',
    })
  }
}

/** The backup is not on disk; what stood under its name stands there as before. */
export class BackupWriteFailed extends AppError {
  constructor(cause?: unknown) {
    super('BACKUP_WRITE_FAILED', {
      message: 'The backup could not be written',
      advice: 'Check the free space and the rights of that folder, or choose another one.',
      remedy: 'retry',
      cause,
    })
  }
}

/** Another file stands there; a backup takes the place of an older backup alone. */
export class BackupWouldReplace extends AppError {
  constructor() {
    super('BACKUP_WRITE_FAILED', {
      message: 'Something else than a backup has this name',
      advice: 'It was left as it is. Choose another name.',
      remedy: 'retry',
    })
  }
}

/** There is more than a backup can hold. */
export class BackupOverfull extends AppError {
  constructor() {
    super('BACKUP_WRITE_FAILED', {
      message: 'There is too much here for one backup',
      advice: 'Remove workspaces that you do not need any more, then try again.',
    })
  }
}

/** It was put away, or ten minutes have passed. */
export class BackupGone extends AppError {
  constructor() {
    super('BACKUP_GONE', {
      message: 'The backup is not open any more',
      advice: 'Choose the file again. Nothing was changed.',
      remedy: 'choose-file',
    })
  }
}

/** The preview was for a vault that could not be opened, and now it is open. */
export class VaultOpenMeanwhile extends AppError {
  constructor() {
    super('VAULT_IN_USE', {
      message: 'The vault is open now',
      advice: 'Open the backup again to see what it would change. Nothing was changed.',
      remedy: 'choose-file',
    })
  }
}
