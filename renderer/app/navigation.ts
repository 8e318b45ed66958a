import { createContext, useContext, useEffect } from 'react'
import type { Failure } from '../../main/contract/errors.ts'
import type { ManifestForm } from '../../main/contract/inputs.ts'
import type { SecretRef } from '../../main/contract/views.ts'

export type Screen = 'workspaces' | 'slack-apps' | 'activity' | 'settings'

/** A section of Settings. */
export type SettingsSection = 'appearance' | 'security' | 'certificate' | 'backup' | 'about'
/** The parts of one Slack app's page. */
export type SlackAppSegment = 'overview' | 'scopes' | 'manifest'

/** A dialog that more than one view opens; `title` names the secret: "Bot token of Northwind Test". */
export type OpenDialog =
  | { readonly kind: 'import' }
  | {
      readonly kind: 'write'
      readonly ref: SecretRef
      readonly title: string
      /** Why an undo did not work: toasts never hold problems, so the dialog comes back with it. */
      readonly problem?: Failure | undefined
    }

/** Where the user is. Ids may name something that is gone by now: views then show "Choose a …". */
export interface Place {
  readonly screen: Screen
  /** The workspace or the authorization shown on Workspaces; at most one of them is set. */
  readonly workspaceId: string | null
  readonly authorizationId: string | null
  readonly slackAppId: string | null
  /** The full-width form: for a new Slack app, or for `slackAppId`. */
  readonly isAddingSlackApp: boolean
  readonly isEditingSlackApp: boolean
  /** How an app is added: with the IDs that Slack told, or by having Slack create it from a manifest. */
  readonly addingBy: 'form' | 'manifest'
  /** What the form for a new Slack app begins with, after Slack created it from this. */
  readonly addDraft: ManifestForm | null
  readonly slackAppSegment: SlackAppSegment
  /** In the one-pane layout (below 880 px): the detail is in view instead of the list. */
  readonly isDetailOpen: boolean
  readonly settingsSection: SettingsSection
  readonly dialog: OpenDialog | null
}

/** Asks the user before the place is left; calls `leave` if so. */
export type LeaveGuard = (leave: () => void) => void

export interface Navigation extends Place {
  /** Goes there; what is not named stays. `isSure` skips the leave guard (after saving). */
  readonly go: (target: Partial<Place>, options?: { readonly isSure?: boolean }) => void
  readonly setLeaveGuard: (guard: LeaveGuard | null) => void
}

export const START: Place = {
  screen: 'workspaces',
  workspaceId: null,
  authorizationId: null,
  slackAppId: null,
  isAddingSlackApp: false,
  isEditingSlackApp: false,
  addingBy: 'form',
  addDraft: null,
  slackAppSegment: 'overview',
  isDetailOpen: false,
  settingsSection: 'appearance',
  dialog: null,
}

/** Filled by `NavigationProvider`. */
export const NavigationContext = createContext<Navigation | null>(null)

/** The place and the way to another. */
export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext)
  if (!navigation) throw new TypeError('The view needs a NavigationProvider above it')
  return navigation
}

/** While `guard` is given, leaving the form or the editor (another screen, closing it) asks it first. */
export function useLeaveGuard(guard: LeaveGuard | null): void {
  const { setLeaveGuard } = useNavigation()
  useEffect(() => {
    setLeaveGuard(guard)
    return () => setLeaveGuard(null)
  }, [guard, setLeaveGuard])
}

const CLOSED: Partial<Place> = {
  isAddingSlackApp: false,
  isEditingSlackApp: false,
  slackAppSegment: 'overview',
  isDetailOpen: false,
  dialog: null,
}

/** The place after `go(target)`: another screen closes forms and dialogs; one selection ends the other. */
export function nextPlace(place: Place, target: Partial<Place>): Place {
  const changesScreen = target.screen !== undefined && target.screen !== place.screen
  const closed = changesScreen ? CLOSED : {}
  // The form for a new app begins anew whenever it is opened, and says so itself where it does not.
  const added: Partial<Place> =
    changesScreen || target.isAddingSlackApp !== undefined
      ? { addingBy: 'form', addDraft: null }
      : {}
  const selected: Partial<Place> = {
    ...(target.workspaceId && { authorizationId: null }),
    ...(target.authorizationId && { workspaceId: null, isDetailOpen: true }),
  }
  return { ...place, ...closed, ...added, ...selected, ...target }
}

/** Whether going there leaves something that may hold unsaved text: a form, or the manifest editor. */
export function leavesForm(place: Place, next: Place): boolean {
  const before = editorOf(place)
  const after = editorOf(next)
  return before !== null && (before !== after || next.slackAppId !== place.slackAppId)
}

function editorOf(place: Place): string | null {
  if (place.screen !== 'slack-apps') return null
  if (place.isAddingSlackApp) return place.addingBy
  if (place.isEditingSlackApp) return 'edit'
  return place.slackAppSegment === 'manifest' ? 'manifest-segment' : null
}
