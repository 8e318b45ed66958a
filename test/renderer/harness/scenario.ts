import type { Snapshot } from '../../../main/contract/views.ts'
import type { Place } from '../../../renderer/app/navigation.ts'
import { createFakeApi, type FakeApi, type Overrides } from '../fake-api.ts'

/** What one `?scenario=` shows: main's answers, and where the page begins. */
export interface Scenario {
  readonly api: FakeApi
  readonly start: Partial<Place>
}

/** A scenario of a desk, a place in it, and calls that answer in their own way. */
export function scenario(
  snapshot: Snapshot,
  start: Partial<Place> = {},
  overrides: Overrides = {},
): Scenario {
  return { api: createFakeApi(overrides, snapshot), start }
}
