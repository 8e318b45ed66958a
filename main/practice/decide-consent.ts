/** What the user chose on the consent page, and where the browser goes then. */
import * as z from 'zod'
import { findApp } from './apps.ts'
import { chosenProblem, PROBLEMS } from './authorize-problems.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import { bareAnswer, DESCRIBED_DENIAL, placeOfAnswer } from './chosen-answers.ts'
import {
  type ConsentChoice,
  type GrantedScopes,
  grantedScopes,
  storedCode,
} from './consent-code.ts'
import { canTakeOrganization } from './consent-page.ts'
import type { Flow } from './flows.ts'
import { freshCode } from './fresh-secrets.ts'
import { idTokenFault } from './id-token-fault.ts'
import { type PracticeRequest, type Reply, textReply } from './messages.ts'
import { adminApprovalPage, problemPage, staleFormPage } from './other-pages.ts'
import type { PracticeParts } from './practice-parts.ts'
import { withParameters } from './redirects.ts'
import type { PracticeApp } from './state.ts'
import { findPlace, findWorkspace, ORGANIZATION } from './world.ts'

const place = z.string().regex(/^\d$/).transform(Number)
const choice = z.object({
  form: z.string().max(100),
  decision: z.enum(['allow', 'cancel', 'answer']),
  team: z.string(),
  person: place,
  channel: place.optional(),
  answer: z.string().default(''),
})
type Sent = z.infer<typeof choice>

/**
 * Takes the form once. It is bound to the request it was shown for, so nothing of the authorize URL
 * comes back from the page. Only a form of our own page has the token; the Origin was checked before.
 */
export async function decideConsent(
  parts: PracticeParts,
  flow: Flow,
  request: PracticeRequest,
): Promise<Reply> {
  const params = new URLSearchParams(request.body)
  const sent = choice.safeParse(Object.fromEntries(params))
  if (!sent.success) return unreadable()
  const asked = parts.consentForms.take(sent.data.form)
  const app = asked === null ? undefined : findApp(parts.state.current(), asked.clientId)
  if (asked?.flow.id !== flow.id || app === undefined) return staleFormPage()
  const { decision, answer } = sent.data
  if (decision === 'cancel') return redirect(asked, { error: 'access_denied' })
  if (decision === 'answer') {
    const reply = replyWithoutCode(asked, answer)
    if (reply !== null) return reply
  }
  const granted = grantedScopes(asked, app, params)
  if (granted === null) return problemPage(PROBLEMS.nothingLeft)
  return redirectWithCode(parts, asked, app, sent.data, granted)
}

function unreadable(): Reply {
  return textReply(400, 'This form cannot be read.\n')
}

/** The answer of a request to fail at once; null when the failure comes with the exchange. */
function replyWithoutCode(asked: AuthorizeRequest, answer: string): Reply | null {
  switch (placeOfAnswer(asked.flow, answer)) {
    case 'redirect':
      return redirect(asked, denial(answer))
    case 'none':
      return adminApprovalPage()
    case 'page': {
      const problem = chosenProblem(bareAnswer(answer))
      return problem === null ? unreadable() : problemPage(problem)
    }
    case 'exchange':
    case 'id-token':
      return null
    case null:
      return unreadable()
  }
}

function denial(answer: string): Record<string, string> {
  const error = 'access_denied'
  if (answer !== DESCRIBED_DENIAL) return { error }
  return { error, error_description: 'The user cancelled, or may not install this app.' }
}

async function redirectWithCode(
  parts: PracticeParts,
  asked: AuthorizeRequest,
  app: PracticeApp,
  sent: Sent,
  granted: GrantedScopes,
): Promise<Reply> {
  const chosen = readChoice(asked, app, sent)
  if (chosen === null) return unreadable()
  const code = freshCode()
  const nowMs = parts.clock.now()
  const stored = storedCode({ code, asked, app, chosen, granted, nowMs })
  await parts.state.change((draft) => void draft.codes.push(stored))
  return redirect(asked, { code })
}

/** Null when it names what was not offered. */
function readChoice(asked: AuthorizeRequest, app: PracticeApp, sent: Sent): ConsentChoice | null {
  const found = findPlace(sent.team)
  const person = found?.people[sent.person]
  if (!found || !person) return null
  const isOrgWide = found.id === ORGANIZATION.id
  if (isOrgWide && !canTakeOrganization(app, asked.flow)) return null
  const channel = findWorkspace(found.id)?.channels[sent.channel ?? 0]
  if (!isOrgWide && !channel) return null
  const wanted = sent.decision === 'answer' ? sent.answer : null
  const isIdToken = wanted !== null && placeOfAnswer(asked.flow, wanted) === 'id-token'
  return {
    teamId: found.id,
    userId: person.userId,
    channelId: channel?.id ?? null,
    failsWith: isIdToken ? null : wanted,
    idTokenFault: isIdToken ? idTokenFault.parse(bareAnswer(wanted)) : null,
  }
}

/** Source: RFC 6749 sections 4.1.2 and 4.1.2.1. */
function redirect(asked: AuthorizeRequest, answer: Readonly<Record<string, string>>): Reply {
  const state = asked.state === null ? {} : { state: asked.state }
  return {
    status: 302,
    headers: {
      Location: withParameters(asked.answerUri, { ...answer, ...state }),
      'Referrer-Policy': 'no-referrer',
    },
    body: '',
  }
}
