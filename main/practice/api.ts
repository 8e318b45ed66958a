/** `/api/METHOD`: Slack's Web API as far as it is spoken here, and the faults that tests ask for. */
import { readBasic, readFields, readToken } from './api-fields.ts'
import { METHODS, type MethodAnswer } from './api-methods.ts'
import { HANG_UP, jsonReply, type PracticeRequest, type Reply, textReply } from './messages.ts'
import { oauthAccess } from './oauth-access.ts'
import type { PracticeFault, PracticeParts } from './practice-parts.ts'
import { SlackProblem } from './slack-problem.ts'
import type { PracticeState } from './state.ts'

/** Seconds that a rate-limited caller is told to wait. */
const RETRY_AFTER_SECONDS = 30
/** Longer than anybody waits for an answer. */
const SLOW_MS = 60_000

/** @param method such as `auth.test`, as it stands in the path */
export async function answerApi(
  parts: PracticeParts,
  request: PracticeRequest,
  method: string,
): Promise<Reply | typeof HANG_UP> {
  const fault = parts.faults.next?.(method) ?? null
  const { reply, outcome } = await answerOrFail(parts, request, method, fault)
  const said = fault === null ? outcome : nameOfFault(fault)
  // A name that a stranger sent could be anything, a token too.
  const known = isKnown(method) ? method : 'unknown'
  parts.record({ method: known, outcome: said, atMs: parts.clock.now() })
  parts.log.info('practice answered', { method: known, outcome: said })
  if (fault === 'hang-up') return HANG_UP
  if (fault === 'slow') await new Promise<void>((resolve) => parts.clock.after(SLOW_MS, resolve))
  return reply
}

interface Said {
  readonly reply: Reply
  /** `ok` or Slack's code. */
  readonly outcome: string
}

async function answerOrFail(
  parts: PracticeParts,
  request: PracticeRequest,
  method: string,
  fault: PracticeFault | null,
): Promise<Said> {
  if (fault === 'garbage') {
    const page = textReply(200, '<!doctype html><title>Sign in</title><h1>Sign in</h1>\n')
    const headers = { ...page.headers, 'Content-Type': 'text/html; charset=utf-8' }
    return { reply: { ...page, headers }, outcome: fault }
  }
  if (fault !== null && typeof fault === 'object') {
    return 'error' in fault
      ? refused(fault.error)
      : { reply: textReply(fault.status, ''), outcome: `${fault.status}` }
  }
  try {
    return answered(await perform(parts, request, method))
  } catch (thrown) {
    if (thrown instanceof SlackProblem) return refused(thrown.slackCode, thrown.details)
    // Nothing was kept and no token left: Slack's own word for that.
    const name = thrown instanceof Error ? thrown.name : typeof thrown
    parts.log.error('practice call failed', { method, name })
    return refused('internal_error')
  }
}

function perform(
  parts: PracticeParts,
  request: PracticeRequest,
  method: string,
): Promise<MethodAnswer> {
  if (!isKnown(method)) throw new SlackProblem('unknown_method')
  if (request.method !== 'POST' && request.method !== 'GET')
    throw new SlackProblem('unknown_method')
  const fields = readFields(request)
  const port = Number(new URL(request.origin).port)
  const act = (draft: PracticeState): MethodAnswer => {
    const context = { nowMs: parts.clock.now(), port }
    const run = METHODS.get(method)
    if (run !== undefined)
      return run(draft, { ...context, fields, token: readToken(request, fields) })
    // A code in a GET would stand in the address.
    if (request.method !== 'POST') throw new SlackProblem('invalid_post_type')
    const body = oauthAccess(draft, fields, readBasic(request), context)
    return { body, scopes: [], accepted: [] }
  }
  return parts.state.change(act)
}

function isKnown(method: string): boolean {
  return method === 'oauth.v2.access' || METHODS.has(method)
}

function answered({ body, scopes, accepted }: MethodAnswer): Said {
  if (body.ok === false) return refused(String(body.error))
  const reply = jsonReply(body)
  const headers = {
    ...reply.headers,
    'x-oauth-scopes': scopes.join(','),
    'x-accepted-oauth-scopes': accepted.join(','),
  }
  return { reply: { ...reply, headers }, outcome: 'ok' }
}

/** HTTP 200 as Slack does it, 429 alone where it asks to wait. Source: slack-auth sections 3 and 8. */
function refused(error: string, details: Readonly<Record<string, string>> = {}): Said {
  const isLimited = error === 'ratelimited'
  const reply = jsonReply({ ok: false, error, ...details }, isLimited ? 429 : 200)
  const headers = isLimited
    ? { ...reply.headers, 'Retry-After': `${RETRY_AFTER_SECONDS}` }
    : reply.headers
  return { reply: { ...reply, headers }, outcome: error }
}

function nameOfFault(fault: PracticeFault): string {
  if (typeof fault === 'string') return fault
  return 'error' in fault ? fault.error : `${fault.status}`
}
