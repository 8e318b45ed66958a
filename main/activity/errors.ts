import { AppError } from '../errors.ts'

/** The chosen file of an export could not be written. */
export class ActivityExportFailed extends AppError {
  constructor(cause?: unknown) {
    super('ACTIVITY_EXPORT_FAILED', {
      message: 'The file could not be written',
      advice: 'Choose another folder, or check the rights and the space there, then export again.',
      remedy: 'retry',
      cause,
    })
  }
}
