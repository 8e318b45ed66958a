import type { TrustStores, TrustStoresOptions } from './trust-stores.ts'

/** The user's trust stores, whose code is read with the first call: no start needs it. */
export type LazyTrustStores = () => Promise<TrustStores>

/** As `createTrustStores`; every call answers the same stores, so that their calls still run one by one. */
export function createLazyTrustStores(options: TrustStoresOptions): LazyTrustStores {
  let loading: Promise<TrustStores> | null = null
  const load = async () => {
    const { createTrustStores } = await import('./trust-stores.ts')
    return createTrustStores(options)
  }
  return () => {
    loading ??= load()
    return loading
  }
}
