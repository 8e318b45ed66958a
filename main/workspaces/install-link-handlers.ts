import type { Handlers } from '../contract/api.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import { installLink } from './install-link.ts'
import type { SlackApps } from './slack-apps.ts'

export interface InstallLinkHandlerOptions {
  readonly slackApps: SlackApps
  readonly clipboard: Clipboard
}

/** The part of the contract about links for a web server. */
export function installLinkHandlers({ slackApps, clipboard }: InstallLinkHandlerOptions) {
  return {
    'slack-apps/copy-install-link': (slackAppId, kind) =>
      clipboard.writeText(installLink(slackApps.get(slackAppId), kind)),
  } satisfies Partial<Handlers>
}
