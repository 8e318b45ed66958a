import type { CallName, EventName } from './calls.ts'

/**
 * The names of the calls and events as plain text. The preload is built from these, so that no schema
 * library runs in the page. A name that is missing here fails to compile.
 */
const callNames = {
  'desk/load': true,
  'desk/set-theme': true,
  'desk/open-data-folder': true,
  'desk/copy-diagnostics': true,
  'desk/quit': true,
  'vault/choose-passphrase': true,
  'vault/unlock': true,
  'vault/lock': true,
  'vault/start-afresh': true,
  'vault/show-damaged-file': true,
  'vault/dismiss-recovery': true,
  'practice/try': true,
  'slack-apps/add': true,
  'slack-apps/update': true,
  'slack-apps/remove': true,
  'slack-apps/open-settings': true,
  'slack-apps/copy-redirect-urls': true,
  'slack-apps/open-page': true,
  'slack-apps/copy-install-link': true,
  'manifests/draft': true,
  'manifests/read': true,
  'manifests/of-app': true,
  'manifests/export': true,
  'manifests/copy': true,
  'manifests/open-prefilled': true,
  'manifests/create': true,
  'manifests/compare': true,
  'manifests/update': true,
  'configuration-tokens/refresh': true,
  'configuration-tokens/remove': true,
  'workspaces/authorize': true,
  'workspaces/authorize-by-paste': true,
  'workspaces/check': true,
  'workspaces/check-all': true,
  'workspaces/cancel-check-all': true,
  'workspaces/rename': true,
  'workspaces/set-note': true,
  'workspaces/revoke': true,
  'workspaces/uninstall': true,
  'workspaces/remove': true,
  'authorizations/open-again': true,
  'authorizations/copy-link': true,
  'authorizations/read-pasted-address': true,
  'authorizations/use-pasted-address': true,
  'authorizations/forget-pasted-address': true,
  'authorizations/cancel': true,
  'authorizations/try-again': true,
  'authorizations/keep-other-team': true,
  'authorizations/refuse-other-team': true,
  'authorizations/put-away': true,
  'import/read-clipboard': true,
  'import/check': true,
  'import/choose-file': true,
  'import/store': true,
  'import/discard': true,
  'sharing/copy-line': true,
  'sharing/copy-app-lines': true,
  'sharing/reveal': true,
  'sharing/recent-env-files': true,
  'sharing/choose-env-file': true,
  'sharing/preview-write': true,
  'sharing/write': true,
  'sharing/undo-write': true,
  'sharing/copy-untrack-command': true,
  'certificate/look': true,
  'certificate/trust': true,
  'certificate/untrust': true,
} as const satisfies Record<CallName, true>

const eventNames = {
  'desk/changed': true,
  'desk/command': true,
} as const satisfies Record<EventName, true>

/** Every call, for the preload and for tests that walk all channels. */
export const CALL_NAMES = Object.keys(callNames) as CallName[]

/** Every event, for the preload. */
export const EVENT_NAMES = Object.keys(eventNames) as EventName[]
