import type { ConfigurationTokenView } from '../contract/views.ts'
import { environmentView } from '../slack/environment.ts'
import type {
  ConfigurationToken,
  ConfigurationTokenRecords,
} from './configuration-tokens-records.ts'

/** A configuration token as the page shows it. One that has run out and cannot be renewed is expired. */
export function configurationTokenView(
  token: ConfigurationToken,
  records: ConfigurationTokenRecords,
  nowMs: number,
): ConfigurationTokenView {
  const { id, environment, teamId, teamName, userId, expiresAtMs, state, slackCode } = token
  const canRefresh = records.canRefresh(id)
  const isOver = expiresAtMs !== null && expiresAtMs <= nowMs && !canRefresh && state !== 'revoked'
  return {
    ...{ id, environment: environmentView(environment), teamId, teamName, userId },
    masked: records.readable(id)?.masked() ?? '…',
    ...{ expiresAtMs, canRefresh, state: isOver ? 'expired' : state, slackCode },
  }
}

/** The order of the list. */
export function byEnvironment(a: ConfigurationTokenView, b: ConfigurationTokenView): number {
  return (
    a.environment.label.localeCompare(b.environment.label) ||
    (a.teamName ?? a.teamId ?? '').localeCompare(b.teamName ?? b.teamId ?? '')
  )
}
