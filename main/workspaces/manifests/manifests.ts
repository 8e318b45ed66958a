/** App manifests: drafted, read, fetched from Slack, compared, and made into Slack apps. */
import type { ManifestForm } from '../../contract/inputs.ts'
import type { EnvironmentRef, ManifestComparison, ManifestView } from '../../contract/views.ts'
import type { Browser } from '../../platform/browser.ts'
import { newAppUrl, slackEndpoints } from '../../slack/environment.ts'
import type { Changes } from '../changes.ts'
import { createInFlight } from '../in-flight.ts'
import { createComparisons } from './comparisons.ts'
import { type Created, createSlackApp } from './create-app.ts'
import { ManifestTooLongForLink } from './errors.ts'
import { keepManifest, keptManifest } from './kept-manifests.ts'
import { manifestOfApp, manifestOfForm } from './known-manifest.ts'
import { type ManifestValue, manifestJson } from './manifest-text.ts'
import { manifestView } from './manifest-view.ts'
import {
  type AppUpdateOptions,
  compareManifest,
  exportManifest,
  requireReadable,
  type Updated,
  updateSlackApp,
} from './update-app.ts'

export interface ManifestsOptions extends Omit<AppUpdateOptions, 'comparisons'> {
  /** Asks before it opens a host that is not Slack's. */
  readonly browser: Browser
  /** Makes the environment ready to be opened: starts the practice Slack. */
  readonly prepare: (environment: EnvironmentRef) => Promise<void>
  readonly changes: Pick<Changes, 'tell'>
}

export interface Manifests {
  /** A manifest from the form; says what is wrong with it. */
  draft(form: ManifestForm): ManifestView
  /** Reads a text, JSON or YAML. Never throws. */
  read(text: string): ManifestView
  /** What was last exchanged with Slack, else what is known of the app. @throws SlackAppNotFound */
  ofApp(slackAppId: string): ManifestView
  /** What Slack has. @throws SlackAppNotFound, AppIdUnknown, ConfigurationTokenMissing */
  export(slackAppId: string): Promise<ManifestView>
  /** Opens Slack's page for a new app. @throws ManifestInvalid, ManifestTooLongForLink */
  openPrefilled(environment: EnvironmentRef, text: string): Promise<void>
  /** As `createSlackApp`. */
  create(environment: EnvironmentRef, text: string): Promise<Created>
  /** As `compareManifest`. @throws SlackAppNotFound */
  compare(slackAppId: string, text: string): Promise<ManifestComparison>
  /** As `updateSlackApp`. @throws SlackAppNotFound */
  update(slackAppId: string, text: string, comparisonId: string): Promise<Updated>
  /** Resolves when nothing is being made or changed: before that, the vault must not be locked. False where nothing was. */
  settle(): Promise<boolean>
  /** Forgets all comparisons; called on lock. */
  forget(): void
}

/**
 * Characters of an address; servers and the systems that open a browser take no more for sure. [I]
 */
const MAX_LINK = 16_000

export function createManifests(given: ManifestsOptions): Manifests {
  const options = { ...given, comparisons: createComparisons() }
  const { vault, slackApps, installations, browser, changes, clock } = options
  const inFlight = createInFlight()
  const keepExport = async (slackAppId: string, value: ManifestValue) => {
    const about = { slackAppId, origin: 'exported', keptAtMs: clock.now() } as const
    await vault().save(() => {
      const { put, remove } = keepManifest(vault(), about, manifestJson(value))
      return { put: [put], remove }
    })
  }
  const tellApps = () => {
    changes.tell('slackApps')
    // They are shown with what their app is configured to ask for.
    changes.tell('installations')
  }
  return {
    draft: (form) => manifestView(manifestJson({ ...manifestOfForm(form) })),
    read: (text) => manifestView(text),
    ofApp(slackAppId) {
      const app = slackApps.get(slackAppId)
      const kept = keptManifest(vault(), slackAppId)
      return knownView(kept ?? { ...manifestOfApp(app, installations.all()) })
    },
    async export(slackAppId) {
      const value = await exportManifest(options, slackApps.get(slackAppId))
      await keepExport(slackAppId, value)
      return knownView(value)
    },
    async openPrefilled(environment, text) {
      const { value } = requireReadable(text)
      const url = newAppUrl(slackEndpoints(environment), JSON.stringify(value))
      if (url.length > MAX_LINK) throw new ManifestTooLongForLink()
      await options.prepare(environment)
      await browser.open(url)
    },
    create: (environment, text) =>
      inFlight.run(async () => {
        const created = await createSlackApp(options, environment, text)
        if (created.kind === 'created') tellApps()
        return created
      }),
    compare: async (slackAppId, text) => compareManifest(options, slackApps.get(slackAppId), text),
    update: (slackAppId, text, comparisonId) =>
      inFlight.run(async () => {
        const app = slackApps.get(slackAppId)
        const updated = await updateSlackApp(options, app, text, comparisonId)
        if (updated.kind === 'updated') tellApps()
        return updated
      }),
    settle: () => inFlight.settle(),
    forget: () => options.comparisons.forgetAll(),
  }
}

/** What the app is already cannot be turned on by it. */
function knownView(value: ManifestValue): ManifestView {
  return manifestView(manifestJson(value), value)
}
