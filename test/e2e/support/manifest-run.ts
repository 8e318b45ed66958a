import { openBrowser, type TestBrowser } from './browser.ts'
import {
  type ConfigurationPair,
  generateConfigurationToken,
  importConfigurationToken,
} from './configuration-token.ts'
import { type Desk, launchDesk, removeFolder } from './desk.ts'
import { trustingBrowser } from './main-job.ts'
import { type KnownSecret, type Leak, needlesOf, searchBytes, searchFolder } from './needles.ts'
import { pageMemory } from './page-memory.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { openTestSlack, type TestSlack } from './test-slack.ts'

/** A manifest as Slack keeps it. */
export type Manifest = Readonly<Record<string, unknown>>

/** A desk that may create apps at a practice Slack, with everything between them recorded. */
export interface ManifestRun {
  readonly slack: TestSlack
  /** Where the desk believes Slack to be. */
  readonly wire: Recorder
  readonly desk: Desk
  /** A browser that trusts the desk's certificate; opened at the first need. */
  browser(): Promise<TestBrowser>
  /** One that does not: of somebody who visits another site. */
  readonly stranger: TestBrowser
  /** The pair that was imported. */
  readonly pair: ConfigurationPair
  /** As another program with the same configuration token would call. */
  call(method: string, fields: Readonly<Record<string, string>>): Promise<Manifest>
  /** What Slack has for an app. */
  export(appId: string): Promise<Manifest>
  /** Adds a secret that did not go over the recorded wire. */
  know(name: string, value: string): void
  /** Looks for every secret in the page, in the profile and in what the app wrote to its streams. */
  search(): Promise<Findings>
  close(): Promise<void>
}

export interface Findings {
  readonly leaks: readonly Leak[]
  /** Files of the profile that were looked at, from its top. */
  readonly files: readonly string[]
  readonly secretCount: number
}

export async function startManifestRun(): Promise<ManifestRun> {
  const slack = await openTestSlack()
  const wire = await startRecorder(slack.url)
  const desk = await launchDesk()
  const stranger = await openBrowser(null)
  const pair = await generateConfigurationToken(stranger, wire.url)
  await importConfigurationToken(desk, wire.url, pair)
  const known: KnownSecret[] = [
    { name: 'the pasted token', value: pair.token },
    { name: 'the pasted refresh token', value: pair.refreshToken },
  ]
  let opening: TestBrowser | null = null
  const call: ManifestRun['call'] = async (method, fields) => {
    const headers = { Authorization: `Bearer ${pair.token}` }
    const body = new URLSearchParams(fields)
    const response = await fetch(`${slack.url}/api/${method}`, { method: 'POST', headers, body })
    const answer = (await response.json()) as Manifest
    if (answer.ok !== true) throw new Error(`${method}: ${answer.error}`)
    return answer
  }
  return {
    ...{ slack, wire, desk, stranger, pair, call },
    async browser() {
      opening ??= await trustingBrowser(desk)
      return opening
    },
    async export(appId) {
      return (await call('apps.manifest.export', { app_id: appId })).manifest as Manifest
    },
    know: (name, value) => void known.push({ name, value }),
    search: () => search(desk, [...known, ...overTheWire(wire)]),
    async close() {
      await opening?.close()
      await stranger.close()
      await desk.close()
      await removeFolder(desk.profile)
      await wire.close()
      await slack.close()
    },
  }
}

/** A secret's first letters tell which one it is, and nothing more. */
function overTheWire(wire: Recorder): KnownSecret[] {
  return wire.secrets().map((value) => ({ name: `${value.slice(0, 9)}…`, value }))
}

async function search(desk: Desk, secrets: readonly KnownSecret[]): Promise<Findings> {
  const needles = needlesOf(secrets)
  const profile = await searchFolder(desk.profile, needles)
  const leaks = [
    ...profile.leaks,
    ...searchBytes(await pageMemory(desk.page), needles, 'the page'),
    ...searchBytes(Buffer.from(desk.output()), needles, 'stdout and stderr'),
  ]
  const files = profile.files.map((path) => path.slice(desk.profile.length))
  return { leaks, files, secretCount: secrets.length }
}
