import type { Handlers } from '../contract/api.ts'
import {
  type AuthorizationHandlerOptions,
  authorizationHandlers,
} from './authorization-handlers.ts'
import { type ImportHandlerOptions, importHandlers } from './import-handlers.ts'
import { type InstallationHandlerOptions, installationHandlers } from './installation-handlers.ts'
import { type SlackAppHandlerOptions, slackAppHandlers } from './slack-app-handlers.ts'

type RoomPrefix = 'practice' | 'slack-apps' | 'workspaces' | 'authorizations' | 'import'
/** Handlers of their own serve these. */
type Elsewhere =
  | 'slack-apps/copy-install-link'
  | 'workspaces/check-all'
  | 'workspaces/cancel-check-all'
  | 'workspaces/uninstall'
  | 'workspaces/refresh'
  | 'workspaces/exchange-token'
type WorkspaceHandlers = Pick<
  Handlers,
  Exclude<Extract<keyof Handlers, `${RoomPrefix}/${string}`>, Elsewhere>
>

export type WorkspaceHandlerOptions = SlackAppHandlerOptions &
  AuthorizationHandlerOptions &
  InstallationHandlerOptions &
  ImportHandlerOptions

/** The part of the contract about apps, authorizations and workspaces. */
export function workspaceHandlers(options: WorkspaceHandlerOptions): WorkspaceHandlers {
  return {
    ...slackAppHandlers(options),
    ...authorizationHandlers(options),
    ...installationHandlers(options),
    ...importHandlers(options),
  }
}
