import type { Place } from '../../../renderer/app/navigation.ts'
import { createFakeApi, type FakeApi, type Overrides } from '../fake-api.ts'
import { sampleAuthorization, sampleSnapshot } from '../sample-snapshot.ts'

/** What main has to show. */
export type Desk = ReturnType<typeof sampleSnapshot>

/** What one `?scenario=` shows: main's answers, and where the page begins. */
export interface Scenario {
  readonly api: FakeApi
  readonly start: Partial<Place>
}

/** One scenario: the desk, where the page begins, and what main answers otherwise. */
export function scenario(
  snapshot: Desk,
  start: Partial<Place> = {},
  overrides: Overrides = {},
): Scenario {
  return { api: createFakeApi(overrides, snapshot), start }
}

export const northwind = { workspaceId: 'inst-northwind' } as const
export const waiting = { authorizationId: 'auth-1' } as const
/** The six workspaces, and one authorization that waits. */
export function authorizing(over: Parameters<typeof sampleAuthorization>[0] = {}): Desk {
  return sampleSnapshot(6, { authorizations: [sampleAuthorization(over)] })
}

/** The desk with its vault in another state. */
export function vault(over: Partial<Desk['vault']>, workspaces = 6): Desk {
  const base = sampleSnapshot(workspaces)
  return { ...base, vault: { ...base.vault, ...over } }
}
