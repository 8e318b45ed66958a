import type { Handlers } from '../../contract/api.ts'
import type { Clipboard } from '../../platform/clipboard.ts'
import type { ConfigurationTokens } from '../configuration-tokens.ts'
import type { Manifests } from './manifests.ts'

export interface ManifestHandlerOptions {
  readonly manifests: Manifests
  readonly configurationTokens: ConfigurationTokens
  readonly clipboard: Clipboard
}

type ManifestHandlers = Pick<
  Handlers,
  Extract<keyof Handlers, `manifests/${string}` | `configuration-tokens/${string}`>
>

/** The part of the contract about manifests, and the tokens that they are sent with. */
export function manifestHandlers(options: ManifestHandlerOptions): ManifestHandlers {
  const { manifests, configurationTokens, clipboard } = options
  return {
    'manifests/draft': (form) => manifests.draft(form),
    'manifests/read': (text) => manifests.read(text),
    'manifests/of-app': (slackAppId) => manifests.ofApp(slackAppId),
    'manifests/export': (slackAppId) => manifests.export(slackAppId),
    'manifests/copy': (text) => clipboard.writeText(text),
    'manifests/open-prefilled': (environment, text) => manifests.openPrefilled(environment, text),
    'manifests/create': (environment, text) => manifests.create(environment, text),
    'manifests/compare': (slackAppId, text) => manifests.compare(slackAppId, text),
    'manifests/update': (slackAppId, text, comparisonId) =>
      manifests.update(slackAppId, text, comparisonId),
    'configuration-tokens/refresh': (id) => configurationTokens.refresh(id),
    'configuration-tokens/remove': (id) => configurationTokens.remove(id),
  }
}
