import { AppError } from '../errors.ts'

/** Nothing here may create or change apps of that Slack. */
export class ConfigurationTokenMissing extends AppError {
  /** @param label name of the Slack environment, such as `slack.com` */
  constructor(label: string) {
    super('CONFIGURATION_TOKEN_MISSING', {
      message: `No configuration token for ${label}`,
      advice: 'Paste one with Import token, or open the prefilled page in Slack instead.',
      remedy: 'open-app-settings',
    })
  }
}

/** The configuration token is not in the vault (any more). */
export class ConfigurationTokenNotFound extends AppError {
  constructor() {
    super('CONFIGURATION_TOKEN_NOT_FOUND', {
      message: 'This configuration token is not in Token Desk any more',
      advice: 'It was removed. Import it again if you need it.',
    })
  }
}

/** It was imported without what renews it. */
export class NoRefreshToken extends AppError {
  constructor() {
    super('SECRET_NOT_FOUND', {
      message: 'This configuration token has no refresh token',
      advice: 'Make a new pair on Slack’s page of apps, then import both of its tokens.',
      remedy: 'open-app-settings',
    })
  }
}

/** Slack gave a new pair and has ended the old refresh token, and the vault could not take it. */
export class ConfigurationTokenNotKept extends AppError {
  constructor(failed: AppError) {
    super(failed.code, {
      message: 'Slack renewed the configuration token, but it could not be kept',
      advice: `${failed.advice} Then refresh it again before you lock or quit Token Desk. After that, only a new pair from Slack’s page of apps helps.`,
      remedy: 'retry',
      cause: failed,
    })
  }
}
