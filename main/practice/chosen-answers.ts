/** The failures that the consent page offers to practise with. Codes: slack-auth sections 1, 3, 5 and 6. */
import { CHOSEN_PROBLEMS } from './authorize-problems.ts'
import { EXCHANGE_CODES } from './documented-codes.ts'
import type { Flow } from './flows.ts'
import { ID_TOKEN_FAULTS } from './id-token-fault.ts'

/**
 * `redirect`: comes back as `error=`. `none`: nothing comes back. `page`: Slack's own page says why.
 * `exchange`: the code comes, its exchange fails. `id-token`: the exchange works, its ID token is wrong.
 */
export type AnswerPlace = 'redirect' | 'none' | 'page' | 'exchange' | 'id-token'

interface ChosenAnswer {
  /** Slack's code where Slack has one; sent by the form with the place before it. */
  readonly id: string
  readonly label: string
}

export interface AnswerGroup {
  readonly place: AnswerPlace
  readonly heading: string
  readonly answers: readonly ChosenAnswer[]
}

/** Comes back with a description too, as Slack lately does. Source: slack-auth section 1. */
export const DESCRIBED_DENIAL = 'access_denied_described'

const ALWAYS: readonly AnswerGroup[] = [
  {
    place: 'redirect',
    heading: 'With the redirect',
    answers: [
      { id: 'access_denied', label: 'access_denied: cancelled, or not permitted' },
      { id: DESCRIBED_DENIAL, label: 'access_denied, with a description' },
    ],
  },
  {
    place: 'none',
    heading: 'No redirect',
    answers: [{ id: 'admin_approval', label: 'An admin has to approve: nothing comes back' }],
  },
  {
    place: 'page',
    heading: 'On Slack’s own page',
    answers: Object.entries(CHOSEN_PROBLEMS).map(([id, { message }]) => ({
      id: `page:${id}`,
      label: `${id}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
    })),
  },
]

const ID_TOKEN: AnswerGroup = {
  place: 'id-token',
  heading: 'With the ID token',
  answers: ID_TOKEN_FAULTS.map((id) => ({ id: `id-token:${id}`, label: id.replace('-', ' ') })),
}

/** What the consent page of a flow offers. */
export function answersFor(flow: Flow): readonly AnswerGroup[] {
  const codes = Object.entries(EXCHANGE_CODES).find(([name]) => name === flow.exchangeMethod)?.[1]
  const answers = (codes ?? []).map(([id, meaning]) => ({ id, label: `${id}: ${meaning}` }))
  const exchange = { place: 'exchange', heading: 'When the code is exchanged', answers } as const
  return [...ALWAYS, exchange, ...(flow.id === 'openid' ? [ID_TOKEN] : [])]
}

/** Where a chosen answer is given; null for one that is not offered. */
export function placeOfAnswer(flow: Flow, id: string): AnswerPlace | null {
  const group = answersFor(flow).find(({ answers }) => answers.some((one) => one.id === id))
  return group?.place ?? null
}

/** A chosen answer without the place before it. */
export function bareAnswer(id: string): string {
  return id.replace(/^(?:page|id-token):/, '')
}
