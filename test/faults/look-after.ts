import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../main/errors.ts'
import { type App, startApp } from '../main/rooms-fixture.ts'
import { installationOf, refsOf } from './jobs.ts'
import { envFile, envText, type PlaceSpec, placeOf } from './place.ts'

/** What may stand in the env file: what was there, or a whole token in place of it. */
export interface Before {
  readonly env: string
  readonly issued: ReadonlySet<string>
}

const SETTLE_MS = 20_000

/**
 * Starts the app again after a fault and says what was lost: nothing, where all is well. The app is
 * closed again.
 */
export async function lookAfter(spec: PlaceSpec, before: Before): Promise<string[]> {
  const lost: string[] = []
  await untilSettled(spec)
  const app = await startApp(placeOf(spec))
  try {
    if (app.vault.view.state !== 'ready') return [`the vault is ${app.vault.view.state}`]
    lost.push(...(await lostCredentials(app)))
    const tokens = [...before.issued, ...(await tokensOf(app))]
    const env = readFileSync(envFile(spec), 'utf8')
    const isWhole = env === before.env || tokens.some((token) => env === envText(token))
    if (!isWhole) lost.push('the env file is neither old nor new')
    lost.push(...leftovers(spec))
  } catch (thrown) {
    lost.push(`${(thrown as { code?: string }).code ?? String(thrown)}`)
  } finally {
    await app.close()
  }
  return lost
}

/** No write of settings takes so long: a start leaves a younger temporary file to its writer. */
const WRITE_MS = 1_000

/** Waits until what a killed write of the settings left can be told from one that is under way. */
async function untilSettled({ root }: PlaceSpec): Promise<void> {
  const data = join(root, 'data')
  const young = () =>
    readdirSync(data)
      .filter((name) => name.startsWith('settings.json.tmp-'))
      .some((name) => Date.now() - statSync(join(data, name)).mtimeMs <= WRITE_MS)
  while (young()) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** A token counts as there when Slack still takes it, given the time to get a fresh one. */
async function lostCredentials(app: App): Promise<string[]> {
  const { id } = installationOf(app)
  const until = performance.now() + SETTLE_MS
  for (;;) {
    const said = await refusalOf(() => app.handlers['workspaces/check'](id))
    const { credentials } = installationOf(app)
    if (credentials.length < 2) return ['a credential is gone']
    const bad = credentials.filter(({ state }) => state !== 'working')
    if (said === null && bad.length === 0) return []
    if (performance.now() > until) {
      return [`not all tokens work: ${said}`, ...bad.map((one) => `${one.id} is ${one.state}`)]
    }
    // Slack, or the refresh that follows a start, may still be on its way: asked until the time is up.
    await refusalOf(() => app.handlers['workspaces/refresh'](id))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The code of a failure of normal life; null where there was none. A defect is thrown on. */
async function refusalOf(act: () => unknown): Promise<string | null> {
  try {
    await act()
    return null
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code
    throw thrown
  }
}

export async function tokensOf(app: App): Promise<string[]> {
  const values: string[] = []
  for (const ref of refsOf(app)) values.push((await app.handlers['sharing/reveal'](ref)).value)
  return values
}

/** Files that nobody asked for: temporary ones of the vault and of env files. */
export function leftovers({ root }: Pick<PlaceSpec, 'root'>): string[] {
  const home = readdirSync(join(root, 'home')).filter((name) => name !== '.env')
  const data = readdirSync(join(root, 'data'), { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, 'data', name)).isFile())
    .filter((name) => /tmp|temp|\.new$|~$|pending-writes/.test(name))
    .filter((name) => !isCutOffRecord(join(root, 'data', name)))
  return [...home, ...data].map((name) => `left behind: ${name}`)
}

/** A record of a temporary file that was never made; the journal removes it once a minute has passed. */
function isCutOffRecord(path: string): boolean {
  const isYoung = Date.now() - statSync(path).mtimeMs < 60_000
  return isYoung && path.includes('pending-writes') && !readFileSync(path, 'utf8').endsWith('}')
}
