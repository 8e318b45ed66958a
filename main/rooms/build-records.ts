import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import {
  type ConfigurationTokens,
  createConfigurationTokens,
} from '../workspaces/configuration-tokens.ts'
import { createInstallations, type Installations } from '../workspaces/installations.ts'
import { createLazyManifests, type LazyManifests } from '../workspaces/manifests/lazy-manifests.ts'
import { createSlackApps, type SlackApps } from '../workspaces/slack-apps.ts'
import type { Ground } from './build-ground.ts'

/** What the vault keeps for the user, and what is kept of it at Slack. */
export interface Records {
  readonly installations: Installations
  readonly slackApps: SlackApps
  readonly configurationTokens: ConfigurationTokens
  readonly manifests: LazyManifests
}

/** Nothing in it is to be closed; what it sends to Slack is waited for before a lock. */
export function buildRecords(
  ground: Ground,
  outside: { readonly clock: Clock; readonly log: Log },
): Records {
  const { changes, vault, slack, browser, prepare } = ground
  const { clock, log } = outside
  const installations = createInstallations({
    ...{ vault, clock },
    slackApps: () => slackApps.facts(),
    onChange: () => changes.tell('installations'),
  })
  const slackApps: SlackApps = createSlackApps({
    ...{ vault, clock },
    workspacesOf: (slackAppId) =>
      installations
        .all()
        .filter((one) => one.slackAppId === slackAppId)
        .map((one) => one.localName ?? one.teamName),
    onChange: () => {
      changes.tell('slackApps')
      // They are shown with what their app is configured to ask for.
      changes.tell('installations')
    },
  })
  const configurationTokens = createConfigurationTokens({
    ...{ vault, slack, clock, log },
    onChange: () => changes.tell('configurationTokens'),
  })
  const manifests = createLazyManifests({
    ...{ vault, slack, slackApps, installations, configurationTokens },
    ...{ browser, prepare, changes, clock },
  })
  return { installations, slackApps, configurationTokens, manifests }
}
