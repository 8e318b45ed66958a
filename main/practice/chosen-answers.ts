/** The failures that the consent page offers to practise with. Codes: slack-auth sections 1, 3 and 8. */

/** `redirect`: comes back as `error=`. `none`: nothing comes back. `exchange`: the code comes, its exchange fails. */
export type AnswerPlace = 'redirect' | 'none' | 'exchange'

interface ChosenAnswer {
  /** Slack's code where Slack has one; sent by the form. */
  readonly id: string
  readonly label: string
}

export interface AnswerGroup {
  readonly place: AnswerPlace
  readonly heading: string
  readonly answers: readonly ChosenAnswer[]
}

const EXCHANGE_CODES = [
  ['invalid_code', 'the code is wrong, used or old'],
  ['bad_client_secret', 'the client secret is wrong'],
  ['invalid_client_id', 'the client ID is unknown'],
  ['bad_redirect_uri', 'another redirect URL than before'],
  ['invalid_code_verifier', 'the PKCE verifier is wrong'],
  ['pkce_not_allowed', 'the app does not use PKCE'],
  ['no_scopes', 'no scopes were asked for'],
  ['user_email_unverified', 'the e-mail address is not confirmed'],
  ['cannot_install_an_org_installed_app', 'the organization has the app'],
  ['preview_feature_not_available', 'not turned on for this workspace'],
  ['ratelimited', 'too many calls, wait 30 seconds'],
  ['internal_error', 'Slack has a problem'],
  ['fatal_error', 'Slack has a bad problem'],
  ['service_unavailable', 'Slack is down'],
] as const

export const CHOSEN_ANSWERS: readonly AnswerGroup[] = [
  {
    place: 'redirect',
    heading: 'With the redirect',
    answers: [{ id: 'access_denied', label: 'access_denied: cancelled, or not permitted' }],
  },
  {
    place: 'none',
    heading: 'No redirect',
    answers: [{ id: 'admin_approval', label: 'An admin has to approve: nothing comes back' }],
  },
  {
    place: 'exchange',
    heading: 'When the code is exchanged',
    answers: EXCHANGE_CODES.map(([id, meaning]) => ({ id, label: `${id}: ${meaning}` })),
  },
]

/** Where a chosen answer is given; null for one that is not offered. */
export function placeOfAnswer(id: string): AnswerPlace | null {
  const group = CHOSEN_ANSWERS.find(({ answers }) => answers.some((one) => one.id === id))
  return group?.place ?? null
}
