/** Which part of the practice Slack answers which address. */
import { answersPage } from './answers-page.ts'
import { answerApi } from './api.ts'
import { appInstallPage, appOAuthPage, appPage, appsPage } from './app-pages.ts'
import { allApps, findApp, findAppById } from './apps.ts'
import { readAuthorizeRequest } from './authorize-request.ts'
import { consentPage } from './consent-page.ts'
import { decideConsent } from './decide-consent.ts'
import {
  ANSWERS_PATH,
  APPS_PATH,
  CONFIGURATION_TOKENS_PATH,
  DESCRIPTION_PATH,
  LIST_PATH,
} from './description.ts'
import { DISCOVERY_PATH, discoveryDocument, KEYS_PATH } from './discovery.ts'
import { FLOWS, type Flow } from './flows.ts'
import {
  type Answer,
  type HANG_UP,
  jsonReply,
  type PracticeRequest,
  type Reply,
  textReply,
} from './messages.ts'
import { newAppPage } from './new-app-page.ts'
import { problemPage } from './other-pages.ts'
import { takeAnswersForm, takeAppsForm } from './page-forms.ts'
import type { PracticeParts } from './practice-parts.ts'
import { isJson, makeConfigurationToken, planAnswers, registerApp } from './programs.ts'
import { answerWebhook } from './webhooks.ts'

type Said = Reply | typeof HANG_UP | Promise<Reply | typeof HANG_UP>
type Handler = (parts: PracticeParts, request: PracticeRequest) => Said
/** What stands at an address, by the way it is asked. */
interface Route {
  readonly GET?: Handler
  readonly POST?: Handler
}

const APP_PAGES = { '': appPage, '/oauth': appOAuthPage, '/install-on-team': appInstallPage }

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ...FLOWS.map((flow): [string, Route] => [flow.authorizePath, authorizeRoute(flow)]),
  [DISCOVERY_PATH, { GET: (_, request) => jsonReply(discoveryDocument(baseUrl(request))) }],
  [KEYS_PATH, { GET: async ({ signer }) => jsonReply(await signer.keys()) }],
  [APPS_PATH, { POST: registerApp }],
  [CONFIGURATION_TOKENS_PATH, { POST: makeConfigurationToken }],
  [ANSWERS_PATH, { GET: answersPage, POST: takeAnswers }],
  [DESCRIPTION_PATH, { GET: (_, request) => describe(request) }],
  [LIST_PATH, { GET: listApps, POST: takeAppsForm }],
  ['/', { GET: listApps }],
])

/** Answers requests whose Host and Origin were checked. */
export function createRouter(parts: PracticeParts): Answer {
  return async (request) => route(parts, request)
}

function route(parts: PracticeParts, request: PracticeRequest): Said {
  const { path, method } = request
  if (path.startsWith('/api/')) return answerApi(parts, request, path.slice('/api/'.length))
  if (path.startsWith('/services/')) return answerWebhook(parts, request)
  const found = ROUTES.get(path) ?? routeBelow(parts, path)
  if (found === null) return textReply(404, 'There is nothing at this address.\n')
  const handler = method === 'GET' ? found.GET : method === 'POST' ? found.POST : undefined
  return handler === undefined ? notAllowed(found) : handler(parts, request)
}

/** Addresses with an ID in them; null for any other. */
function routeBelow(parts: PracticeParts, path: string): Route | null {
  if (path.startsWith(`${APPS_PATH}/`)) return { GET: () => isKnown(parts, path) }
  const [, appId, page = ''] = /^\/apps\/([A-Z0-9]+)((?:\/[a-z-]+)?)$/.exec(path) ?? []
  const show = Object.entries(APP_PAGES).find(([name]) => name === page)?.[1]
  const app = appId === undefined ? undefined : findAppById(parts.state.current(), appId)
  return show === undefined || app === undefined ? null : { GET: () => show(app) }
}

function authorizeRoute(flow: Flow): Route {
  return {
    GET(parts, request) {
      const outcome = readAuthorizeRequest(flow, parts.state.current(), request.query)
      if ('problem' in outcome) return problemPage(outcome.problem)
      return consentPage(outcome.app, outcome.request, parts.consentForms.open(outcome.request))
    },
    POST: (parts, request) => decideConsent(parts, flow, request),
  }
}

function listApps(parts: PracticeParts, { query }: PracticeRequest): Reply {
  if (query.get('new_app') === '1') return newAppPage(parts, query)
  return appsPage(allApps(parts.state.current()), parts.pageForms.open({ kind: 'generate-token' }))
}

/** A program sends JSON, our own page its form. */
function takeAnswers(parts: PracticeParts, request: PracticeRequest): Said {
  return isJson(request) ? planAnswers(parts, request) : takeAnswersForm(parts, request)
}

function isKnown(parts: PracticeParts, path: string): Reply {
  const clientId = path.slice(APPS_PATH.length + 1)
  return jsonReply({ isKnown: findApp(parts.state.current(), clientId) !== undefined })
}

function describe(request: PracticeRequest): Reply {
  return jsonReply({
    product: 'Token Desk practice Slack',
    protocol: 1,
    url: baseUrl(request),
  })
}

/** By the one name that is used for the issuer too, whatever name the client used. */
function baseUrl(request: PracticeRequest): string {
  return `http://localhost:${new URL(request.origin).port}`
}

function notAllowed(found: Route): Reply {
  const refused = textReply(405, 'This address is asked in another way.\n')
  return { ...refused, headers: { ...refused.headers, Allow: Object.keys(found).join(', ') } }
}
