/** What the user allowed, as it is kept under the code that goes back with the browser. */
import { type AuthorizeRequest, wantsWebhook } from './authorize-request.ts'
import { hashOf } from './fresh-secrets.ts'
import type { PracticeApp, StoredCode } from './state.ts'

/** A code lives so long. Source: slack-auth section 1 (docs: installing-with-oauth). */
export const CODE_LIFE_MS = 10 * 60_000

/** What was chosen on the consent page. */
export type ConsentChoice = Pick<
  StoredCode,
  'teamId' | 'userId' | 'channelId' | 'failsWith' | 'idTokenFault'
>
export type GrantedScopes = Pick<StoredCode, 'botScopes' | 'userScopes'>

/** The scopes that were asked for without the optional ones that were unticked; null when none is left. */
export function grantedScopes(
  { botScopes, userScopes }: AuthorizeRequest,
  app: PracticeApp,
  sent: URLSearchParams,
): GrantedScopes | null {
  const kept = (asked: readonly string[], optional: readonly string[], name: string) => {
    const ticked = sent.getAll(name)
    return asked.filter((one) => !optional.includes(one) || ticked.includes(one))
  }
  const granted = {
    botScopes: kept(botScopes, app.botOptional, 'keep-bot'),
    userScopes: kept(userScopes, app.userOptional, 'keep-user'),
  }
  return granted.botScopes.length + granted.userScopes.length === 0 ? null : granted
}

export function storedCode(of: {
  readonly code: string
  readonly asked: AuthorizeRequest
  readonly app: PracticeApp
  readonly chosen: ConsentChoice
  readonly granted: GrantedScopes
  readonly nowMs: number
}): StoredCode {
  const { asked, chosen, granted, nowMs } = of
  const keepsWebhook = wantsWebhook({ ...asked, ...granted })
  return {
    hash: hashOf(of.code),
    appId: of.app.appId,
    flow: asked.flow.id,
    ...chosen,
    ...granted,
    channelId: keepsWebhook ? chosen.channelId : null,
    redirectUri: asked.redirectUri,
    challengeHash: asked.challenge === null ? null : hashOf(asked.challenge),
    nonce: asked.nonce,
    isDesktop: asked.isDesktop,
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + CODE_LIFE_MS,
    isUsed: false,
  }
}
