import { onTestFinished } from 'vitest'
import type { AppError } from '../../main/errors.ts'
import {
  type Answer,
  type Authorizations,
  type BeginOptions,
  createAuthorizations,
  type PendingAuthorization,
} from '../../main/oauth/authorizations.ts'
import {
  createLoopbackCertificate,
  type LoopbackCertificate,
} from '../../main/oauth/certificate.ts'
import { systemClock } from '../../main/platform/clock.ts'
import { silentLog } from '../../main/platform/log.ts'
import { Secret } from '../../main/platform/secret.ts'
import { type CodeExchange, createSlackApi, type SlackApi } from '../../main/slack/slack-api.ts'
import { createFakeClock, type FakeClock } from '../fakes/fake-clock.ts'
import { type Answered, ask, createCollectingLog, freePorts } from '../main/oauth/support.ts'
import { sample } from '../main/slack/sample-secrets.ts'
import { json, type SlackServer, startSlackServer } from '../main/slack/slack-server.ts'

/** The product's own parts, as one test needs them; all of it ends with the test. */
export interface Authorizing {
  readonly authorizations: Authorizations
  readonly clock: FakeClock
  readonly ports: readonly number[]
  readonly opened: string[]
  readonly answers: Answer[]
  readonly failures: AppError[]
  readonly log: { text(): string }
  begin(options?: Partial<BeginOptions>): Promise<PendingAuthorization>
  /** A request of the browser, or of anybody else on this computer. */
  request(
    pending: PendingAuthorization,
    path: string,
    asked?: Partial<Parameters<typeof ask>[0]>,
  ): Promise<Answered>
  /** Where Slack would send the browser. */
  redirectPath(pending: PendingAuthorization, code?: string): string
}

let certificate: Promise<LoopbackCertificate> | null = null

export async function startAuthorizing(): Promise<Authorizing> {
  certificate ??= createLoopbackCertificate({ clock: systemClock })
  const cert = await certificate
  const clock = createFakeClock()
  const log = createCollectingLog()
  const ports = await freePorts(3)
  const opened: string[] = []
  const answers: Answer[] = []
  const failures: AppError[] = []
  const authorizations = createAuthorizations({
    ...{ clock, log, ports, relayPort: ports[2] ?? 0 },
    browser: { open: async (url) => void opened.push(url) },
    certificate: async () => cert,
  })
  onTestFinished(() => authorizations.close())
  return {
    ...{ authorizations, clock, ports, opened, answers, failures, log },
    begin: (options = {}) =>
      authorizations.begin({
        ...{
          authorizeEndpoint: 'https://slack.com/oauth/v2/authorize',
          flow: 'v2',
          clientId: '1.2',
        },
        ...{ strategy: 'pkce', registeredRedirectUrl: null, callbackPath: '/callback' },
        ...{ botScopes: [], userScopes: ['users:read'], teamId: null },
        onAnswer: async (answer) => void answers.push(answer),
        onFailure: (error) => failures.push(error),
        ...options,
      }),
    request(pending, path, asked = {}) {
      const tls = pending.redirectUri.startsWith('https:') ? { ca: cert.certPem } : {}
      return ask({ port: pending.port ?? 0, path, ...tls, ...asked })
    },
    redirectPath(pending, code = 'code-7a6b') {
      return `${new URL(pending.redirectUri).pathname}?code=${code}&state=${stateOf(pending)}`
    },
  }
}

/** The query of the address that the browser is sent to. */
export function queryOf({ authorizeUrl }: PendingAuthorization): URLSearchParams {
  return new URL(authorizeUrl).searchParams
}

export function stateOf(pending: PendingAuthorization): string {
  return queryOf(pending).get('state') ?? ''
}

/** A token endpoint that keeps what it was asked, and the product's client to it. */
export async function startTokenEndpoint(): Promise<{ server: SlackServer; slack: SlackApi }> {
  const server = await startSlackServer()
  onTestFinished(() => server.close())
  server.answer(
    json({
      ...{ ok: true, app_id: 'A0123456789', team: { id: 'T0123456789', name: 'Northwind' } },
      ...{ enterprise: null, is_enterprise_install: false, authed_user: { id: 'U0123456789' } },
      ...{
        access_token: sample.bot(),
        token_type: 'bot',
        scope: 'chat:write',
        bot_user_id: 'U0BOT',
      },
    }),
  )
  const refusing: typeof fetch = (url, init) => fetch(url, { ...init, redirect: 'error' })
  return { server, slack: createSlackApi({ fetch: refusing, clock: systemClock, log: silentLog }) }
}

/** What the exchange of a code is made of. */
export function codeExchange(rest: Partial<CodeExchange> = {}): CodeExchange {
  return {
    ...{ flow: 'v2', nonce: null, clientId: '1.2', codeVerifier: null },
    ...{ clientSecret: Secret.of(sample.clientSecret()), code: Secret.of(sample.code()) },
    redirectUri: 'https://localhost:17871/callback',
    ...rest,
  }
}
