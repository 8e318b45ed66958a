/** `/api/METHOD`: Slack's Web API as far as it is spoken here, and the faults that tests ask for. */
import { readBasic, readFields, readToken } from './api-fields.ts'
import { HANG_UP, jsonReply, type PracticeRequest, type Reply, textReply } from './messages.ts'
import type { MethodAnswer } from './method.ts'
import { METHODS, needsPost } from './methods.ts'
import { faultName } from './planned-answers.ts'
import { type PracticeFault, type PracticeParts, slowDown } from './practice-parts.ts'
import { SlackProblem } from './slack-problem.ts'

/** Seconds that a rate-limited caller is told to wait, unless the fault names others. */
const RETRY_AFTER_SECONDS = 30

/** @param method such as `auth.test`, as it stands in the path */
export async function answerApi(
  parts: PracticeParts,
  request: PracticeRequest,
  method: string,
): Promise<Reply | typeof HANG_UP> {
  const fault = parts.faults.next?.(method) ?? null
  const { reply, outcome } = await answerOrFail(parts, request, method, fault)
  const said = fault === null ? outcome : faultName(fault)
  // A name that a stranger sent could be anything, a token too.
  const known = METHODS.has(method) ? method : 'unknown'
  parts.record({ method: known, outcome: said, atMs: parts.clock.now() })
  parts.log.info('practice answered', { method: known, outcome: said })
  if (fault === 'hang-up') return HANG_UP
  if (fault === 'slow') await slowDown(parts.clock)
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
  const failed = failedAnswer(fault)
  if (failed !== null) return failed
  try {
    return answered(await perform(parts, request, method, fault))
  } catch (thrown) {
    if (thrown instanceof SlackProblem) return refused(thrown.slackCode, thrown.details)
    // Nothing was kept and no token left: Slack's own word for that.
    const name = thrown instanceof Error ? thrown.name : typeof thrown
    parts.log.error('practice call failed', { method, name })
    return refused('internal_error')
  }
}

/** Null when the call is to be performed. */
function failedAnswer(fault: PracticeFault | null): Said | null {
  if (fault === 'garbage') {
    const page = textReply(200, '<!doctype html><title>Sign in</title><h1>Sign in</h1>\n')
    const headers = { ...page.headers, 'Content-Type': 'text/html; charset=utf-8' }
    return { reply: { ...page, headers }, outcome: fault }
  }
  if (fault === null || typeof fault === 'string') return null
  if ('error' in fault) {
    return refused(fault.error, FAULT_DETAILS[fault.error], fault.retryAfterSeconds)
  }
  return 'status' in fault
    ? { reply: textReply(fault.status, ''), outcome: `${fault.status}` }
    : null
}

/** What Slack says beside some codes. */
const FAULT_DETAILS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  missing_scope: { needed: 'practice:scope', provided: '' },
  invalid_manifest: { errors: [{ message: 'is refused for practice', pointer: '/' }] },
}

async function perform(
  parts: PracticeParts,
  request: PracticeRequest,
  method: string,
  fault: PracticeFault | null,
): Promise<MethodAnswer> {
  const run = METHODS.get(method)
  const isPost = request.method === 'POST'
  if (run === undefined || (!isPost && request.method !== 'GET')) {
    throw new SlackProblem('unknown_method')
  }
  const fields = readFields(request)
  if (!isPost && needsPost(method)) throw new SlackProblem('invalid_post_type')
  const call = {
    fields,
    token: readToken(request, fields),
    basic: readBasic(request),
    port: Number(new URL(request.origin).port),
    tokenLifeSeconds: parts.tokenLifeSeconds,
    idTokenFault: typeof fault === 'object' && fault && 'idToken' in fault ? fault.idToken : null,
  }
  const answer = await parts.state.change((draft) =>
    run(draft, { ...call, nowMs: parts.clock.now() }),
  )
  if (answer.idToken === undefined) return answer
  const idToken = await parts.signer.sign(answer.idToken)
  return { ...answer, body: { ...answer.body, id_token: idToken } }
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
function refused(
  error: string,
  details: Readonly<Record<string, unknown>> = {},
  retryAfterSeconds = RETRY_AFTER_SECONDS,
): Said {
  const isLimited = error === 'ratelimited'
  const reply = jsonReply({ ok: false, error, ...details }, isLimited ? 429 : 200)
  const headers = isLimited
    ? { ...reply.headers, 'Retry-After': `${retryAfterSeconds}` }
    : reply.headers
  return { reply: { ...reply, headers }, outcome: error }
}
