import type { CredentialView, InstallationView } from '../../../main/contract/views.ts'
import { fail } from '../fake-api.ts'
import { DEAD, FAILING, NO_ANSWER, sampleRotating, sampleRotatingUser } from '../sample-refresh.ts'
import {
  SAMPLE_NOW_MS,
  sampleCredential,
  sampleInstallation,
  sampleInstallations,
  sampleSnapshot,
} from '../sample-snapshot.ts'
import { northwind, type Scenario, scenario } from './scenario.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const soon = { expiresAtMs: SAMPLE_NOW_MS + 40 * MINUTE }
const over = { expiresAtMs: SAMPLE_NOW_MS - 5 * MINUTE }

/** Northwind Test with these, beside its app-level token and webhook. */
function rotating(...credentials: CredentialView[]): Scenario {
  const others = sampleInstallations(6).filter(({ id }) => id !== 'inst-northwind')
  const [northwindBefore] = sampleInstallations(1)
  const rest = northwindBefore?.credentials.slice(2) ?? []
  const installation = sampleInstallation({ credentials: [...credentials, ...rest] })
  return scenario(sampleSnapshot(6, { installations: [...others, installation] }), inDetail)
}

const inDetail = { ...northwind, isDetailOpen: true }

/** Every workspace rotates; three of 200 are in trouble, each in its own way. */
function twoHundred(): Scenario {
  const troubles: readonly CredentialView[][] = [
    [sampleRotating(FAILING, soon), sampleRotatingUser()],
    [sampleRotating(DEAD), sampleRotatingUser(DEAD)],
    [sampleRotating({ ...DEAD, isRunning: false }, over)],
  ]
  const installations = sampleInstallations(200).map((one, index): InstallationView => {
    const trouble = index % 5 === 2 ? troubles[(index - 2) / 5] : undefined
    if (trouble) return { ...one, credentials: trouble }
    return { ...one, credentials: [sampleRotating({ isRunning: index === 4 })] }
  })
  const [, , first] = installations
  return scenario(sampleSnapshot(200, { installations }), {
    workspaceId: first?.id ?? null,
    isDetailOpen: true,
  })
}

/** Workspaces whose tokens rotate, by how refreshing goes. */
export const REFRESH_SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  rotating: () => rotating(sampleRotating(), sampleRotatingUser()),
  refreshing: () => rotating(sampleRotating({ isRunning: true }), sampleRotatingUser()),
  'refresh-failing': () => rotating(sampleRotating(FAILING, soon), sampleRotatingUser()),
  'refresh-failing-all': () =>
    rotating(sampleRotating(FAILING, soon), sampleRotatingUser(FAILING, soon)),
  'refresh-failing-over': () => rotating(sampleRotating(FAILING, over), sampleRotatingUser()),
  'refresh-dead': () => rotating(sampleRotating(DEAD), sampleRotatingUser()),
  'refresh-dead-over': () => rotating(sampleRotating(DEAD, over), sampleRotatingUser()),
  'refresh-dead-and-failing': () =>
    rotating(sampleRotating(DEAD), sampleRotatingUser(FAILING, soon)),
  'refresh-pkce': () =>
    rotating(
      sampleRotatingUser({}, { refreshExpiresAtMs: SAMPLE_NOW_MS + 28 * DAY }),
      sampleRotatingUser({}, { id: 'u2', userName: 'Bo', refreshExpiresAtMs: SAMPLE_NOW_MS + DAY }),
    ),
  'refresh-answer': () => {
    const { start } = rotating()
    const snapshot = sampleSnapshot(6)
    const installations = snapshot.installations.map((one) =>
      one.id === 'inst-northwind' ? { ...one, credentials: [sampleRotating()] } : one,
    )
    return scenario({ ...snapshot, installations }, start, {
      'workspaces/refresh': fail(NO_ANSWER.code, NO_ANSWER),
    })
  },
  'can-exchange': () => rotating(sampleCredential({ canExchange: true })),
  'can-exchange-two': () =>
    rotating(
      sampleCredential({ canExchange: true }),
      sampleRotatingUser(
        {},
        { rotates: false, expiresAtMs: null, refresh: null, canExchange: true },
      ),
    ),
  'two-hundred-rotating': twoHundred,
}
