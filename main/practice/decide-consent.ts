/** What the user chose on the consent page, and where the browser goes then. */
import * as z from 'zod'
import { findApp } from './apps.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import { placeOfAnswer } from './chosen-answers.ts'
import { freshCode, hashOf } from './fresh-secrets.ts'
import { type PracticeRequest, type Reply, textReply } from './messages.ts'
import { adminApprovalPage, staleFormPage } from './other-pages.ts'
import type { PracticeParts } from './practice-parts.ts'
import { withParameters } from './redirects.ts'
import { WEBHOOK_SCOPE } from './scopes.ts'
import type { PracticeApp } from './state.ts'
import { findWorkspace } from './world.ts'

/** A code lives so long. Source: slack-auth section 1 (docs: installing-with-oauth). */
export const CODE_LIFE_MS = 10 * 60_000

const place = z.string().regex(/^\d$/).transform(Number)
const choice = z.object({
  form: z.string().max(100),
  decision: z.enum(['allow', 'cancel', 'answer']),
  team: z.string(),
  person: place,
  channel: place.optional(),
  answer: z.string().optional(),
})
type Choice = z.infer<typeof choice>

/**
 * Takes the form once. It is bound to the request it was shown for, so nothing of the authorize URL
 * comes back from the page. Only a form of our own page has the token; the Origin was checked before.
 */
export async function decideConsent(
  parts: PracticeParts,
  request: PracticeRequest,
): Promise<Reply> {
  const sent = choice.safeParse(Object.fromEntries(new URLSearchParams(request.body)))
  if (!sent.success) return textReply(400, 'This form cannot be read.\n')
  const asked = parts.forms.take(sent.data.form)
  const app = asked === null ? undefined : findApp(parts.state.current(), asked.clientId)
  if (asked === null || app === undefined) return staleFormPage()
  const { decision, answer = '' } = sent.data
  if (decision === 'cancel') return redirect(asked, { error: 'access_denied' })
  if (decision === 'allow') return redirectWithCode(parts, asked, app, sent.data, null)
  switch (placeOfAnswer(answer)) {
    case 'redirect':
      return redirect(asked, { error: answer })
    case 'none':
      return adminApprovalPage()
    case 'exchange':
      return redirectWithCode(parts, asked, app, sent.data, answer)
    case null:
      return textReply(400, 'This form cannot be read.\n')
  }
}

async function redirectWithCode(
  parts: PracticeParts,
  asked: AuthorizeRequest,
  app: PracticeApp,
  chosen: Choice,
  failsWith: string | null,
): Promise<Reply> {
  const workspace = findWorkspace(chosen.team)
  const person = workspace?.people[chosen.person]
  const channel = workspace?.channels[chosen.channel ?? 0]
  if (!workspace || !person || !channel) return textReply(400, 'This form cannot be read.\n')
  const code = freshCode()
  await parts.state.change((draft) => {
    draft.codes.push({
      hash: hashOf(code),
      appId: app.appId,
      teamId: workspace.id,
      userId: person.userId,
      botScopes: [...asked.botScopes],
      userScopes: [...asked.userScopes],
      redirectUri: asked.redirectUri,
      challengeHash: asked.challenge === null ? null : hashOf(asked.challenge),
      channelId: asked.botScopes.includes(WEBHOOK_SCOPE) ? channel.id : null,
      isDesktop: asked.isDesktop,
      expiresAtMs: parts.clock.now() + CODE_LIFE_MS,
      isUsed: false,
      failsWith,
    })
  })
  return redirect(asked, { code })
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
