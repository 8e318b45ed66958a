/**
 * The built-in practice Slack: a server on this computer that speaks Slack's own protocol, so that
 * everything can be tried without a Slack account. Plain Node; no Electron.
 */
import { type Clock, systemClock } from '../platform/clock.ts'
import { type Log, silentLog } from '../platform/log.ts'
import { Secret } from '../platform/secret.ts'
import { renewBuiltInApp } from './apps.ts'
import { createIdTokenSigner } from './id-tokens.ts'
import { listenOnLoopback } from './listen.ts'
import { listenerFor } from './messages.ts'
import { createOneTimeForms } from './one-time-forms.ts'
import { createPlannedAnswers } from './planned-answers.ts'
import type { PracticeCall, PracticeFaults, PracticeParts } from './practice-parts.ts'
import { createRouter } from './router.ts'
import { openStateFile } from './state-file.ts'
import { ACCESS_LIFE_SECONDS } from './tokens.ts'

export interface PracticeSlackOptions {
  /** 0 takes any that is free. */
  readonly port: number
  /** Made if missing. Holds `practice.json`: hashes, never a secret. One running process at a time. */
  readonly dataDir: string
  readonly clock?: Clock
  readonly log?: Log
  /** Of access tokens that expire, for who cannot wait for 12 hours; as at Slack unless told. */
  readonly tokenLifeSeconds?: number
  /** For tests: calls that go wrong. */
  readonly faults?: PracticeFaults
}

/** A practice Slack that runs. Whoever started it closes it. */
export interface PracticeSlack {
  /** `http://localhost:PORT`. */
  readonly url: string
  readonly port: number
  /** The built-in app: https redirects, bot and user tokens that rotate. The same at each start. */
  readonly clientId: string
  /** New at each start; only its hash is kept. */
  readonly clientSecret: Secret
  /** The built-in app with PKCE: http on localhost, user tokens, no secret. */
  readonly pkceClientId: string
  /** The last thousand Web API calls, oldest first, so that a test can count them. */
  calls(): readonly PracticeCall[]
  /** Cuts every connection; resolves when the port is free. May be called again. */
  close(): Promise<void>
}

const MAX_CALLS = 1000

/**
 * Starts it on 127.0.0.1 and ::1. What was authorized before with the same folder still works.
 *
 * @throws PracticePortBusy when another program answers on either address, PracticeFailed
 */
export async function startPracticeSlack(options: PracticeSlackOptions): Promise<PracticeSlack> {
  const { log = silentLog } = options
  const calls: PracticeCall[] = []
  let opening: ReturnType<typeof openPractice> | null = null
  const open = () => {
    opening ??= openPractice(options, calls)
    return opening
  }
  // The port comes first: a process that does not get it must not touch the state of the one that has it.
  const listening = await listenOnLoopback(
    options.port,
    listenerFor(async (request) => (await open()).answer(request), log),
  )
  try {
    const { app, pkceApp } = await open()
    return {
      url: `http://localhost:${listening.port}`,
      port: listening.port,
      clientId: app.clientId,
      clientSecret: Secret.of(app.clientSecret ?? ''),
      pkceClientId: pkceApp.clientId,
      calls: () => [...calls],
      close: listening.close,
    }
  } catch (thrown) {
    await listening.close()
    throw thrown
  }
}

async function openPractice(options: PracticeSlackOptions, calls: PracticeCall[]) {
  const { dataDir, clock = systemClock, log = silentLog, faults = {} } = options
  const { tokenLifeSeconds = ACCESS_LIFE_SECONDS } = options
  const state = await openStateFile({ dataDir, clock, log })
  const record = (call: PracticeCall) => {
    calls.push(call)
    if (calls.length > MAX_CALLS) calls.shift()
  }
  const planned = createPlannedAnswers()
  const parts: PracticeParts = {
    state,
    consentForms: createOneTimeForms(clock),
    pageForms: createOneTimeForms(clock),
    planned,
    signer: createIdTokenSigner(),
    clock,
    log,
    tokenLifeSeconds,
    faults: { next: (method) => faults.next?.(method) ?? planned.next(method) },
    record,
  }
  const builtIn = await state.change((draft) => ({
    app: renewBuiltInApp(draft, 'default'),
    pkceApp: renewBuiltInApp(draft, 'default-pkce'),
  }))
  return { answer: createRouter(parts), ...builtIn }
}
