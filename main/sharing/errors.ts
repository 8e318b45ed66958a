import { AppError } from '../errors.ts'

/** The preview is not kept any more, or was written already. */
export class PreviewGone extends AppError {
  constructor() {
    super('ENV_PREVIEW_GONE', {
      message: 'This preview is not kept any more',
      advice: 'Look at a new preview, then write.',
      remedy: 'preview-again',
    })
  }
}

/** The write was undone already, or happened before the last start. */
export class NothingToUndo extends AppError {
  constructor() {
    super('ENV_NOTHING_TO_UNDO', {
      message: 'There is nothing to undo',
      advice: 'Undo works once, until Token Desk is closed. Open the file to change it.',
    })
  }
}

/** The user wants to be asked before a secret leaves, and was not lately. */
export class UserCheckRequired extends AppError {
  constructor() {
    super('USER_CHECK_REQUIRED', {
      message: 'Show that it is you',
      advice: 'You chose to be asked before secrets are shown or copied.',
      remedy: 'confirm-user',
    })
  }
}

/** There is nothing to ask the user: no Touch ID and no passphrase. */
export class UserCheckImpossible extends AppError {
  /** @param isOn whether asking is on already; then it stays on, and no secret leaves */
  constructor(isOn: boolean) {
    super('USER_CHECK_IMPOSSIBLE', {
      message: 'There is nothing to ask you for',
      advice: isOn
        ? 'Touch ID does not answer, and there is no passphrase. Turn Touch ID on again, or lock Token Desk and restore from a backup.'
        : 'Set a passphrase first, or turn on Touch ID.',
    })
  }
}

/** More secrets were asked for in a minute than a person needs. */
export class TooManySecrets extends AppError {
  /** @param waitMs until the next one is given */
  constructor(waitMs: number) {
    super('SHARING_TOO_OFTEN', {
      message: 'Many secrets were asked for in a short time',
      advice: `Wait ${Math.ceil(waitMs / 1000)} s, then try again. If it was not you, lock Token Desk.`,
    })
  }
}
