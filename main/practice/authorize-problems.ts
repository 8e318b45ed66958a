/** Why Slack shows a page of its own and redirects nowhere. Source: slack-auth section 1. */
export interface AuthorizeProblem {
  /** Slack's code; null where its documents name none. */
  readonly slackCode: string | null
  readonly message: string
  readonly advice: string
  /** Shown as it was sent. */
  readonly passedUri?: string
}

export const PROBLEMS = {
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
  classicDesktop: {
    slackCode: 'bad_redirect_uri',
    message: 'The classic flow needs an https redirect URL',
    advice: 'It knows no PKCE, which a desktop redirect needs.',
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
      'openid, email and profile belong to Sign in with Slack (/openid/connect/authorize) and cannot be combined with other scopes.',
  },
  openidMissing: {
    slackCode: 'invalid_scope',
    message: 'The scope openid is missing',
    advice: 'Sign in with Slack needs the scope openid; email and profile may stand beside it.',
  },
  responseType: {
    slackCode: 'invalid_request',
    message: 'response_type must be code',
    advice: 'Sign in with Slack needs response_type=code in the authorize URL.',
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
  nothingLeft: {
    slackCode: null,
    message: 'Nothing is left to allow',
    advice: 'Leave at least one scope ticked, or cancel.',
  },
} satisfies Record<string, AuthorizeProblem>

/** Problems that the user asks for on the consent page, since nothing here leads to them by itself. */
export const CHOSEN_PROBLEMS = {
  bad_redirect_uri: PROBLEMS.otherRedirect,
  invalid_scope: PROBLEMS.badScope,
  invalid_scope_requested: {
    slackCode: 'invalid_scope_requested',
    message: 'Invalid scope requested',
    advice: 'A scope is not in the settings of the app. Check the scopes that were sent.',
  },
  invalid_team_for_non_distributed_app: {
    slackCode: 'invalid_team_for_non_distributed_app',
    message: 'This app cannot be installed on this workspace',
    advice: 'Pick the workspace where the app was made, or turn on distribution.',
  },
  scope_not_allowed_on_enterprise: {
    slackCode: 'scope_not_allowed_on_enterprise',
    message: 'A scope is not allowed on an Enterprise organization',
    advice: 'Remove that scope, such as the classic bot scope.',
  },
  unapproved_scope: {
    slackCode: 'unapproved_scope',
    message: 'A scope was not approved',
    advice: 'A published app may ask for reviewed scopes alone. Remove that scope.',
  },
} satisfies Record<string, AuthorizeProblem>

/** The problem that a chosen answer stands for; null for any other answer. */
export function chosenProblem(id: string): AuthorizeProblem | null {
  return Object.entries(CHOSEN_PROBLEMS).find(([code]) => code === id)?.[1] ?? null
}
