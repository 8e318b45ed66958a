import { type Refusal, refusal } from './refusal.ts'

/** What apps.uninstall says in its own way. Source: slack-auth section 8 (docs: apps.uninstall). */
export const UNINSTALL_REFUSALS: Readonly<Record<string, Refusal>> = {
  client_id_token_mismatch: refusal(
    'The token belongs to another Slack app',
    'Check the client ID of the Slack app.',
    'edit-slack-app',
    'alive',
  ),
  no_permission: refusal(
    'This token may not uninstall the app',
    'A bot token may not uninstall. Authorize a user token too, or remove the app in the workspace’s own settings.',
    'none',
    'alive',
  ),
}
