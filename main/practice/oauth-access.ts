/** The methods that exchange a code, one for each flow; a refresh token becomes new tokens there too. */
import { grantAnswer } from './access-answers.ts'
import { findApp } from './apps.ts'
import { type AccessFields, accessFields, checkClient, checkVerifier } from './client-auth.ts'
import type { Flow } from './flows.ts'
import { hashOf } from './fresh-secrets.ts'
import { type Method, type MethodAnswer, type MethodCall, plainAnswer } from './method.ts'
import { refreshGrant } from './refresh.ts'
import { SlackProblem } from './slack-problem.ts'
import type { PracticeApp, PracticeState, StoredCode } from './state.ts'
import { ORGANIZATION, organizationOf } from './world.ts'

/** The method of a flow. */
export function oauthAccess(flow: Flow): Method {
  return (draft, call) => {
    const asked = readAsked(flow, call)
    const app = findApp(draft, asked.client_id)
    if (app === undefined) throw new SlackProblem('invalid_client_id')
    switch (asked.grant_type) {
      case 'authorization_code':
        return exchangeCode(draft, flow, app, asked, call)
      case 'refresh_token':
        return plainAnswer(refreshGrant(draft, flow, app, asked, call))
      default:
        throw new SlackProblem('invalid_grant_type')
    }
  }
}

/** The classic flow knows no PKCE: a verifier says nothing there. */
function readAsked(flow: Flow, { fields, basic }: MethodCall): AccessFields {
  const parsed = accessFields.parse(flow.allowsPkce ? fields : { ...fields, code_verifier: null })
  return basic === null ? parsed : { ...parsed, client_id: basic.id, client_secret: basic.secret }
}

function exchangeCode(
  draft: PracticeState,
  flow: Flow,
  app: PracticeApp,
  asked: AccessFields,
  call: MethodCall,
): MethodAnswer {
  checkClient(app, asked)
  const code = usableCode(draft, flow, app, asked.code, call.nowMs)
  if (code.redirectUri !== asked.redirect_uri) throw new SlackProblem('bad_redirect_uri')
  checkVerifier(code, asked.code_verifier)
  checkPlace(draft, code)
  code.isUsed = true
  if (code.failsWith !== null) return plainAnswer({ ok: false, error: code.failsWith })
  return grantAnswer({ draft, app, code, call })
}

/** @throws SlackProblem `invalid_code`, `code_already_used`, `oauth_authorization_url_mismatch` */
function usableCode(
  draft: PracticeState,
  flow: Flow,
  app: PracticeApp,
  text: string,
  nowMs: number,
): StoredCode {
  const hash = hashOf(text)
  const code = draft.codes.find((one) => one.hash === hash && one.appId === app.appId)
  if (code === undefined || code.expiresAtMs <= nowMs) throw new SlackProblem('invalid_code')
  if (code.flow !== flow.id) throw new SlackProblem('oauth_authorization_url_mismatch')
  // The classic method alone has a code of its own for this (slack-auth sections 3 and 5).
  if (code.isUsed) throw new SlackProblem(flow.id === 'v1' ? 'code_already_used' : 'invalid_code')
  return code
}

/** An app of the whole organization cannot be put on one of its workspaces. Source: slack-auth section 3. */
function checkPlace(draft: PracticeState, { appId, teamId }: StoredCode): void {
  if (teamId === ORGANIZATION.id || organizationOf(teamId) === null) return
  const isInstalled = draft.grants.some(
    (one) => one.appId === appId && one.teamId === ORGANIZATION.id && one.scopes.length > 0,
  )
  if (isInstalled) throw new SlackProblem('cannot_install_an_org_installed_app')
}
