import type { InstallationView } from '../contract/views.ts'
import { AppError } from '../errors.ts'
import type { Vault, VaultRecord } from '../vault/vault.ts'
import { installationView } from './installation-view.ts'
import type { RecordReader } from './record-reader.ts'
import type { InstallationMeta } from './records.ts'
import type { SlackAppFacts } from './slack-apps.ts'

/** The installations as the page may see them. With 1,000 of them one change must not unseal every token again. */
export interface InstallationViews {
  /** By name. @param slackApps as they are now: views compare the installations with them */
  of(vault: Vault, slackApps: readonly SlackAppFacts[]): InstallationView[]
  /** Forgets what was kept for showing; called on lock. */
  forget(): void
}

/** Keeps each view until its record or its Slack app changes. */
export function createInstallationViews(reader: RecordReader<InstallationMeta>): InstallationViews {
  const byName = new Intl.Collator().compare
  let known = new Map<string, KnownView>()
  const viewOf = (vault: Vault, record: VaultRecord, shown: ShownApp | null) => {
    const app = shown?.fingerprint ?? ''
    const before = known.get(record.id)
    if (before && before.meta === record.meta && before.app === app) return before.view
    const mask = (credentialId: string) => masked(vault, record, credentialId)
    const view = installationView(reader.read(record), shown?.app ?? null, mask)
    known.set(record.id, { meta: record.meta, app, view })
    return view
  }
  return {
    of(vault, slackApps) {
      const apps = new Map(slackApps.map((app) => [app.id, shownApp(app)]))
      const views = reader.records(vault).map((record) => {
        const { slackAppId } = reader.read(record)
        return viewOf(vault, record, apps.get(slackAppId ?? '') ?? null)
      })
      return views.sort((a, b) => byName(a.name, b.name))
    },
    forget() {
      known = new Map()
    },
  }
}

interface KnownView {
  readonly meta: unknown
  /** Fingerprint of its Slack app; empty without one. */
  readonly app: string
  readonly view: InstallationView
}

interface ShownApp {
  readonly app: SlackAppFacts
  /** All that a view takes of it, as one text: equal ones make equal views. */
  readonly fingerprint: string
}

function shownApp(app: SlackAppFacts): ShownApp {
  return { app, fingerprint: JSON.stringify(app) }
}

/** A secret that cannot be opened must not hide the workspace: using it says what is wrong. */
function masked(vault: Vault, record: VaultRecord, credentialId: string): string {
  try {
    return vault.secret(record.id, credentialId).masked()
  } catch (thrown) {
    if (thrown instanceof AppError) return '…'
    throw thrown
  }
}
