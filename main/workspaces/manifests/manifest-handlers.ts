import type { Handlers } from '../../contract/api.ts'
import type { Clipboard } from '../../platform/clipboard.ts'
import type { ConfigurationTokens } from '../configuration-tokens.ts'
import type { LazyManifests } from './lazy-manifests.ts'

export interface ManifestHandlerOptions {
  readonly manifests: LazyManifests
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
    'manifests/draft': async (form) => (await manifests.use()).draft(form),
    'manifests/read': async (text) => (await manifests.use()).read(text),
    'manifests/of-app': async (slackAppId) => (await manifests.use()).ofApp(slackAppId),
    'manifests/export': async (slackAppId) => (await manifests.use()).export(slackAppId),
    'manifests/copy': (text) => clipboard.writeText(text),
    'manifests/open-prefilled': async (environment, text) =>
      (await manifests.use()).openPrefilled(environment, text),
    'manifests/create': async (environment, text) =>
      (await manifests.use()).create(environment, text),
    'manifests/compare': async (slackAppId, text) =>
      (await manifests.use()).compare(slackAppId, text),
    'manifests/update': async (slackAppId, text, comparisonId) =>
      (await manifests.use()).update(slackAppId, text, comparisonId),
    'configuration-tokens/refresh': (id) => configurationTokens.refresh(id),
    'configuration-tokens/remove': (id) => configurationTokens.remove(id),
  }
}
