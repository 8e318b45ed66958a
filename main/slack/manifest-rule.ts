/** One thing about a manifest that can be told before anything is sent. */
export interface ManifestRule {
  /** A warning does not keep the manifest from being sent. */
  readonly severity: 'problem' | 'warning'
  /** Where: the keys from the top, such as `['oauth_config', 'scopes', 'bot', 0]`. Empty for the whole. */
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly advice: string
  /** What stands there, and what may be put in its place. */
  readonly replace: { readonly from: string; readonly to: string } | null
}

type Path = ManifestRule['path']

export function problem(path: Path, message: string, advice: string): ManifestRule {
  return { severity: 'problem', path, message, advice, replace: null }
}

export function warning(
  path: Path,
  message: string,
  advice: string,
  replace: ManifestRule['replace'] = null,
): ManifestRule {
  return { severity: 'warning', path, message, advice, replace }
}

/** A block of a manifest: its fields, or none where it is missing or no block. */
export function blockAt(value: unknown, ...keys: readonly string[]): Record<string, unknown> {
  let found: unknown = value
  for (const key of keys) found = isBlock(found) && Object.hasOwn(found, key) ? found[key] : null
  return isBlock(found) ? found : {}
}

export function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
