/** What a restore does, worked out before anything is stored; the preview shows the same. */
import type { RestoreRow } from '../../contract/views.ts'
import type { RecordChange } from '../../vault/vault.ts'
import type { BackupContent } from './content.ts'
import type { Here } from './here.ts'
import { planConfigurationTokens } from './restore-configuration-tokens.ts'
import { planInstallations } from './restore-installations.ts'
import { planSlackApps } from './restore-slack-apps.ts'

/** Records to put, and a row for each entry of the backup. */
export interface Planned {
  readonly put: readonly RecordChange[]
  readonly rows: readonly RestoreRow[]
}

/** Epoch milliseconds. */
export interface RestoreTimes {
  readonly createdAtMs: number
  readonly nowMs: number
}

/**
 * Merges the backup into what is here: what is missing or newer in it is stored, all else stays. Says
 * the same for the same two, and nothing is left to store once it was stored.
 *
 * @throws BackupDamaged for a Slack app that could be handed another one's answers
 */
export function planRestore(content: BackupContent, here: Here, times: RestoreTimes): Planned {
  const slackApps = planSlackApps(content.slackApps, here)
  const installations = planInstallations(content.installations, here, {
    ...times,
    slackAppIds: slackApps.ids,
  })
  const configurationTokens = planConfigurationTokens(content.configurationTokens, here, times)
  const parts = [slackApps, installations, configurationTokens]
  return {
    put: parts.flatMap(({ put }) => put),
    rows: [installations, slackApps, configurationTokens].flatMap(({ rows }) => rows),
  }
}
