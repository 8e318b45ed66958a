import type { ActivityEntry, ActivityKind, CredentialKind } from '../../../main/contract/views.ts'
import type { IconName } from '../../parts/icon.tsx'
import { reasonOf } from './activity-reasons.ts'

/** What is said of one kind of entry. */
interface KindWords {
  /** It was done: "Refreshed bot and user token". */
  readonly done: (entry: ActivityEntry) => string
  /** The act as a thing, for "Check failed: …". */
  readonly act: string
  /** It was done with something to look at, where that is more than `done` and the reason. */
  readonly warning?: (entry: ActivityEntry) => string
  readonly icon: IconName
}

const app = ({ slackApp }: ActivityEntry) => slackApp ?? 'a Slack app'
const withApp = ({ slackApp }: ActivityEntry) => (slackApp === null ? '' : ` with ${slackApp}`)
const tokens = (entry: ActivityEntry) => credentialWords(entry.credentials)
const what = (entry: ActivityEntry) => entry.variable ?? tokens(entry)
const where = ({ file }: ActivityEntry, word: string) => (file === null ? '' : ` ${word} ${file}`)
const listed = (entry: ActivityEntry) =>
  entry.credentials.length === 0 ? '' : `: ${tokens(entry)}`

/** Every kind; the workspace stands beside it. */
const WORDS: Readonly<Record<ActivityKind, KindWords>> = {
  authorized: {
    done: (entry) => `Authorized${withApp(entry)}${listed(entry)}`,
    act: 'Authorization',
    warning: (entry) => `Authorized${withApp(entry)}, but another workspace was wanted`,
    icon: 'key',
  },
  reinstalled: {
    done: (entry) => `Authorized again${withApp(entry)}${listed(entry)}`,
    act: 'Authorization',
    icon: 'key',
  },
  imported: {
    done: (entry) => `Imported ${tokens(entry)}`,
    act: 'Import',
    icon: 'clipboard',
  },
  checked: {
    done: checkedWords,
    act: 'Check',
    warning: checkedWords,
    icon: 'check-circle',
  },
  refreshed: {
    done: (entry) => `Refreshed ${tokens(entry)}`,
    act: 'Refresh',
    warning: () => 'Refresh postponed',
    icon: 'refresh',
  },
  exchanged: {
    done: (entry) => `Made ${tokens(entry)} a rotating one`,
    act: 'Exchange of the token',
    icon: 'refresh',
  },
  copied: {
    done: (entry) => `Copied ${copiedWords(entry)}`,
    act: 'Copying',
    icon: 'copy',
  },
  revealed: { done: (entry) => `Revealed ${tokens(entry)}`, act: 'Revealing', icon: 'eye' },
  written: {
    done: (entry) => `Wrote ${what(entry)}${where(entry, 'to')}`,
    act: 'Write',
    warning: (entry) => `Wrote ${what(entry)}${where(entry, 'to')}${gitWords(entry)}`,
    icon: 'file',
  },
  'write-undone': {
    done: (entry) => `Took ${what(entry)} back${where(entry, 'from')}`,
    act: 'Undo',
    icon: 'file',
  },
  revoked: {
    done: (entry) => `Revoked ${tokens(entry)}`,
    act: 'Revoking',
    warning: () => 'Revoked a part of the tokens',
    icon: 'close',
  },
  uninstalled: {
    done: (entry) => `Uninstalled ${app(entry)} at Slack`,
    act: 'Uninstalling',
    icon: 'trash',
  },
  removed: { done: () => 'Removed from Token Desk', act: 'Removing', icon: 'trash' },
  'slack-app-added': {
    done: (entry) => `Added ${app(entry)}`,
    act: 'Adding the Slack app',
    icon: 'slack-app',
  },
  'slack-app-changed': {
    done: (entry) => `Changed ${app(entry)}`,
    act: 'Change of the Slack app',
    icon: 'slack-app',
  },
  'slack-app-removed': {
    done: (entry) => `Removed ${app(entry)}`,
    act: 'Removing the Slack app',
    icon: 'slack-app',
  },
  'app-created': {
    done: (entry) => `Created ${app(entry)} at Slack`,
    act: 'Creating the app at Slack',
    warning: (entry) => `Created ${app(entry)} at Slack, but one step is missing`,
    icon: 'slack-app',
  },
  'manifest-updated': {
    done: (entry) => `Updated the manifest of ${app(entry)}`,
    act: 'Manifest update',
    warning: (entry) => `Updated the manifest of ${app(entry)}; workspaces need a reinstall`,
    icon: 'slack-app',
  },
  'configuration-token-stored': {
    done: () => 'Stored a configuration token',
    act: 'Storing the configuration token',
    icon: 'key',
  },
  'configuration-token-refreshed': {
    done: () => 'Refreshed the configuration token',
    act: 'Refresh of the configuration token',
    icon: 'refresh',
  },
  'configuration-token-removed': {
    done: () => 'Removed the configuration token',
    act: 'Removing the configuration token',
    icon: 'trash',
  },
  locked: {
    done: ({ detail }) => LOCKED[detail ?? 'user'] ?? 'Locked',
    act: 'Locking',
    icon: 'lock',
  },
  unlocked: { done: () => 'Unlocked', act: 'Unlocking', icon: 'unlock' },
  'unlock-refused': {
    done: () => 'Unlock refused',
    act: 'Unlocking',
    icon: 'lock',
  },
  'passphrase-set': {
    done: () => 'Set a passphrase',
    act: 'Setting the passphrase',
    icon: 'shield',
  },
  'passphrase-changed': {
    done: () => 'Changed the passphrase',
    act: 'Change of the passphrase',
    icon: 'shield',
  },
  'passphrase-removed': {
    done: () => 'Removed the passphrase; the keyring protects the vault',
    act: 'Removing the passphrase',
    icon: 'shield',
  },
  'vault-recovered': {
    done: ({ detail }) => RECOVERED[detail ?? ''] ?? 'Opened what was left of the damaged vault',
    act: 'Opening the damaged vault',
    icon: 'shield',
  },
  'vault-migrated': {
    done: () => 'Brought the vault to the format of this version',
    act: 'Bringing the vault to the format of this version',
    icon: 'shield',
  },
  'started-afresh': {
    done: () => 'Began an empty vault; the old one was kept',
    act: 'Starting afresh',
    icon: 'shield',
  },
  'backed-up': {
    done: (entry) => `Backed up${where(entry, 'to')}`,
    act: 'Backup',
    icon: 'download',
  },
  restored: {
    done: (entry) => `Restored a backup${where(entry, 'from')}`,
    act: 'Restore',
    icon: 'download',
  },
  'settings-changed': {
    done: ({ detail }) => `Changed settings${settingWords(detail)}`,
    act: 'Change of settings',
    icon: 'settings',
  },
  'certificate-trusted': {
    done: () => 'Trusted Token Desk’s certificate',
    act: 'Trusting the certificate',
    icon: 'key',
  },
  'certificate-untrusted': {
    done: () => 'Stopped trusting Token Desk’s certificate',
    act: 'Taking the trust back',
    icon: 'key',
  },
}

