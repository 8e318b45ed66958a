/** The redirect URLs of a manifest. Source: slack-auth section 2. */
import { blockAt, type ManifestRule, problem, warning } from './manifest-rule.ts'

const MAX_URLS = 1000
const MAX_LENGTH = 2500
const PATH = ['oauth_config', 'redirect_urls'] as const

export function redirectRules(manifest: unknown): ManifestRule[] {
  const { redirect_urls: urls, pkce_enabled: pkce } = blockAt(manifest, 'oauth_config')
  if (urls === undefined) return []
  if (!Array.isArray(urls)) {
    return [problem(PATH, 'redirect_urls is not a list', 'Put each address on a line of its own.')]
  }
  const tooMany = urls.length > MAX_URLS
  return [
    ...(tooMany ? [problem(PATH, 'There are too many redirect URLs', 'Slack takes 1,000.')] : []),
    ...urls
      .slice(0, MAX_URLS)
      .flatMap((url, index) => urlRules(url, [...PATH, index], pkce === true)),
  ]
}

function urlRules(url: unknown, path: ManifestRule['path'], hasPkce: boolean): ManifestRule[] {
  if (typeof url !== 'string' || !URL.canParse(url)) {
    return [
      problem(path, 'This is no web address', 'Enter one such as https://example.com/callback.'),
    ]
  }
  if (url.length > MAX_LENGTH) {
    return [problem(path, 'This redirect URL is too long', 'Slack takes 2,500 characters.')]
  }
  if (url.includes('#')) {
    return [problem(path, 'A redirect URL has no # in it', 'Remove the # and what follows.')]
  }
  return new URL(url).protocol === 'http:' ? plainHttpRules(url, path, hasPkce) : []
}

/** Custom schemes are let through: they are desktop redirects, with PKCE or without the setting. */
function plainHttpRules(url: string, path: ManifestRule['path'], hasPkce: boolean): ManifestRule[] {
  const { hostname } = new URL(url)
  if (!['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
    return [problem(path, 'Slack takes https only', 'Begin the address with https://.')]
  }
  if (!hasPkce) {
    return [
      problem(
        path,
        'Plain http needs PKCE',
        'Use https://localhost, or set pkce_enabled. Slack cannot turn PKCE off again.',
      ),
    ]
  }
  if (hostname === 'localhost') return []
  return [
    warning(
      path,
      'Slack may take localhost alone for this computer',
      'You can keep it, but http://localhost is what Slack describes.',
    ),
  ]
}
