/** `/services/T…/B…/…`: an incoming webhook takes a message. Nothing of it is kept. */
import * as z from 'zod'
import { WEBHOOK_STATUS } from './documented-codes.ts'
import { freshWebhookPath, hashOf } from './fresh-secrets.ts'
import { HANG_UP, type PracticeRequest, type Reply, textReply } from './messages.ts'
import { type PracticeFault, type PracticeParts, slowDown } from './practice-parts.ts'
import type { PracticeState } from './state.ts'
import { findWorkspace, placeUrl } from './world.ts'

/** What faults and planned answers call a post to a webhook, which is no method of the Web API. */
export const WEBHOOK_METHOD = 'incoming-webhook'

/** Makes a webhook; answers what the exchange says of it. Its URL is a secret. */
export function addWebhook(
  draft: PracticeState,
  of: { appId: string; teamId: string; channelId: string; port: number },
): Record<string, unknown> {
  const { appId, teamId, channelId, port } = of
  const workspace = findWorkspace(teamId)
  const path = freshWebhookPath(teamId)
  draft.webhooks.push({ hash: hashOf(path), appId, teamId })
  const settings = workspace === undefined ? '' : placeUrl(workspace, port)
  return {
    channel: workspace?.channels.find((one) => one.id === channelId)?.name,
    channel_id: channelId,
    configuration_url: `${settings}services/${path.split('/')[3]}`,
    url: `http://localhost:${port}${path}`,
  }
}

const message = z.object({ text: z.string() })

/** Answers in plain text, as Slack does; a fault that was asked for comes first. */
export async function answerWebhook(
  parts: PracticeParts,
  request: PracticeRequest,
): Promise<Reply | typeof HANG_UP> {
  if (request.method !== 'POST') return textReply(405, 'method_not_allowed')
  const fault = parts.faults.next?.(WEBHOOK_METHOD) ?? null
  if (fault === 'hang-up') return HANG_UP
  if (fault === 'slow') await slowDown(parts.clock)
  return failedReply(fault) ?? postReply(parts.state.current(), request)
}

/** Null when the fault does not change what is said. */
function failedReply(fault: PracticeFault | null): Reply | null {
  if (fault === 'garbage') return textReply(200, '<!doctype html><title>Sign in</title>')
  if (fault === null || typeof fault === 'string') return null
  if ('error' in fault) return textReply(WEBHOOK_STATUS.get(fault.error) ?? 400, fault.error)
  return 'status' in fault ? textReply(fault.status, '') : null
}

function postReply(state: PracticeState, request: PracticeRequest): Reply {
  const hash = hashOf(request.path)
  const found = state.webhooks.find((one) => one.hash === hash)
  if (found === undefined) return textReply(404, 'no_service')
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
