import type { RedirectStrategy } from '../../../main/contract/redirect.ts'

/** How Slack returns to Token Desk, in the words of the form and of the list. */
export const STRATEGY_NAMES: Readonly<Record<RedirectStrategy, string>> = {
  https: 'https on localhost',
  pkce: 'PKCE on http localhost',
  paste: 'Paste the address',
  relay: 'Relay',
}
