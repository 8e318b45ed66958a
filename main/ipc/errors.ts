import { AppError } from '../errors.ts'

/** A call came from a frame that is not the app's own page. */
export class UnknownSender extends AppError {
  constructor() {
    super('IPC_UNKNOWN_SENDER', {
      message: 'This page may not use Token Desk',
      advice: 'Only Token Desk’s own window may do this.',
    })
  }
}

/** A call's arguments do not fit the contract. They are not quoted: they may hold a secret. */
export class BadArguments extends AppError {
  constructor() {
    super('IPC_BAD_ARGUMENTS', {
      message: 'Token Desk did not understand this request',
      advice: 'Nothing was changed. Restart Token Desk and try again.',
      remedy: 'report',
    })
  }
}
