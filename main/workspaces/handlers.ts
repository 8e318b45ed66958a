import type { Handlers } from '../contract/api.ts'
import { redirectUrls } from '../contract/redirect.ts'
import { AppError } from '../errors.ts'
import type { Browser } from '../platform/browser.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import { slackEndpoints } from '../slack/environment.ts'
import type { AuthorizeService } from './authorize.ts'
import type { CheckService } from './check.ts'
import type { ImportService } from './import.ts'
import type { Installations } from './installations.ts'
import type { PastedAddresses } from './pasted-addresses.ts'
import { type PracticeHost, preparePractice } from './practice-workspace.ts'
import type { RevokeService } from './revoke.ts'
import type { SlackApps } from './slack-apps.ts'

type RoomPrefix = 'practice' | 'slack-apps' | 'workspaces' | 'authorizations' | 'import'
type Unbuilt =
  | 'import/choose-file'
  | 'slack-apps/copy-install-link'
  | 'slack-apps/open-page'
  | 'workspaces/check-all'
  | 'workspaces/cancel-check-all'
  | 'workspaces/uninstall'
type WorkspaceHandlers = Pick<
  Handlers,
  Exclude<Extract<keyof Handlers, `${RoomPrefix}/${string}`>, Unbuilt>
>

export interface WorkspaceHandlerOptions {
  readonly slackApps: SlackApps
  readonly installations: Installations
  readonly authorize: AuthorizeService
  readonly pastedAddresses: PastedAddresses
  readonly check: CheckService
  readonly revoke: RevokeService
  readonly imports: ImportService
  readonly practice: PracticeHost
  readonly browser: Browser
  readonly clipboard: Clipboard
}

/** The part of the contract about apps, authorizations and workspaces. */
export function workspaceHandlers(options: WorkspaceHandlerOptions): WorkspaceHandlers {
  return {
    ...slackAppHandlers(options),
    ...authorizationHandlers(options),
    ...installationHandlers(options),
    ...importHandlers(options),
  }
}

function slackAppHandlers({ slackApps, browser, clipboard }: WorkspaceHandlerOptions) {
  return {
    'slack-apps/add': async (input) => ({ slackAppId: await slackApps.add(input) }),
    'slack-apps/update': (slackAppId, input) => slackApps.update(slackAppId, input),
    'slack-apps/remove': (slackAppId) => slackApps.remove(slackAppId),
    'slack-apps/open-settings': (environment) =>
      browser.open(slackEndpoints(environment).appSettingsUrl),
    'slack-apps/copy-redirect-urls': (strategy, index, environment) => {
      const urls = redirectUrls(strategy, environment)
      return clipboard.writeText(index === null ? urls.join('\n') : (urls[index] ?? ''))
    },
  } satisfies Partial<Handlers>
}

function authorizationHandlers(options: WorkspaceHandlerOptions) {
  const { authorize, pastedAddresses, practice, slackApps, clipboard } = options
  // The door may be used twice before the app is registered; one registration serves both.
  let preparing: Promise<string> | null = null
  const practiceApp = () => {
    preparing ??= preparePractice(practice, slackApps).finally(() => {
      preparing = null
    })
    return preparing
  }
  const begin = async (slackAppId: string, installationId: string | null) => ({
    authorizationId: await authorize.begin(slackAppId, installationId),
  })
  return {
    'practice/try': async () => tryPractice(authorize, await practiceApp()),
    'workspaces/authorize': begin,
    'workspaces/authorize-by-paste': async (slackAppId, installationId) => ({
      authorizationId: await authorize.beginByPaste(slackAppId, installationId),
    }),
    'authorizations/open-again': (id) => authorize.openAgain(id),
    'authorizations/copy-link': (id) => clipboard.writeText(authorize.link(id)),
    'authorizations/read-pasted-address': (id) => pastedAddresses.read(id),
    'authorizations/use-pasted-address': (id) => pastedAddresses.use(id),
    'authorizations/forget-pasted-address': (id) => pastedAddresses.forget(id),
    'authorizations/cancel'(id) {
      pastedAddresses.forget(id)
      authorize.cancel(id)
    },
    'authorizations/try-again': async (id) => ({ authorizationId: await authorize.tryAgain(id) }),
    'authorizations/keep-other-team': async (id) => ({
      installationId: await authorize.keepOtherTeam(id),
    }),
    'authorizations/refuse-other-team': (id) => authorize.refuseOtherTeam(id),
    'authorizations/put-away': (id) => authorize.putAway(id),
  } satisfies Partial<Handlers>
}

/**
 * With no free port it goes on by pasting: the page with the door is gone once the app is there, so
 * a failure beside the door would be seen by nobody.
 */
async function tryPractice(authorize: AuthorizeService, slackAppId: string) {
  try {
    return { authorizationId: await authorize.begin(slackAppId, null) }
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'OAUTH_PORTS_BUSY') throw thrown
    return { authorizationId: await authorize.beginByPaste(slackAppId, null) }
  }
}

function installationHandlers({ installations, check, revoke }: WorkspaceHandlerOptions) {
  return {
    'workspaces/check': (id) => check.check(id),
    'workspaces/rename': (id, name) => installations.rename(id, name),
    'workspaces/set-note': (id, note) => installations.setNote(id, note),
    'workspaces/revoke': (id, credentialIds) => revoke.revoke(id, credentialIds),
    'workspaces/remove': (id) => installations.remove(id),
  } satisfies Partial<Handlers>
}

function importHandlers({ imports }: WorkspaceHandlerOptions) {
  return {
    'import/read-clipboard': (environment) => imports.readClipboard(environment),
    'import/check': (draftId) => imports.check(draftId),
    'import/store': async (draftId, choices, rest) => ({
      ...(await imports.store(
        draftId,
        choices.map(({ id }) => id),
        rest.kind === 'new' ? rest.name : null,
      )),
      configurationTokens: 0,
    }),
    'import/discard': (draftId) => imports.discard(draftId),
  } satisfies Partial<Handlers>
}
