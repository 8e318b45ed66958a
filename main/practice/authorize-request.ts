/** Reads an authorize URL by Slack's rules: what is asked for, or why Slack would stop here. */
import * as z from 'zod'
import { findApp } from './apps.ts'
import { matchesRedirectUrl, type RedirectKind, redirectKind } from './redirects.ts'
import { hasSignInScope, parseScopes } from './scopes.ts'
import type { PracticeApp, PracticeState } from './state.ts'

/** A request that may be put to the user. */
export interface AuthorizeRequest {
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
}

/** Why Slack shows a page of its own and redirects nowhere. */
export interface AuthorizeProblem {
  /** Slack's code; null where its documents name none. */
  readonly slackCode: string | null
  readonly message: string
  readonly advice: string
  /** Shown as it was sent. */
  readonly passedUri?: string
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
  code_challenge: z.string().nullable().default(null),
  code_challenge_method: z.string().nullable().default(null),
})
type Query = z.infer<typeof query>

/** Checks in the order in which a person would mend things. Source: slack-auth section 1. */
export function readAuthorizeRequest(state: PracticeState, params: URLSearchParams): Outcome {
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
  return withScopes(asked, app, answerUri, kind)
}

function withScopes(
  asked: Query,
  app: PracticeApp,
  answerUri: string,
  kind: RedirectKind,
): Outcome {
  const botScopes = parseScopes(asked.scope)
  const userScopes = parseScopes(asked.user_scope)
  if (botScopes === null || userScopes === null) return problem(PROBLEMS.badScope)
  const all = [...botScopes, ...userScopes]
  if (all.length === 0) return problem(PROBLEMS.noScopes)
  if (hasSignInScope(all)) return problem(PROBLEMS.signInScope)
  const isDesktop = kind === 'desktop'
  if (isDesktop && botScopes.length > 0) return problem(PROBLEMS.botOnDesktop)
  const found = challengeProblem(asked, isDesktop)
  if (found !== null) return problem(found)
  const request = {
    clientId: app.clientId,
    botScopes,
    userScopes,
    redirectUri: asked.redirect_uri,
    answerUri,
    isDesktop,
    state: asked.state,
    teamId: asked.team,
    challenge: asked.code_challenge,
  }
  return { request, app }
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

function problem(found: AuthorizeProblem): Outcome {
  return { problem: found }
}

const PROBLEMS = {
  twice: {
    slackCode: 'invalid_arguments',
    message: 'A parameter is there twice',
    advice: 'Send each parameter of the authorize URL once.',
  },
  unknownApp: {
    slackCode: 'invalid_client_id',
    message: 'No Slack app has this client ID',
    advice:
      'Check the client ID. An app of slack.com is unknown here: register one of the practice Slack.',
  },
  otherRedirect: {
    slackCode: 'bad_redirect_uri',
    message: 'redirect_uri did not match any configured URIs',
    advice:
      'Scheme, host, port and path must be those of a redirect URL that the app has registered. localhost and 127.0.0.1 are different hosts.',
  },
  plainHttp: {
    slackCode: 'bad_redirect_uri',
    message: 'A redirect URL needs https',
    advice: 'Plain http works on localhost alone, and only for an app with PKCE turned on.',
  },
  badScope: {
    slackCode: 'invalid_scope',
    message: 'Invalid permissions requested',
    advice:
      'One of the scopes can be no scope of Slack. Scopes are words such as chat:write, with commas between.',
  },
  noScopes: {
    slackCode: 'no_scopes',
    message: 'No scopes were requested',
    advice: 'Ask for at least one bot scope or user scope.',
  },
  signInScope: {
    slackCode: 'invalid_scope',
    message: 'Invalid permissions requested',
    advice:
      'openid, email and profile belong to Sign in with Slack and cannot be combined with other scopes. The practice Slack does not speak that flow.',
  },
  botOnDesktop: {
    slackCode: 'invalid_scope',
    message: 'A desktop redirect cannot ask for bot scopes',
    advice: 'Use an https redirect URL for a bot token, or ask for user scopes alone.',
  },
  noChallenge: {
    slackCode: null,
    message: 'PKCE is missing',
    advice: 'A desktop redirect needs code_challenge, and code_challenge_method=S256.',
  },
  badChallenge: {
    slackCode: null,
    message: 'The code challenge cannot be used',
    advice:
      'It must be the SHA-256 of the verifier in base64url without padding, with code_challenge_method=S256.',
  },
} satisfies Record<string, AuthorizeProblem>
