import type { UninstallBlock } from '../contract/views.ts'
import { AppError } from '../errors.ts'

/** The installation is not in the vault (any more). */
export class WorkspaceNotFound extends AppError {
  constructor() {
    super('WORKSPACE_NOT_FOUND', {
      message: 'This workspace is not in Token Desk any more',
      advice: 'It was removed. Authorize it again if you need it.',
    })
  }
}

/** The Slack app entry is not in the vault (any more). */
export class SlackAppNotFound extends AppError {
  constructor() {
    super('SLACK_APP_NOT_FOUND', {
      message: 'This Slack app is not in Token Desk any more',
      advice: 'It was removed. Add it again under Slack apps.',
    })
  }
}

/** A Slack app with workspaces cannot be removed: they need it to be authorized again. */
export class SlackAppInUse extends AppError {
  constructor(names: readonly string[]) {
    super('SLACK_APP_IN_USE', {
      message: `${names.length === 1 ? '1 workspace uses' : `${names.length} workspaces use`} this Slack app`,
      advice: `Remove ${names.length === 1 ? 'it' : 'them'} first: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}.`,
    })
  }
}

/** The authorization is over, or was never started here. */
export class AuthorizationNotFound extends AppError {
  constructor() {
    super('OAUTH_STATE_UNKNOWN', {
      message: 'This authorization is over',
      advice: 'Start it again with “Authorize workspace”.',
    })
  }
}

/** Slack let the app into another workspace than the wanted one. */
export class OtherTeam extends AppError {
  /** Name of the workspace that was allowed. */
  readonly allowed: string

  constructor(allowed: string, wanted: string) {
    super('OAUTH_OTHER_TEAM', {
      message: `You allowed ${allowed}, but ${wanted} was wanted`,
      advice: `${allowed} was not added. Keep it as a workspace of its own, or try again.`,
    })
    this.allowed = allowed
  }
}

/** A browser session token (xoxc, xoxd) was pasted. */
export class SessionTokenRefused extends AppError {
  constructor() {
    super('IMPORT_SESSION_TOKEN', {
      message: 'A browser session token was left out',
      advice:
        'It has the full power of your account and is not meant for apps. Use a bot or user token of a Slack app instead.',
    })
  }
}

/** Nothing in the pasted text looks like a token that can be stored. */
export class NotRecognised extends AppError {
  constructor() {
    super('IMPORT_NOT_RECOGNISED', {
      message: 'No Slack token was recognised',
      advice:
        'Tokens begin with xoxb-, xoxp-, xapp- or xoxe. Client IDs and secrets need the name of their variable before them.',
    })
  }
}

/** The clipboard holds no text. */
export class ClipboardEmpty extends AppError {
  constructor() {
    super('IMPORT_CLIPBOARD_EMPTY', {
      message: 'The clipboard holds no text',
      advice: 'Copy the text first, then paste here.',
    })
  }
}

/** The text was put away already. */
export class ImportNotFound extends AppError {
  constructor() {
    super('IMPORT_NOT_FOUND', {
      message: 'The text is not kept any more',
      advice: 'Paste it, or choose the file, again.',
    })
  }
}

/** The file that was chosen cannot be imported from. */
export class ImportFileUnreadable extends AppError {
  constructor(words: { readonly message: string; readonly advice: string }, cause: unknown) {
    const { message, advice } = words
    super('IMPORT_FILE_UNREADABLE', { message, advice, remedy: 'choose-file', cause })
  }
}

/** The credential has no secret under this name. */
export class SecretNotFoundHere extends AppError {
  constructor() {
    super('SECRET_NOT_FOUND', {
      message: 'This secret is not in Token Desk any more',
      advice: 'It was replaced or removed. Look at the workspace again.',
    })
  }
}

/** A check was answered for another workspace than the token's own. */
export class OtherWorkspaceAnswered extends AppError {
  constructor() {
    super('SLACK_GARBAGE', {
      message: 'The answer was for another workspace',
      advice: 'Nothing was changed. Check which Slack this workspace belongs to, then try again.',
      remedy: 'retry',
    })
  }
}

/** Slack answered that it left the token alive. */
export class NotRevoked extends AppError {
  constructor() {
    super('SLACK_REFUSED', {
      message: 'Slack left this token alive',
      advice: 'Try again, or remove the app in the workspace’s own settings.',
      remedy: 'retry',
    })
  }
}

/** A refresh, or another authorization, was under way while its token was revoked. */
export class ReplacedMeanwhile extends AppError {
  constructor() {
    super('VAULT_RECORD_CHANGED', {
      message: 'Another token came while this one was revoked',
      advice: 'The one before has ended. Revoke again to end the new one too.',
      remedy: 'retry',
    })
  }
}

/** The Slack app was edited between the start of an authorization and Slack's answer. */
export class SlackAppChanged extends AppError {
  constructor() {
    super('SLACK_APP_CHANGED', {
      message: 'This Slack app was changed while it waited',
      advice: 'Slack’s answer belongs to what it was before, so it was not used. Try again.',
      remedy: 'retry',
    })
  }
}

/** The user did not want tokens and secrets sent to a custom host. */
export class HostRefused extends AppError {
  constructor(host: string) {
    super('SLACK_HOST_REFUSED', {
      message: `Nothing was sent to ${host}`,
      advice: 'You did not allow this host. Check the base URL of the Slack environment.',
    })
  }
}

const UNINSTALL_ADVICE: Readonly<Record<NonNullable<UninstallBlock>, string>> = {
  'no-slack-app':
    'It needs the Slack app that this workspace was authorized with. Authorize it with one, or remove the app in the workspace’s own settings.',
  'no-client-secret':
    'It needs the client secret of the Slack app. Add it there, or remove the app in the workspace’s own settings.',
  'no-token':
    'It needs a bot or user token that works. Authorize again, or remove the app in the workspace’s own settings.',
}

/** Something is missing that apps.uninstall needs; nothing was sent. */
export class UninstallImpossible extends AppError {
  readonly block: NonNullable<UninstallBlock>

  constructor(block: NonNullable<UninstallBlock>) {
    super('UNINSTALL_IMPOSSIBLE', {
      message: 'Token Desk cannot uninstall the app from here',
      advice: UNINSTALL_ADVICE[block],
    })
    this.block = block
  }
}

/** Nothing is kept here any more, and nothing is to be made anew before the next start. */
export class EverythingDeleted extends AppError {
  constructor() {
    super('VAULT_LOCKED', {
      message: 'Everything was deleted',
      advice: 'Quit Token Desk. Its next start begins as new.',
      remedy: 'quit',
    })
  }
}
