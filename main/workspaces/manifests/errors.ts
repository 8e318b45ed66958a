import { AppError } from '../../errors.ts'
import type { UnreadableManifest } from './manifest-text.ts'

/** The text holds no manifest, so nothing can be done with it. */
export class ManifestInvalid extends AppError {
  constructor({ line, message, advice }: Omit<UnreadableManifest, 'kind'>) {
    const what = line === null ? message : `Line ${line} ${message}`
    super('MANIFEST_INVALID', { message: what, advice, field: 'manifest' })
  }
}

/** The manifest does not fit into an address. */
export class ManifestTooLongForLink extends AppError {
  constructor() {
    super('MANIFEST_INVALID', {
      message: 'The manifest is too long for a link',
      advice: 'Copy it, and paste it on Slack’s page for a new app.',
      remedy: 'open-app-settings',
    })
  }
}

/** Slack's manifest is not the one that was compared: an update would drop what changed there. */
export class ManifestChangedAtSlack extends AppError {
  constructor() {
    super('MANIFEST_CHANGED_AT_SLACK', {
      message: 'The manifest was changed at Slack',
      advice: 'Nothing was sent. Compare again, so that you see what an update would change.',
      remedy: 'retry',
    })
  }
}

/** Another text than the one that was compared, or the comparison is not kept any more. */
export class ComparisonGone extends AppError {
  constructor() {
    super('MANIFEST_CHANGED_AT_SLACK', {
      message: 'This manifest was not compared with Slack’s',
      advice: 'Nothing was sent. Compare again, so that you see what an update would change.',
      remedy: 'retry',
    })
  }
}

/** Slack is asked about an app by its own ID, and that is not known yet. */
export class AppIdUnknown extends AppError {
  constructor() {
    super('SLACK_APP_NOT_FOUND', {
      message: 'Slack’s ID of this app is not known yet',
      advice: 'Authorize a workspace with it once: Slack tells the ID then.',
    })
  }
}

/** The answer to the creation was lost: trying again at once could make a second app. */
export class AppMayExist extends AppError {
  /** @param lost what kept the answer away */
  constructor(lost: AppError) {
    super(lost.code, {
      message: `${lost.message}, but the app may be there`,
      advice: 'Look at the list of apps on Slack’s page before you create it again.',
      remedy: 'open-app-settings',
      cause: lost,
    })
  }
}

/** Slack made the app, and the vault could not take it. */
export class CreatedAppNotKept extends AppError {
  constructor(appId: string, failed: AppError) {
    super(failed.code, {
      message: `Slack created the app ${appId}, but it could not be kept here`,
      advice: `${failed.advice} Then add the app yourself: its ID and secrets are on Slack’s page under Basic Information.`,
      remedy: 'open-app-settings',
      cause: failed,
    })
  }
}

/** Slack took the new manifest, and the vault could not. */
export class UpdatedAppNotKept extends AppError {
  constructor(failed: AppError) {
    super(failed.code, {
      message: 'Slack has the new manifest, but it could not be kept here',
      advice: `${failed.advice} Then get the manifest from Slack again.`,
      cause: failed,
    })
  }
}
