import { lazy } from 'react'
import type { Snapshot } from '../../main/contract/views.ts'
import { FirstRun } from '../views/first-run/first-run.tsx'
import { useDesk } from './desk-state.ts'
import { type Place, useNavigation } from './navigation.ts'

// The first run is in the first bundle, for it must paint at once; the rest comes when it is asked for.
const WorkspacesView = lazy(async () => ({
  default: (await import('../views/workspaces/workspaces-view.tsx')).WorkspacesView,
}))
const SlackAppsView = lazy(async () => ({
  default: (await import('../views/slack-apps/slack-apps-view.tsx')).SlackAppsView,
}))
const AddSlackAppView = lazy(async () => ({
  default: (await import('../views/add-slack-app/add-slack-app-view.tsx')).AddSlackAppView,
}))
const NewAppView = lazy(async () => ({
  default: (await import('../views/new-app/new-app-view.tsx')).NewAppView,
}))
const ActivityView = lazy(async () => ({
  default: (await import('../views/activity/activity-view.tsx')).ActivityView,
}))
const SettingsView = lazy(async () => ({
  default: (await import('../views/settings/settings-view.tsx')).SettingsView,
}))

/** The screen of the present place. */
export function Screens() {
  const place = useNavigation()
  const { snapshot } = useDesk()
  if (place.screen === 'activity') return <ActivityView />
  if (place.screen === 'settings') return <SettingsView />
  if (place.screen === 'slack-apps') return <SlackApps place={place} />
  return isFirstRun(snapshot) ? <FirstRun /> : <WorkspacesView />
}

function SlackApps({ place }: { readonly place: Place }) {
  if (place.isAddingSlackApp) {
    return place.addingBy === 'manifest' ? <NewAppView /> : <AddSlackAppView slackAppId={null} />
  }
  if (!place.isEditingSlackApp) return <SlackAppsView />
  return <AddSlackAppView key={place.slackAppId} slackAppId={place.slackAppId} />
}

/** Nothing there and nothing under way: the page with the three doors. */
export function isFirstRun(snapshot: Snapshot): boolean {
  const { installations, slackApps, authorizations } = snapshot
  return installations.length + slackApps.length + authorizations.length === 0
}
