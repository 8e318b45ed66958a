import type { Handlers } from '../contract/api.ts'
import { AppError } from '../errors.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import type { AuthorizeService } from './authorize.ts'
import type { PastedAddresses } from './pasted-addresses.ts'
import { type PracticeHost, preparePractice } from './practice-workspace.ts'
import type { SlackApps } from './slack-apps.ts'

export interface AuthorizationHandlerOptions {
  readonly authorize: AuthorizeService
  readonly pastedAddresses: PastedAddresses
  readonly practice: PracticeHost
  readonly slackApps: SlackApps
  readonly clipboard: Clipboard
}

/** The part of the contract about authorizations, from the first door to the answer. */
export function authorizationHandlers(options: AuthorizationHandlerOptions) {
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
