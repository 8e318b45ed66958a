import type { CredentialKind, CredentialView } from '../../../main/contract/views.ts'
import type { IconName } from '../../parts/icon.tsx'

/** "Bot token": the kind as a heading. */
export const KIND_NAMES: Readonly<Record<CredentialKind, string>> = {
  bot: 'Bot token',
  user: 'User token',
  app: 'App-level token',
  webhook: 'Webhook URL',
  'sign-in': 'Sign-in token',
  'id-token': 'ID token',
  'signing-secret': 'Signing secret',
  'verification-token': 'Verification token',
  'client-id': 'Client ID',
  'client-secret': 'Client secret',
}

/** The sign of a kind. */
export const KIND_ICONS: Readonly<Record<CredentialKind, IconName>> = {
  bot: 'robot',
  user: 'person',
  app: 'plug',
  webhook: 'webhook',
  'sign-in': 'person',
  'id-token': 'person',
  'signing-secret': 'shield',
  'verification-token': 'shield',
  'client-id': 'slack-app',
  'client-secret': 'key',
}

/**
 * Tells one credential of an installation from the others: "Bot token", and with several of one kind
 * "User token of Ada", "Webhook URL of #deploys".
 */
export function credentialName(credential: CredentialView, all: readonly CredentialView[]): string {
  const kind = KIND_NAMES[credential.kind]
  const hasTwin = all.some((one) => one.kind === credential.kind && one.id !== credential.id)
  const whose = credential.channel ?? credential.userName ?? credential.userId
  return hasTwin && whose !== null ? `${kind} of ${whose}` : kind
}

/** The same within a sentence: "bot token", "user token of Ada"; "ID token" and "URL" stay as they are. */
export function nameInSentence(credential: CredentialView, all: readonly CredentialView[]): string {
  const name = credentialName(credential, all)
  return /^[A-Z]{2}/.test(name) ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`
}

/** Slack can check what acts as a bot or as a person. Source: slack-auth sections 6 and 8. */
export function isCheckable({ kind }: CredentialView): boolean {
  return kind === 'bot' || kind === 'user' || kind === 'sign-in'
}

/** "Ada Lovelace, ada@example.com": who signed in, as far as Slack told; null for other kinds. */
export function signedInWords(credential: CredentialView): string | null {
  if (credential.kind !== 'sign-in' && credential.kind !== 'id-token') return null
  const { userName, userId, userEmail } = credential
  const words = [userName ?? userId, userEmail].filter((part) => part !== null)
  return words.length === 0 ? null : words.join(', ')
}
