import type { OAuthFlow, RedirectStrategy } from '../../../main/contract/redirect.ts'
import { redirectUrls } from '../../../main/contract/redirect.ts'
import { PASTE_REDIRECT_URL } from '../../../main/practice/apps.ts'
import {
  makePracticeConfigurationToken,
  registerPracticeApp,
} from '../../../main/practice/find-practice.ts'
import type { PracticeFault } from '../../../main/practice/practice-parts.ts'
import { type PracticeSlack, startPracticeSlack } from '../../../main/practice/practice-slack.ts'
import { removeFolder, temporaryFolder } from './desk.ts'

/** What the form "Add a Slack app" is filled in with. */
export interface TestSlackApp {
  readonly name: string
  readonly flow: OAuthFlow
  readonly strategy: RedirectStrategy
  /** Registered for `paste` and `relay`. */
  readonly redirectUrl: string
  readonly baseUrl: string
  readonly clientId: string
  /** Null for a PKCE app. */
  readonly clientSecret: string | null
  readonly botScopes: readonly string[]
  readonly userScopes: readonly string[]
  /** Those that the user may untick. */
  readonly optionalScopes: readonly string[]
}

/** How an app is registered; https with bot and user scopes and without rotation unless told. */
export type TestSlackAppOptions = Partial<
  Omit<TestSlackApp, 'name' | 'baseUrl' | 'clientId' | 'clientSecret'>
> & {
  readonly tokenRotation?: boolean
  /** May be installed on the whole organization. */
  readonly orgDeploy?: boolean
}

/** A practice Slack of the test's own, on a port of its own, whose calls can be made to fail. */
export interface TestSlack {
  /** The custom base URL to give the app. */
  readonly url: string
  /** What it keeps on disk. */
  readonly folder: string
  register(name: string, options?: TestSlackAppOptions): Promise<TestSlackApp>
  /** An app configuration token of Practice Studio with its refresh token, as its page shows them once. */
  configurationToken(): Promise<{ readonly token: string; readonly refreshToken: string }>
  /** The next calls of this method go wrong, one for each fault. */
  failNext(method: string, ...faults: readonly PracticeFault[]): void
  /** Outcomes of the calls of this method so far, oldest first. */
  outcomes(method: string): string[]
  /** What Slack says to a call with this token: `ok`, or its code. */
  ask(method: string, token: string): Promise<string>
  /** What Slack says when this app renews a token: `ok`, or its code. A refresh token is used up by it. */
  askToRefresh(app: TestSlackApp, refreshToken: string): Promise<string>
  /** Nothing answers there any more until `start`. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it and removes its folder. */
  close(): Promise<void>
}

export async function openTestSlack(): Promise<TestSlack> {
  const dataDir = await temporaryFolder('slack')
  const coming = new Map<string, PracticeFault[]>()
  const faults = { next: (method: string) => coming.get(method)?.shift() ?? null }
  const begin = (port: number) => startPracticeSlack({ port, dataDir, faults })
  let practice: PracticeSlack = await begin(0)
  const { url, port } = practice
  return {
    url,
    folder: dataDir,
    register: (name, options = {}) => register(url, name, options),
    configurationToken: () => configurationToken(url),
    failNext: (method, ...next) => void coming.set(method, [...next]),
    outcomes: (method) =>
      practice
        .calls()
        .filter((call) => call.method === method)
        .map(({ outcome }) => outcome),
    ask(method, token) {
      const headers = { Authorization: `Bearer ${token}` }
      return said(fetch(`${url}/api/${method}`, { method: 'POST', headers }))
    },
    askToRefresh({ clientId, clientSecret }, refreshToken) {
      const body = new URLSearchParams({
        ...{ client_id: clientId, client_secret: clientSecret ?? '' },
        ...{ grant_type: 'refresh_token', refresh_token: refreshToken },
      })
      return said(fetch(`${url}/api/oauth.v2.access`, { method: 'POST', body }))
    },
    stop: () => practice.close(),
    async start() {
      practice = await begin(port)
    },
    async close() {
      await practice.close()
      await removeFolder(dataDir)
    },
  }
}

async function said(asking: Promise<Response>): Promise<string> {
  const answer = (await (await asking).json()) as { ok: boolean; error?: string }
  return answer.ok ? 'ok' : (answer.error ?? 'no code')
}

async function configurationToken(url: string) {
  const made = await makePracticeConfigurationToken(url, fetch)
  return { token: made.token.expose(), refreshToken: made.refreshToken.expose() }
}

const BOT_SCOPES = ['chat:write', 'team:read']
const USER_SCOPES = ['search:read']

async function register(
  url: string,
  name: string,
  options: TestSlackAppOptions,
): Promise<TestSlackApp> {
  const { strategy = 'https', flow = 'v2', redirectUrl = PASTE_REDIRECT_URL } = options
  const { optionalScopes = [], tokenRotation = false, orgDeploy = false } = options
  const isBotless = strategy === 'pkce' || flow !== 'v2'
  const { botScopes = isBotless ? [] : BOT_SCOPES, userScopes = USER_SCOPES } = options
  const isLoopback = strategy === 'https' || strategy === 'pkce'
  const registered = await registerPracticeApp(url, fetch, {
    ...{ name, botScopes, userScopes, optionalScopes, tokenRotation, orgDeploy },
    redirectUrls: isLoopback ? redirectUrls(strategy) : [redirectUrl],
    pkce: strategy === 'pkce',
  })
  const { clientId } = registered
  const clientSecret = registered.clientSecret?.expose() ?? null
  const secrets = { clientId, clientSecret }
  const scopes = { botScopes, userScopes, optionalScopes }
  return { name, flow, strategy, redirectUrl, baseUrl: url, ...secrets, ...scopes }
}
