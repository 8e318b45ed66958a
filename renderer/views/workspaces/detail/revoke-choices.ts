import type { CredentialView, InstallationView } from '../../../../main/contract/views.ts'
import { credentialName, isCheckable } from '../credential-names.ts'

/** One line of the dialog that ends tokens. */
export interface RevokeChoice {
  readonly id: string
  readonly title: string
  readonly sentence: string
  readonly masked: string
  /** False for what Slack ends nowhere but on its own pages. */
  readonly canRevoke: boolean
}

/** Whether `auth.revoke` can end it: what Slack can check and has not ended yet. Source: slack-auth 8. */
export function canBeRevoked(credential: CredentialView): boolean {
  return isCheckable(credential) && credential.state !== 'revoked'
}

/**
 * The credentials that are alive, with what ending each means. An ID token ends by itself and a client
 * ID is no secret, so there is nothing to say of them.
 */
export function revokeChoices({ credentials }: InstallationView): RevokeChoice[] {
  return credentials
    .filter((one) => one.state !== 'revoked')
    .filter(({ kind }) => kind !== 'id-token' && kind !== 'client-id')
    .filter((one) => one.kind !== 'webhook' || !credentials.some(isLiveBot))
    .map((one) => ({
      id: one.id,
      title: one.rotates
        ? `${credentialName(one, credentials)} and its refresh token`
        : credentialName(one, credentials),
      sentence: sentenceOf(one, credentials),
      masked: one.masked.slice(one.masked.indexOf('…')),
      canRevoke: canBeRevoked(one),
    }))
}

/**
 * What is left at Slack. Of an app with token rotation each call ends one token and the app stays; else
 * Slack's two pages disagree about how much ends, so the user is warned. Source: slack-auth section 8.
 */
export function revokeNote(installation: InstallationView): { title: string; text: string } {
  const { appName, credentials } = installation
  if (credentials.filter(canBeRevoked).every((one) => one.rotates)) {
    return {
      title: `${appName} stays installed in Slack`,
      text: 'To connect again, authorize the workspace again.',
    }
  }
  return {
    title: 'This may end the whole installation',
    text: `Slack may also end the other tokens of ${appName} in this workspace, with its bot user, slash commands and webhooks.`,
  }
}

function isLiveBot(credential: CredentialView): boolean {
  return credential.kind === 'bot' && canBeRevoked(credential)
}

function sentenceOf(credential: CredentialView, all: readonly CredentialView[]): string {
  switch (credential.kind) {
    case 'bot':
      return webhookSentence(all)
    case 'user':
      return 'Only your own; other people’s stay.'
    case 'sign-in':
      return 'Only reads who signed in.'
    case 'app':
      return 'Revoke it on the app’s page, under Basic Information.'
    case 'webhook':
      return 'Remove it on the app’s page, under Incoming Webhooks.'
    default:
      return 'Make a new one on the app’s page, under Basic Information.'
  }
}

function webhookSentence(all: readonly CredentialView[]): string {
  const hooks = all.filter((one) => one.kind === 'webhook' && one.state !== 'revoked')
  const [only, another] = hooks
  if (!only) return 'What the app does as a bot.'
  if (another) return `Also ends its ${hooks.length} webhooks.`
  return only.channel === null
    ? 'Also ends its webhook.'
    : `Also ends the webhook for ${only.channel}.`
}