/** The sentence of an entry, without a full stop. */
export function sentenceOf(entry: ActivityEntry): string {
  const words = WORDS[entry.what]
  const reason = reasonOf(entry)
  const because = reason === null ? '' : `: ${reason}`
  if (entry.outcome === 'failed') return `${words.act} failed${because}`
  if (entry.outcome === 'done') return words.done(entry)
  return `${(words.warning ?? words.done)(entry)}${because}`
}

/** The sign of an entry: of what went wrong, else of its kind. */
export function iconOf({ what: kind, outcome }: ActivityEntry): IconName {
  if (outcome === 'failed') return 'problem'
  return outcome === 'warning' ? 'warning' : WORDS[kind].icon
}

/** Whom it was about: the workspace, else the Slack app, else the part of Token Desk. */
export function aboutOf({ workspace, slackApp, what: kind }: ActivityEntry): string {
  return workspace ?? slackApp ?? OWN_PARTS[kind] ?? ''
}

const OWN_PARTS: Readonly<Partial<Record<ActivityKind, string>>> = {
  locked: 'Vault',
  unlocked: 'Vault',
  'unlock-refused': 'Vault',
  'passphrase-set': 'Vault',
  'passphrase-changed': 'Vault',
  'passphrase-removed': 'Vault',
  'vault-recovered': 'Vault',
  'vault-migrated': 'Vault',
  'started-afresh': 'Vault',
  'backed-up': 'Vault',
  restored: 'Vault',
  'settings-changed': 'Settings',
  'certificate-trusted': 'Certificate',
  'certificate-untrusted': 'Certificate',
}

