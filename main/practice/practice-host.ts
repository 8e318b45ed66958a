/**
 * The practice Slack of this computer, as the app uses it: one process runs it, others use that one.
 * It starts at the first use and ends with the process that runs it.
 */
import { PRACTICE_PORT } from '../contract/redirect.ts'
import type { Clock } from '../platform/clock.ts'
import type { Fetch } from '../platform/fetch.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { PracticePortBusy } from './errors.ts'
import { findPractice, knowsPracticeApp, registerPracticeApp } from './find-practice.ts'

export interface PracticeHostOptions {
  /** Where its state is kept: hashes only. */
  readonly dataFolder: string
  readonly fetch: Fetch
  readonly clock: Clock
  readonly log: Log
  /** Another port than PRACTICE_PORT, for tests. */
  readonly port?: number
  /** Of tokens that expire, where this process runs it; as at Slack unless told. For tests. */
  readonly tokenLifeSeconds?: number
}

export interface OwnedPracticeHost {
  /** Starts it, or finds the one that runs already. @throws PracticePortBusy */
  ensureRunning(): Promise<void>
  knows(clientId: string): Promise<boolean>
  registerApp(app: {
    readonly name: string
    readonly redirectUrls: readonly string[]
    readonly botScopes: readonly string[]
    readonly userScopes: readonly string[]
  }): Promise<{ appId: string; clientId: string; clientSecret: Secret }>
  /** Ends it if this process runs it. */
  close(): Promise<void>
}

/** Opens nothing yet; the server's code is loaded when it is first needed. The caller closes it. */
export function openPracticeHost(options: PracticeHostOptions): OwnedPracticeHost {
  const port = options.port ?? PRACTICE_PORT
  const url = `http://localhost:${port}`
  let running: Promise<{ close(): Promise<void> } | null> | null = null
  return {
    async ensureRunning() {
      running ??= findOrStart(options, port)
      try {
        // Another process's may end at any time; one of our own does not.
        if ((await running) === null) running = null
      } catch (thrown) {
        running = null
        throw thrown
      }
    },
    knows: (clientId) => knowsPracticeApp(url, options.fetch, clientId),
    registerApp: (app) =>
      registerPracticeApp(url, options.fetch, { ...app, pkce: false, tokenRotation: true }),
    async close() {
      const ending = running
      running = null
      // One that could not start has nothing to end; whoever asked for it was told.
      await (await ending?.catch(() => null))?.close()
    },
  }
}

/** Null when another process runs it. */
async function findOrStart(options: PracticeHostOptions, port: number) {
  const { dataFolder, fetch, clock, log, tokenLifeSeconds } = options
  const life = tokenLifeSeconds === undefined ? {} : { tokenLifeSeconds }
  if ((await findPractice(port, fetch)) !== null) return null
  const { startPracticeSlack } = await import('./practice-slack.ts')
  try {
    return await startPracticeSlack({ port, dataDir: dataFolder, clock, log, ...life })
  } catch (thrown) {
    // Two that start at once find nobody, and one of them gets the port.
    const isThere = thrown instanceof PracticePortBusy && (await findPractice(port, fetch)) !== null
    if (isThere) return null
    throw thrown
  }
}
