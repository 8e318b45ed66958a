import {
  type CredentialChanges,
  createCredentialChanges,
} from '../workspaces/credential-changes.ts'
import { createRotation, type Rotation } from '../workspaces/rotation/rotation.ts'
import type { Ground } from './build-ground.ts'
import type { Records } from './build-records.ts'
import type { Outside } from './outside.ts'

/** Keeps tokens fresh, and tells who follows them. */
export interface Rotating {
  readonly rotation: Rotation
  readonly credentialChanges: CredentialChanges
}

/** What it got from Slack must be sealed before a lock; it is to be stopped then. */
export function buildRotation(ground: Ground, records: Records, outside: Outside): Rotating {
  const { vault, slack } = ground
  const { installations, slackApps } = records
  const { locks, clock, log, notifier, settings, showWorkspace, activity } = outside
  return {
    rotation: createRotation({
      ...{ vault, installations, slackApps, slack, locks, clock, log, notifier, showWorkspace },
      notifies: () => settings.get().notifies,
      record: activity.record,
    }),
    credentialChanges: createCredentialChanges({ vault, installations, clock, log }),
  }
}
