import type { NewActivity } from '../activity/activity.ts'
import type { CallValue } from '../contract/calls.ts'
import type { ActNames } from './act-names.ts'
import type { Acts } from './record-acts.ts'

/**
 * Acts on workspaces, Slack apps and configuration tokens. Authorizing and importing are noted where
 * they are stored (`buildAuthorize`, `buildImport`), refreshing by the room that does it.
 */
export function workspaceActs(names: ActNames): Acts {
  return {
    'workspaces/check': (id) => ({ entry: { what: 'checked', ...names.installation(id) } }),
    'workspaces/check-all': () => ({
      entry: { what: 'checked', detail: 'all' },
      done: (report) => [checkedAll(report)],
    }),
    'workspaces/revoke': (id, credentialIds) => {
      const entry: NewActivity = { what: 'revoked', ...names.credentials(id, credentialIds) }
      return { entry, done: (report) => [revoked(entry, report)] }
    },
    'workspaces/uninstall': (id) => ({ entry: { what: 'uninstalled', ...names.installation(id) } }),
    'workspaces/remove': (id) => ({ entry: { what: 'removed', ...names.installation(id) } }),
    // What was stored is noted by the room, one workspace an entry.
    'import/store': () => ({
      entry: { what: 'imported' },
      done: ({ configurationTokens }) =>
        configurationTokens === 0 ? [] : [{ what: 'configuration-token-stored' }],
    }),
    'slack-apps/add': ({ name }) => ({
      entry: { what: 'slack-app-added', slackApp: name },
      done: ({ slackAppId }) => [{ what: 'slack-app-added', ...names.slackApp(slackAppId) }],
    }),
    'slack-apps/update': (id) => ({ entry: { what: 'slack-app-changed', ...names.slackApp(id) } }),
    'slack-apps/remove': (id) => ({ entry: { what: 'slack-app-removed', ...names.slackApp(id) } }),
    'manifests/create': () => ({
      entry: { what: 'app-created' },
      done: (answer) => [created(names, answer)],
    }),
    'manifests/update': (id) => {
      const entry: NewActivity = { what: 'manifest-updated', ...names.slackApp(id) }
      return { entry, done: (answer) => [updated(entry, answer)] }
    },
    'configuration-tokens/refresh': (id) => ({
      entry: { what: 'configuration-token-refreshed', ...names.configurationToken(id) },
    }),
    'configuration-tokens/remove': (id) => ({
      entry: { what: 'configuration-token-removed', ...names.configurationToken(id) },
    }),
  }
}

function checkedAll(report: CallValue<'workspaces/check-all'>): NewActivity {
  const { checked, failed, wasCancelled } = report
  const counts = `${checked} checked, ${failed} failed`
  return {
    what: 'checked',
    outcome: failed > 0 ? 'warning' : 'done',
    detail: wasCancelled ? `${counts}, stopped early` : counts,
  }
}

function revoked(entry: NewActivity, report: CallValue<'workspaces/revoke'>): NewActivity {
  const [first] = report.failures
  if (first === undefined) return entry
  const { code, slackCode = null } = first.failure
  return { ...entry, outcome: report.revoked > 0 ? 'warning' : 'failed', code, slackCode }
}

function created(names: ActNames, answer: CallValue<'manifests/create'>): NewActivity {
  if (answer.kind === 'refused') return refused({ what: 'app-created' })
  return {
    what: 'app-created',
    ...names.slackApp(answer.slackAppId),
    ...(answer.isUnfinished ? { outcome: 'warning', detail: 'unfinished' } : {}),
  }
}

function updated(entry: NewActivity, answer: CallValue<'manifests/update'>): NewActivity {
  if (answer.kind === 'refused') return refused(entry)
  const needsReinstall = answer.permissionsUpdated && answer.workspaceCount > 0
  return needsReinstall ? { ...entry, outcome: 'warning', detail: 'needs-reinstall' } : entry
}

function refused(entry: NewActivity): NewActivity {
  return { ...entry, outcome: 'failed', code: 'MANIFEST_INVALID' }
}
