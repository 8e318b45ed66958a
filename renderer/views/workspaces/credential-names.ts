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

/** Slack can check and revoke bot and user tokens alone. Source: slack-auth sections 7 and 8. */
export function isCheckable(credential: CredentialView): boolean {
  return credential.kind === 'bot' || credential.kind === 'user'
}