export const OUTCOME_WORDS: Readonly<Record<ActivityEntry['outcome'], string>> = {
  done: 'Done',
  warning: 'Warning',
  failed: 'Failed',
}

export const BY_WORDS: Readonly<Record<ActivityEntry['by'], string>> = {
  window: 'You, in the window',
  'command-line': 'You, on the command line',
  itself: 'Token Desk by itself',
}

/** Within a sentence. */
const CREDENTIAL_WORDS: Readonly<Record<CredentialKind, string>> = {
  bot: 'bot token',
  user: 'user token',
  app: 'app-level token',
  webhook: 'webhook URL',
  'sign-in': 'sign-in token',
  'id-token': 'ID token',
  'signing-secret': 'signing secret',
  'verification-token': 'verification token',
  'client-id': 'client ID',
  'client-secret': 'client secret',
}

/** "bot and user token", "bot token, webhook URL": what an act was about. */
export function credentialWords(kinds: readonly CredentialKind[]): string {
  if (kinds.length === 0) return 'tokens'
  const rest = kinds.filter((kind) => kind !== 'bot' && kind !== 'user')
  const isBoth = rest.length + 2 === kinds.length
  const first = isBoth ? ['bot and user token'] : []
  const others = isBoth ? rest : kinds
  return [...first, ...others.map((kind) => CREDENTIAL_WORDS[kind])].join(', ')
}

function checkedWords({ detail, installationId }: ActivityEntry): string {
  if (installationId !== null || detail === null || detail === 'all') return 'Checked the tokens'
  return `Checked all workspaces: ${detail}`
}

function copiedWords(entry: ActivityEntry): string {
  if (entry.variable === null) return tokens(entry)
  return `${entry.variable.includes(',') ? 'env lines' : 'env line'} ${entry.variable}`
}

function gitWords({ detail, code }: ActivityEntry): string {
  if (code !== null) return ''
  return detail === 'tracked' ? ', which git tracks' : ', which git does not ignore'
}

const LOCKED: Readonly<Record<string, string>> = {
  user: 'Locked',
  idle: 'Locked after a while without use',
  'screen-lock': 'Locked because the screen was locked',
  suspend: 'Locked because the computer went to sleep',
  'another-vault': 'Locked because another vault was put in the place of this one',
}

const RECOVERED: Readonly<Record<string, string>> = {
  'last-good': 'Opened the last good copy of the damaged vault',
  empty: 'Began an empty vault; the damaged file was kept',
  incomplete: 'Opened a vault that somebody changed without its key',
}

const SETTINGS: Readonly<Record<string, string>> = {
  autoLockMinutes: 'lock when not used',
  lockOnScreenLock: 'lock with the screen',
  lockOnSuspend: 'lock on sleep',
  asksBeforeSecrets: 'ask before secrets',
  clipboardSeconds: 'clear the clipboard',
  notifies: 'notifications',
}

function settingWords(detail: string | null): string {
  if (detail === null) return ''
  return `: ${detail
    .split(', ')
    .map((name) => SETTINGS[name] ?? name)
    .join(', ')}`
}
