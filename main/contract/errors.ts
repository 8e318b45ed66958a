import * as z from 'zod'

/** Every failure a user can meet, `ROOM_WHAT_HAPPENED`. Codes are stable: tests and scripts rely on them. */
export const ERROR_CODES = [
  'UNEXPECTED',
  // ipc
  'IPC_BAD_ARGUMENTS',
  'IPC_UNKNOWN_SENDER',
  // input: something the user typed, with `field` naming where
  'INPUT_INVALID',
  // vault
  'VAULT_LOCKED',
  'VAULT_IN_USE',
  'VAULT_WRONG_PASSPHRASE',
  'VAULT_WEAK_PASSPHRASE',
  'VAULT_KEYRING_UNAVAILABLE',
  'VAULT_KEYRING_LOST_KEY',
  'VAULT_NEWER_VERSION',
  'VAULT_DAMAGED',
  'VAULT_UNREADABLE',
  'VAULT_RECORD_DAMAGED',
  'VAULT_WRITE_FAILED',
  'VAULT_TRY_LATER',
  'VAULT_BUSY',
  'VAULT_RECORD_CHANGED',
  'VAULT_NO_PASSPHRASE',
  'USER_CHECK_REQUIRED',
  'USER_CHECK_FAILED',
  'USER_CHECK_IMPOSSIBLE',
  'BACKUP_NOT_A_BACKUP',
  'BACKUP_DAMAGED',
  'BACKUP_NEWER_VERSION',
  'BACKUP_WRONG_PASSPHRASE',
  'BACKUP_UNREADABLE',
  'BACKUP_WRITE_FAILED',
  'BACKUP_GONE',
  // oauth
  'OAUTH_PORTS_BUSY',
  'OAUTH_ACCESS_DENIED',
  'OAUTH_CALLBACK_INVALID',
  'OAUTH_STATE_UNKNOWN',
  'OAUTH_EXPIRED',
  'OAUTH_CANCELLED',
  'OAUTH_OTHER_TEAM',
  'OAUTH_BROWSER_FAILED',
  'OAUTH_CERTIFICATE_FAILED',
  'CERTIFICATE_TOOL_MISSING',
  'CERTIFICATE_TRUST_FAILED',
  // slack
  'SLACK_REFUSED',
  'SLACK_NO_ANSWER',
  'SLACK_GARBAGE',
  'SLACK_RATE_LIMITED',
  'SLACK_ID_TOKEN_INVALID',
  // workspaces
  'WORKSPACE_NOT_FOUND',
  'SLACK_APP_NOT_FOUND',
  'SLACK_APP_IN_USE',
  'SLACK_APP_CHANGED',
  'SLACK_HOST_REFUSED',
  'SECRET_NOT_FOUND',
  'IMPORT_SESSION_TOKEN',
  'IMPORT_NOT_RECOGNISED',
  'IMPORT_CLIPBOARD_EMPTY',
  'IMPORT_NOT_FOUND',
  'IMPORT_FILE_UNREADABLE',
  'UNINSTALL_IMPOSSIBLE',
  'REFRESH_IMPOSSIBLE',
  'REFRESH_WAITS',
  'REFRESH_OTHER_TOKEN',
  'TOKEN_EXCHANGE_IMPOSSIBLE',
  'MANIFEST_INVALID',
  'MANIFEST_CHANGED_AT_SLACK',
  'CONFIGURATION_TOKEN_MISSING',
  'CONFIGURATION_TOKEN_NOT_FOUND',
  // practice
  'PRACTICE_PORT_BUSY',
  'PRACTICE_FAILED',
  // env
  'ENV_NAME_INVALID',
  'ENV_VALUE_UNWRITABLE',
  'ENV_UNCLOSED_QUOTE',
  'ENV_JUNK_LINE',
  'ENV_NUL',
  'ENV_UTF16',
  'ENV_BINARY',
  'ENV_TOO_LARGE',
  'ENV_IS_DIRECTORY',
  'ENV_NOT_A_FILE',
  'ENV_HARD_LINKED',
  'ENV_UNREADABLE',
  'ENV_READ_ONLY',
  'ENV_CHANGED_SINCE_PREVIEW',
  'ENV_NOT_FOUND',
  'ENV_WRITE_FAILED',
  'ENV_READ_BACK_FAILED',
  'ENV_PREVIEW_GONE',
  'ENV_NOTHING_TO_UNDO',
  'ENV_CHANGED_SINCE_WRITE',
  'ENV_GITIGNORE_FAILED',
  // sharing
  'CLIPBOARD_FAILED',
  'SHARING_TOO_OFTEN',
  // activity
  'ACTIVITY_EXPORT_FAILED',
] as const

export const errorCode = z.enum(ERROR_CODES)
export type ErrorCode = z.infer<typeof errorCode>

/** What the one button beside a failure does. `none`: the sentence says all there is to do. */
export const REMEDIES = [
  'none',
  'retry',
  'paste-address',
  'edit-slack-app',
  'open-app-settings',
  'authorize-again',
  'unlock',
  'start-afresh',
  'choose-file',
  'preview-again',
  'quit',
  'report',
  'confirm-user',
  'restore-backup',
] as const
export const remedy = z.enum(REMEDIES)
export type Remedy = z.infer<typeof remedy>

/** A failure as data: all that crosses to the renderer. Never holds a secret, a stack or a system message. */
export const failure = z.object({
  code: errorCode,
  /** What happened: one short sentence, the heading of the notice. */
  message: z.string(),
  /** What the user can do: one or two sentences. */
  advice: z.string(),
  remedy,
  /** Slack's own code, such as `bad_client_secret`, where Slack sent one. */
  slackCode: z.string().optional(),
  /** The form field that it is about, such as `clientId`. */
  field: z.string().optional(),
  /** When it happened, epoch milliseconds. */
  atMs: z.number().optional(),
  /** The earliest moment at which trying again makes sense, epoch milliseconds. */
  retryAtMs: z.number().optional(),
})
export type Failure = z.infer<typeof failure>

/** What every call answers. A rejected promise would lose the code on its way through Electron. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }
