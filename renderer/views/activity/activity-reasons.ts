import type { ErrorCode } from '../../../main/contract/errors.ts'
import type { ActivityEntry } from '../../../main/contract/views.ts'

/** Why, in the words of a sentence that goes on; null where there is nothing to say. */
export function reasonOf({ code, slackCode }: ActivityEntry): string | null {
  if (slackCode !== null) return SLACK_REASONS.get(slackCode) ?? `Slack says ${slackCode}`
  return code === null ? null : (REASONS[code] ?? null)
}

const SLACK_REASONS: ReadonlyMap<string, string> = new Map([
  ['token_revoked', 'the token was revoked'],
  ['token_expired', 'the token expired'],
  ['invalid_auth', 'Slack does not accept the token'],
  ['account_inactive', 'the app or the account was removed'],
  ['invalid_refresh_token', 'Slack does not accept the refresh token'],
  ['access_denied', 'the request was cancelled in Slack'],
  ['bad_client_secret', 'Slack did not accept the client secret'],
  ['bad_redirect_uri', 'Slack did not accept the redirect URL'],
  ['invalid_client_id', 'Slack does not know the client ID'],
  ['invalid_code', 'the code from Slack was no longer valid'],
  ['ratelimited', 'Slack asked to wait'],
])

/** Of the others the act and the code in the opened row say enough. */
const REASONS: Readonly<Partial<Record<ErrorCode, string>>> = {
  UNEXPECTED: 'something went wrong in Token Desk',
  VAULT_LOCKED: 'Token Desk was locked',
  VAULT_WRONG_PASSPHRASE: 'wrong passphrase',
  VAULT_KEYRING_UNAVAILABLE: 'the keyring did not answer',
  VAULT_KEYRING_LOST_KEY: 'the keyring lost the key',
  VAULT_NEWER_VERSION: 'the vault is of a newer version',
  VAULT_DAMAGED: 'the vault is damaged',
  VAULT_UNREADABLE: 'the vault could not be read',
  VAULT_RECORD_DAMAGED: 'a part of the vault is damaged',
  VAULT_WRITE_FAILED: 'the vault could not be written',
  VAULT_BUSY: 'another Token Desk was at it',
  VAULT_RECORD_CHANGED: 'it was changed meanwhile',
  USER_CHECK_FAILED: 'you were not recognised',
  BACKUP_NOT_A_BACKUP: 'the file is no backup',
  BACKUP_DAMAGED: 'the backup is damaged',
  BACKUP_NEWER_VERSION: 'the backup is of a newer version',
  BACKUP_WRONG_PASSPHRASE: 'wrong passphrase of the backup',
  BACKUP_UNREADABLE: 'the file could not be read',
  BACKUP_WRITE_FAILED: 'the file could not be written',
  OAUTH_PORTS_BUSY: 'no port was free',
  OAUTH_ACCESS_DENIED: 'the request was cancelled in Slack',
  OAUTH_EXPIRED: 'nobody answered in time',
  OAUTH_BROWSER_FAILED: 'the browser did not open',
  OAUTH_CERTIFICATE_FAILED: 'the certificate could not be made',
  CERTIFICATE_TOOL_MISSING: 'a tool of the system is missing',
  CERTIFICATE_TRUST_FAILED: 'a store did not take it',
  SLACK_REFUSED: 'Slack refused',
  SLACK_NO_ANSWER: 'Slack did not answer',
  SLACK_GARBAGE: 'the answer was not from Slack',
  SLACK_RATE_LIMITED: 'Slack asked to wait',
  SLACK_ID_TOKEN_INVALID: 'the ID token was not valid',
  WORKSPACE_NOT_FOUND: 'the workspace was gone',
  SLACK_APP_NOT_FOUND: 'the Slack app was gone',
  SLACK_APP_IN_USE: 'workspaces use it',
  SLACK_APP_CHANGED: 'the Slack app was changed meanwhile',
  SLACK_HOST_REFUSED: 'its host is not allowed',
  SECRET_NOT_FOUND: 'it was gone',
  REFRESH_IMPOSSIBLE: 'it cannot be refreshed',
  REFRESH_WAITS: 'it waits for Slack',
  TOKEN_EXCHANGE_IMPOSSIBLE: 'it cannot be exchanged',
  UNINSTALL_IMPOSSIBLE: 'something that it needs is missing',
  MANIFEST_INVALID: 'Slack refused the manifest',
  MANIFEST_CHANGED_AT_SLACK: 'the manifest changed at Slack',
  CONFIGURATION_TOKEN_MISSING: 'there is no configuration token',
  ENV_READ_ONLY: 'the file may not be written',
  ENV_CHANGED_SINCE_PREVIEW: 'the file changed since the preview',
  ENV_CHANGED_SINCE_WRITE: 'the file changed since',
  ENV_PREVIEW_GONE: 'the preview was out of date',
  ENV_NOTHING_TO_UNDO: 'there was nothing to undo',
  ENV_NOT_FOUND: 'the file was gone',
  ENV_WRITE_FAILED: 'the file could not be written',
  ENV_GITIGNORE_FAILED: '.gitignore could not be changed',
  CLIPBOARD_FAILED: 'the clipboard did not answer',
}
