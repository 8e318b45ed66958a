import type { Handlers } from '../contract/api.ts'
import { redirectUrls } from '../contract/redirect.ts'
import type { Browser } from '../platform/browser.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import { appPageUrl, slackEndpoints } from '../slack/environment.ts'
import type { SlackApps } from './slack-apps.ts'

export interface SlackAppHandlerOptions {
  readonly slackApps: SlackApps
  readonly browser: Browser
  readonly clipboard: Clipboard
}

/** The part of the contract about Slack app entries and their pages at Slack. */
export function slackAppHandlers({ slackApps, browser, clipboard }: SlackAppHandlerOptions) {
  return {
    'slack-apps/add': async (input) => ({ slackAppId: await slackApps.add(input) }),
    'slack-apps/update': (slackAppId, input) => slackApps.update(slackAppId, input),
    'slack-apps/remove': (slackAppId) => slackApps.remove(slackAppId),
    'slack-apps/open-settings': (environment) =>
      browser.open(slackEndpoints(environment).appSettingsUrl),
    'slack-apps/open-page': (slackAppId, page) => {
      const { environment, appId } = slackApps.get(slackAppId)
      return browser.open(appPageUrl(slackEndpoints(environment), appId, page))
    },
    'slack-apps/copy-redirect-urls': (strategy, index, environment) => {
      const urls = redirectUrls(strategy, environment)
      return clipboard.writeText(index === null ? urls.join('\n') : (urls[index] ?? ''))
    },
  } satisfies Partial<Handlers>
}
