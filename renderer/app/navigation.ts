import { createContext, useContext, useEffect } from 'react'
import type { Failure } from '../../main/contract/errors.ts'
import type { SecretRef } from '../../main/contract/views.ts'

export type Screen = 'workspaces' | 'slack-apps' | 'settings'

/** A section of Settings. */
export type SettingsSection = 'appearance' | 'security' | 'certificate' | 'about'

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

/** While `guard` is given, leaving the form (another screen, closing the form) asks it first. */
export function useLeaveGuard(guard: LeaveGuard | null): void {
  const { setLeaveGuard } = useNavigation()
  useEffect(() => {
    setLeaveGuard(guard)
    return () => setLeaveGuard(null)
  }, [guard, setLeaveGuard])
}

/** The place after `go(target)`: another screen closes forms and dialogs; one selection ends the other. */
export function nextPlace(place: Place, target: Partial<Place>): Place {
  const changesScreen = target.screen !== undefined && target.screen !== place.screen
  const closed: Partial<Place> = changesScreen
    ? { isAddingSlackApp: false, isEditingSlackApp: false, isDetailOpen: false, dialog: null }
    : {}
  const selected: Partial<Place> = {
    ...(target.workspaceId && { authorizationId: null }),
    ...(target.authorizationId && { workspaceId: null, isDetailOpen: true }),
  }
  return { ...place, ...closed, ...selected, ...target }
}

/** Whether going there leaves a form that may hold unsaved text. */
export function leavesForm(place: Place, next: Place): boolean {
  const formBefore = place.isAddingSlackApp || place.isEditingSlackApp
  const formAfter = next.isAddingSlackApp || next.isEditingSlackApp
  return formBefore && (!formAfter || next.slackAppId !== place.slackAppId)
}
