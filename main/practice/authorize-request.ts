/** Reads an authorize URL by Slack's rules: what is asked for, or why Slack would stop here. */
import * as z from 'zod'
import { findApp } from './apps.ts'
import { type AuthorizeProblem, PROBLEMS } from './authorize-problems.ts'
import type { Flow } from './flows.ts'
import { matchesRedirectUrl, type RedirectKind, redirectKind } from './redirects.ts'
import { hasSignInScope, isSignInScope, parseScopes, WEBHOOK_SCOPE } from './scopes.ts'
import type { PracticeApp, PracticeState } from './state.ts'

/** A request that may be put to the user. */
export interface AuthorizeRequest {
  readonly flow: Flow
  readonly clientId: string
  readonly botScopes: readonly string[]
  readonly userScopes: readonly string[]
  /** Null when the URL named none: the first saved one is used. */
  readonly redirectUri: string | null
  /** Where the answer goes. */
  readonly answerUri: string
  readonly isDesktop: boolean
  /** Returned unchanged; null when none was sent. */
  readonly state: string | null
  /** The workspace to offer first; null for none. */
  readonly teamId: string | null
  /** PKCE, method S256; null without. */
  readonly challenge: string | null
  /** Comes back in the ID token; null without. */
  readonly nonce: string | null
}

type Outcome =
  | { readonly request: AuthorizeRequest; readonly app: PracticeApp }
  | { readonly problem: AuthorizeProblem }

const query = z.object({
  client_id: z.string().default(''),
  scope: z.string().default(''),
  user_scope: z.string().default(''),
  redirect_uri: z.string().nullable().default(null),
  state: z.string().nullable().default(null),
  team: z.string().nullable().default(null),
  nonce: z.string().nullable().default(null),
  response_type: z.string().nullable().default(null),
  code_challenge: z.string().nullable().default(null),
  code_challenge_method: z.string().nullable().default(null),
})
type Query = z.infer<typeof query>

/** Checks in the order in which a person would mend things. Source: slack-auth section 1. */
export function readAuthorizeRequest(
  flow: Flow,
  state: PracticeState,
  params: URLSearchParams,
): Outcome {
  const names = [...params.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return problem(PROBLEMS.twice)
  const asked = query.parse(Object.fromEntries(params))
  const app = findApp(state, asked.client_id)
  if (app === undefined) return problem(PROBLEMS.unknownApp)
  const answerUri = answerUriOf(asked, app)
  if (answerUri === null) {
    return problem({ ...PROBLEMS.otherRedirect, passedUri: asked.redirect_uri ?? '' })
  }
  const kind = redirectKind(answerUri, app.pkce)
  if (kind === 'refused') return problem({ ...PROBLEMS.plainHttp, passedUri: answerUri })
  if (kind === 'desktop' && !flow.allowsPkce) {
    return problem({ ...PROBLEMS.classicDesktop, passedUri: answerUri })
  }
  return withScopes(flow, asked, app, answerUri, kind)
}

function withScopes(
  flow: Flow,
  asked: Query,
  app: PracticeApp,
  answerUri: string,
  kind: RedirectKind,
): Outcome {
  const scopes = readScopes(flow, asked)
  if (scopes === null) return problem(PROBLEMS.badScope)
  const isDesktop = kind === 'desktop'
  const found =
    scopeProblem(flow, scopes, isDesktop) ??
    (flow.id === 'openid' && asked.response_type !== 'code' ? PROBLEMS.responseType : null) ??
    (flow.allowsPkce ? challengeProblem(asked, isDesktop) : null)
  if (found !== null) return problem(found)
  const request = {
    flow,
    clientId: app.clientId,
    ...scopes,
    redirectUri: asked.redirect_uri,
    answerUri,
    isDesktop,
    state: asked.state,
    teamId: asked.team,
    challenge: flow.allowsPkce ? asked.code_challenge : null,
    nonce: flow.id === 'openid' ? asked.nonce : null,
  }
  return { request, app }
}

interface AskedScopes {
  readonly botScopes: string[]
  readonly userScopes: string[]
}

/** Null when one of them can be no scope. */
function readScopes({ scopeSide }: Flow, { scope, user_scope }: Query): AskedScopes | null {
  const botScopes = parseScopes(scopeSide === 'bot' ? scope : '')
  const userScopes = parseScopes(scopeSide === 'bot' ? user_scope : scope)
  return botScopes && userScopes && { botScopes, userScopes }
}

function scopeProblem(
  flow: Flow,
  { botScopes, userScopes }: AskedScopes,
  isDesktop: boolean,
): AuthorizeProblem | null {
  const all = [...botScopes, ...userScopes]
  if (flow.id === 'openid') {
    if (!all.includes('openid')) return PROBLEMS.openidMissing
    return all.every(isSignInScope) ? null : PROBLEMS.signInScope
  }
  if (all.length === 0) return { ...PROBLEMS.noScopes, slackCode: flow.noScopesCode }
  if (hasSignInScope(all)) return PROBLEMS.signInScope
  return isDesktop && botScopes.length > 0 ? PROBLEMS.botOnDesktop : null
}

/** The redirect URI to answer to, or null when it is not one of the app's. */
function answerUriOf(asked: Query, app: PracticeApp): string | null {
  const sent = asked.redirect_uri
  if (sent === null) return app.redirectUrls[0] ?? null
  return app.redirectUrls.some((saved) => matchesRedirectUrl(sent, saved)) ? sent : null
}

/** Source: RFC 7636 section 4.2; Slack takes S256 alone (slack-auth section 1). */
function challengeProblem(asked: Query, isDesktop: boolean): AuthorizeProblem | null {
  const { code_challenge: challenge, code_challenge_method: method } = asked
  if (challenge === null) return isDesktop || method !== null ? PROBLEMS.noChallenge : null
  const isGood = /^[A-Za-z0-9_-]{43}$/.test(challenge) && method === 'S256'
  return isGood ? null : PROBLEMS.badChallenge
}

/** Whether the page asks for a channel. The classic flow has all scopes in one list. */
export function wantsWebhook({ flow, botScopes, userScopes }: AuthorizeRequest): boolean {
  return (flow.id === 'v1' ? userScopes : botScopes).includes(WEBHOOK_SCOPE)
}

function problem(found: AuthorizeProblem): Outcome {
  return { problem: found }
}
