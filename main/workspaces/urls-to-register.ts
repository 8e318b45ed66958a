import { redirectUrls } from '../contract/redirect.ts'
import type { SlackAppMeta } from './records.ts'

/** The redirect URLs that an app registers with Slack; none where the user's own is not known yet. */
export function urlsToRegister({
  strategy,
  redirectUrl,
  environment,
}: Pick<SlackAppMeta, 'strategy' | 'redirectUrl' | 'environment'>): string[] {
  if (strategy === 'https' || strategy === 'pkce') return redirectUrls(strategy, environment)
  const own = (redirectUrl ?? '').trim()
  return own === '' ? [] : [own]
}
