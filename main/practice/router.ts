/** Which part of the practice Slack answers which address. */
import { answerApi } from './api.ts'
import { addApp, findApp, practiceAppInput } from './apps.ts'
import { readAuthorizeRequest } from './authorize-request.ts'
import { consentPage } from './consent-page.ts'
import { decideConsent } from './decide-consent.ts'
import { APPS_PATH, DESCRIPTION_PATH } from './description.ts'
import {
  type Answer,
  type HANG_UP,
  jsonReply,
  type PracticeRequest,
  type Reply,
  textReply,
} from './messages.ts'
import { appsPage, problemPage } from './other-pages.ts'
import type { PracticeParts } from './practice-parts.ts'
import { answerWebhook } from './webhooks.ts'

type Said = Reply | typeof HANG_UP | Promise<Reply | typeof HANG_UP>

/** Answers requests whose Host and Origin were checked. */
export function createRouter(parts: PracticeParts): Answer {
  return async (request) => route(parts, request)
}

function route(parts: PracticeParts, request: PracticeRequest): Said {
  const { path, method } = request
  const isGet = method === 'GET'
  if (path.startsWith('/api/')) return answerApi(parts, request, path.slice('/api/'.length))
  if (path.startsWith('/services/')) return answerWebhook(parts.state.current(), request)
  if (path === '/oauth/v2/authorize') {
    if (method === 'POST') return decideConsent(parts, request)
    return isGet ? authorize(parts, request) : notAllowed('GET, POST')
  }
  if (path === APPS_PATH) return method === 'POST' ? register(parts, request) : notAllowed('POST')
  if (path.startsWith(`${APPS_PATH}/`)) return isGet ? isKnown(parts, path) : notAllowed('GET')
  if (path === DESCRIPTION_PATH) return isGet ? describe(request) : notAllowed('GET')
  if (path === '/' || path === '/apps') {
    return isGet ? appsPage(parts.state.current().apps) : notAllowed('GET')
  }
  return textReply(404, 'There is nothing at this address.\n')
}

function authorize(parts: PracticeParts, request: PracticeRequest): Reply {
  const outcome = readAuthorizeRequest(parts.state.current(), request.query)
  if ('problem' in outcome) return problemPage(outcome.problem)
  return consentPage(outcome.app, outcome.request, parts.forms.open(outcome.request))
}

/**
 * For programs alone: a page of our own origin has no business here either. JSON besides, which no
 * web page can send elsewhere without asking first. Source: Fetch standard, CORS-preflight.
 */
async function register(parts: PracticeParts, request: PracticeRequest): Promise<Reply> {
  if (request.headers.origin !== undefined) return textReply(403, 'Web pages register no apps.\n')
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return textReply(415, 'The app must come as JSON.\n')
  }
  const input = practiceAppInput.safeParse(parseJson(request.body))
  if (!input.success) return textReply(400, 'This cannot be registered as an app.\n')
  return jsonReply(await parts.state.change((draft) => addApp(draft, input.data)), 201)
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isKnown(parts: PracticeParts, path: string): Reply {
  const clientId = path.slice(APPS_PATH.length + 1)
  return jsonReply({ isKnown: findApp(parts.state.current(), clientId) !== undefined })
}

function describe(request: PracticeRequest): Reply {
  const url = `http://localhost:${new URL(request.origin).port}`
  return jsonReply({ product: 'Token Desk practice Slack', protocol: 1, url })
}

function notAllowed(allow: string): Reply {
  const refused = textReply(405, 'This address is asked in another way.\n')
  return { ...refused, headers: { ...refused.headers, Allow: allow } }
}
