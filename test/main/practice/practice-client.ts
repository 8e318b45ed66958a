/** A browser and an app in one, for the practice Slack: reads the consent page, sends the form, calls. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OAuthFlow } from '../../../main/contract/redirect.ts'
import {
  type PracticeRegistration,
  registerPracticeApp,
} from '../../../main/practice/find-practice.ts'
import { FLOWS } from '../../../main/practice/flows.ts'
import {
  type PracticeSlack,
  type PracticeSlackOptions,
  startPracticeSlack,
} from '../../../main/practice/practice-slack.ts'
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock.ts'

export const WEB_REDIRECT = 'https://localhost:17871/callback'
export const DESKTOP_REDIRECT = 'http://localhost:17871/callback'

/** RFC 7636 appendix B. */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
export const PKCE = { code_challenge: CHALLENGE, code_challenge_method: 'S256' }

export interface Bench {
  readonly practice: PracticeSlack
  readonly clock: FakeClock
  readonly dataDir: string
  /** Closes it and starts it again over the same folder. */
  restart(): Promise<PracticeSlack>
  end(): Promise<void>
}

export async function openBench(options: Partial<PracticeSlackOptions> = {}): Promise<Bench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'practice-test-'))
  const clock = createFakeClock()
  const start = () => startPracticeSlack({ port: 0, dataDir, clock, ...options })
  let practice = await start()
  return {
    get practice() {
      return practice
    },
    clock,
    dataDir,
    async restart() {
      await practice.close()
      practice = await start()
      return practice
    },
    async end() {
      await practice.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Client credentials as they go into a call. */
export interface Client {
  readonly client_id: string
  readonly client_secret?: string
}

/** Registers an app like those of the tests' table; https redirect, rotation off. */
export async function register(
  practice: Pick<PracticeSlack, 'url'>,
  change: Partial<PracticeRegistration> = {},
): Promise<Client & { readonly appId: string }> {
  const app = await registerPracticeApp(practice.url, fetch, {
    name: 'Deploy Bot',
    redirectUrls: [WEB_REDIRECT, DESKTOP_REDIRECT],
    pkce: false,
    botScopes: [],
    userScopes: [],
    tokenRotation: false,
    ...change,
  })
  const secret = app.clientSecret?.expose()
  return {
    appId: app.appId,
    client_id: app.clientId,
    ...(secret === undefined ? {} : { client_secret: secret }),
  }
}

/** Where a flow begins, and the method that exchanges its code. */
export function flowOf(id: OAuthFlow): { authorizePath: string; exchangeMethod: string } {
  const found = FLOWS.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no flow ${id}`)
  return found
}

export function authorizeUrl(
  practice: Pick<PracticeSlack, 'url'>,
  query: Record<string, string>,
  flow: OAuthFlow = 'v2',
): string {
  return `${practice.url}${flowOf(flow).authorizePath}?${new URLSearchParams(query)}`
}

/** The form token of the consent page. */
export async function formToken(
  practice: Pick<PracticeSlack, 'url'>,
  query: Record<string, string>,
  flow: OAuthFlow = 'v2',
) {
  return formTokenOf(await (await fetch(authorizeUrl(practice, query, flow))).text())
}

/** The form token of any page. */
export function formTokenOf(page: string): string {
  const token = /name="form" value="([^"]+)"/.exec(page)?.[1]
  if (token === undefined) throw new Error(`no form: ${/<h1>.*/.exec(page)?.[0]}`)
  return token
}

export function sendForm(
  practice: Pick<PracticeSlack, 'url'>,
  form: Record<string, string>,
  headers: Record<string, string> = {},
  flow: OAuthFlow = 'v2',
): Promise<Response> {
  return fetch(`${practice.url}${flowOf(flow).authorizePath}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ team: 'T0PRACSTUDIO', person: '0', channel: '0', ...form }),
    headers,
  })
}

/** Opens the page, chooses, and answers what the redirect carries. */
export async function consent(
  practice: Pick<PracticeSlack, 'url'>,
  query: Record<string, string>,
  choice: Record<string, string> = {},
  flow: OAuthFlow = 'v2',
): Promise<URLSearchParams> {
  const form = await formToken(practice, query, flow)
  const response = await sendForm(practice, { form, decision: 'allow', ...choice }, {}, flow)
  return new URL(response.headers.get('location') ?? 'about:blank').searchParams
}

export type Json = Record<string, unknown>

/** Calls a method with a form; answers the body. */
export async function call(
  practice: Pick<PracticeSlack, 'url'>,
  method: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Json> {
  const init = { method: 'POST', body: new URLSearchParams(form), headers }
  return (await (await fetch(`${practice.url}/api/${method}`, init)).json()) as Json
}

/** Authorizes with bot scope chat:write, a user scope, or whatever is asked, and exchanges the code. */
export async function authorize(
  practice: Pick<PracticeSlack, 'url'>,
  client: Client,
  query: Record<string, string> = { scope: 'chat:write,team:read' },
  choice: Record<string, string> = {},
  flow: OAuthFlow = 'v2',
): Promise<Json> {
  const asked = { client_id: client.client_id, redirect_uri: WEB_REDIRECT, ...query }
  const code = (await consent(practice, asked, choice, flow)).get('code') ?? ''
  const { appId: _, ...credentials } = { appId: '', ...client }
  const proof = 'code_challenge' in query ? { code_verifier: VERIFIER } : {}
  return call(practice, flowOf(flow).exchangeMethod, {
    ...credentials,
    ...proof,
    code,
    redirect_uri: asked.redirect_uri,
  })
}
