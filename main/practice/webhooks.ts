/** `/services/T…/B…/…`: an incoming webhook takes a message. Nothing of it is kept. */
import * as z from 'zod'
import { hashOf } from './fresh-secrets.ts'
import { type PracticeRequest, type Reply, textReply } from './messages.ts'
import type { PracticeState } from './state.ts'

const message = z.object({ text: z.string() })

/** Answers in plain text, as Slack does. */
export function answerWebhook(state: PracticeState, request: PracticeRequest): Reply {
  if (request.method !== 'POST') return textReply(405, 'method_not_allowed')
  const hash = hashOf(request.path)
  const found = state.webhooks.find((one) => one.hash === hash)
  if (found === undefined || found.isRevoked) return textReply(404, 'no_service')
  const parsed = message.safeParse(payloadOf(request))
  if (!parsed.success) return textReply(400, 'invalid_payload')
  return parsed.data.text === '' ? textReply(400, 'no_text') : textReply(200, 'ok')
}

/** JSON, as the body or as the form field `payload`; undefined for anything else. */
function payloadOf(request: PracticeRequest): unknown {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(
    request.headers['content-type'] ?? '',
  )
  try {
    return JSON.parse(
      isForm ? (new URLSearchParams(request.body).get('payload') ?? '') : request.body,
    )
  } catch {
    return undefined
  }
}
