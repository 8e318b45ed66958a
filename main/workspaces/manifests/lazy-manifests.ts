import type { Manifests, ManifestsOptions } from './manifests.ts'

/** The manifests, whose code is read with the first use: it brings a YAML parser, which no start needs. */
export interface LazyManifests {
  use(): Promise<Manifests>
  /** As `Manifests.settle`, also of what is only about to begin. */
  settle(): Promise<boolean>
  /** As `Manifests.forget`. */
  forget(): void
}

export function createLazyManifests(options: ManifestsOptions): LazyManifests {
  let loading: Promise<Manifests> | null = null
  let loaded: Manifests | null = null
  const load = async () => {
    const { createManifests } = await import('./manifests.ts')
    loaded = createManifests(options)
    return loaded
  }
  return {
    use() {
      loading ??= load()
      return loading
    },
    async settle() {
      // Whoever asked for them is told why they could not be loaded.
      await Promise.allSettled([loading])
      return (await loaded?.settle()) ?? false
    },
    forget: () => loaded?.forget(),
  }
}
