import { AppError } from '../../errors.ts'

/** Why a token cannot be refreshed from here. */
export type RefreshBlock = 'not-rotating' | 'no-slack-app' | 'no-client-secret'

const REFRESH_ADVICE: Readonly<Record<RefreshBlock, string>> = {
  'not-rotating':
    'Slack gave no refresh token. Such a token lasts, or it has to be authorized again.',
  'no-slack-app':
    'It needs the Slack app that this workspace was authorized with, on the same Slack. Authorize it again.',
  'no-client-secret': 'It needs the client secret of the Slack app. Add it there, then try again.',
}

/** Something is missing that a refresh needs; nothing was sent. */
export class RefreshImpossible extends AppError {
  readonly block: RefreshBlock

  constructor(block: RefreshBlock) {
    super('REFRESH_IMPOSSIBLE', {
      message: 'Token Desk cannot refresh this token',
      advice: REFRESH_ADVICE[block],
      remedy: block === 'no-client-secret' ? 'edit-slack-app' : 'authorize-again',
    })
    this.block = block
  }
}

/** Slack asked to be left alone; nothing was sent. */
export class RefreshWaits extends AppError {
  /** @param waitMs how long it still lasts, milliseconds */
  constructor(waitMs: number) {
    super('REFRESH_WAITS', {
      message: 'Slack asked to wait before the next refresh',
      advice: `Try again in ${Math.max(1, Math.ceil(waitMs / 1000))} s.`,
      remedy: 'retry',
    })
  }
}

/** Slack gave a new pair and has spent the old refresh token, and the vault could not take it. */
export class RefreshNotKept extends AppError {
  constructor(failed: AppError) {
    super(failed.code, {
      message: 'Slack gave a new token, but it could not be kept',
      advice: `${failed.advice} Do not lock or quit Token Desk before: it goes on trying to keep the token.`,
      remedy: 'retry',
      cause: failed,
    })
  }
}

/** The pair that came is for another app, workspace, user or kind of token than the one that was sent. */
export class OtherTokenAnswered extends AppError {
  constructor() {
    super('REFRESH_OTHER_TOKEN', {
      message: 'Slack’s answer was for another token',
      advice:
        'It was sealed apart and is not used. Check the Slack environment, then authorize again.',
      remedy: 'authorize-again',
    })
  }
}

/** Why a token cannot be exchanged for a rotating one. */
export type ExchangeBlock =
  | 'not-long-lived'
  | 'wrong-kind'
  | 'classic'
  | 'ended'
  | 'no-slack-app'
  | 'pkce'
  | 'no-client-secret'

const EXCHANGE_ADVICE: Readonly<Record<ExchangeBlock, string>> = {
  'not-long-lived': 'It expires already, and rotates where Slack gave a refresh token.',
  'wrong-kind': 'Slack rotates bot and user tokens alone.',
  classic: 'It came through classic OAuth, which knows no rotation. Authorize the app anew.',
  ended: 'Slack says that it does not work any more. Authorize again.',
  'no-slack-app':
    'It needs the Slack app that this workspace was authorized with, on the same Slack. Authorize it with one.',
  pkce: 'The Slack app uses PKCE, whose tokens rotate by themselves. Authorize again.',
  'no-client-secret': 'It needs the client secret of the Slack app. Add it there, then try again.',
}

/** The token cannot become a rotating one from here; nothing was sent. */
export class TokenExchangeImpossible extends AppError {
  readonly block: ExchangeBlock

  constructor(block: ExchangeBlock) {
    super('TOKEN_EXCHANGE_IMPOSSIBLE', {
      message: 'Token Desk cannot turn this into a rotating token',
      advice: EXCHANGE_ADVICE[block],
      remedy: block === 'no-client-secret' ? 'edit-slack-app' : 'none',
    })
    this.block = block
  }
}
