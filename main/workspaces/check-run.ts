/** One run of "Check all": a queue of workspaces, and a few workers that take from it. */
import type { CheckingView } from '../contract/views.ts'
import { AppError } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import { SlackRateLimited } from '../slack/errors.ts'
import type { CheckService, CheckStep, InstallationCheck } from './check.ts'
import { createHostPauses, type HostPauses } from './host-pauses.ts'

/** Workspaces asked at the same time. */
const WORKERS = 4
/** A Slack that only ever asks to wait must not hold the run for ever. */
const MAX_WAITS = 5

/** A workspace to check. */
export interface CheckTarget {
  readonly installationId: string
  /** Host of its Slack, such as `slack.com`: a wait that it asks for holds for all of its workspaces. */
  readonly host: string
}

export interface CheckRunOptions {
  readonly check: CheckService
  readonly clock: Clock
  readonly targets: readonly CheckTarget[]
  /** Told whenever `view` has changed. */
  readonly onChange: () => void
}

export interface CheckReport {
  readonly checked: number
  readonly failed: number
  readonly wasCancelled: boolean
}

/** One target on its way through its questions. */
interface Job {
  readonly target: CheckTarget
  /** Null before it has begun. */
  check: InstallationCheck | null
  /** How many of its questions are answered. */
  asked: number
  hasFailed: boolean
  waits: number
}

/**
 * Runs once. What Slack says of a token is no failure of the run: it is kept with the token. Anything
 * that is no failure of normal life ends the run and is thrown.
 */
export class CheckRun {
  readonly #options: CheckRunOptions
  readonly #pauses: HostPauses
  readonly #queue: Job[]
  readonly #refusedHosts = new Set<string>()
  readonly #whenCancelled = new Set<() => void>()
  #total: number
  #done = 0
  #failed = 0
  #isCancelled = false

  constructor(options: CheckRunOptions) {
    this.#options = options
    this.#pauses = createHostPauses(options.clock)
    this.#queue = options.targets.map(newJob)
    this.#total = options.targets.length
  }

  view(): CheckingView {
    return {
      done: this.#done,
      total: this.#total,
      failed: this.#failed,
      waitsUntilMs: this.#pauses.firstEndMs(this.#queue.map(({ target }) => target.host)),
    }
  }

  /** Answers when all is checked, or as soon as it is cancelled. Call it once. */
  async finish(): Promise<CheckReport> {
    const workers = Array.from({ length: WORKERS }, () => this.#work())
    const cancelled = new Promise<void>((resolve) => this.#whenCancelled.add(resolve))
    try {
      await Promise.race([Promise.all(workers), cancelled])
    } catch (thrown) {
      this.cancel()
      throw thrown
    }
    return { checked: this.#done, failed: this.#failed, wasCancelled: this.#isCancelled }
  }

  /** Sends nothing more. What is under way ends by itself, and its answer is kept. */
  cancel(): void {
    this.#isCancelled = true
    this.#queue.length = 0
    for (const tell of this.#whenCancelled) tell()
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      const job = this.#takeReady()
      if (job === null) await this.#waitForHost()
      else await this.#run(job)
      this.#options.onChange()
    }
  }

  /** The first workspace whose host is not paused; others need not wait for it. */
  #takeReady(): Job | null {
    const index = this.#queue.findIndex(({ target }) => !this.#pauses.isPaused(target.host))
    return index < 0 ? null : (this.#queue.splice(index, 1)[0] ?? null)
  }

  /** Until the first paused host may be asked again, or nothing is to be asked any more. */
  #waitForHost(): Promise<void> {
    const { clock } = this.#options
    const endMs = this.view().waitsUntilMs ?? clock.now()
    return new Promise((resolve) => {
      const wake = () => {
        this.#whenCancelled.delete(cancel)
        resolve()
      }
      const stopTimer = clock.after(endMs - clock.now(), wake)
      const cancel = () => {
        stopTimer()
        wake()
      }
      this.#whenCancelled.add(cancel)
    })
  }

  /** Asks until the workspace is done, or its host asks to wait: then it goes back into the queue. */
  async #run(job: Job): Promise<void> {
    try {
      job.check ??= this.#options.check.begin(job.target.installationId)
      const isDone = await this.#askAll(job, job.check.steps)
      // Kept before a wait, too: it can be long.
      await this.#ask(job, job.check.keep)
      if (!isDone) return
    } catch (thrown) {
      if (!hasCode(thrown, 'WORKSPACE_NOT_FOUND')) throw thrown
      this.#total -= 1
      return
    }
    this.#done += 1
    if (job.hasFailed) this.#failed += 1
  }

  /** False when it was cancelled, or the rest is to be asked later. */
  async #askAll(job: Job, steps: readonly CheckStep[]): Promise<boolean> {
    for (const step of steps.slice(job.asked)) {
      if (this.#isCancelled || !(await this.#ask(job, step))) return false
      job.asked += 1
    }
    return true
  }

  /** False when it is to be asked again later. */
  async #ask(job: Job, step: CheckStep): Promise<boolean> {
    const { host } = job.target
    if (this.#refusedHosts.has(host)) {
      job.hasFailed = true
      return true
    }
    try {
      await step()
    } catch (thrown) {
      if (!(thrown instanceof AppError) || ENDS.has(thrown.code)) throw thrown
      if (thrown instanceof SlackRateLimited && this.#mayWait(job, thrown)) return false
      // The user said no to this host: asked for each of its workspaces, they could only repeat it.
      if (thrown.code === 'SLACK_HOST_REFUSED') this.#refusedHosts.add(host)
      // A token that was removed meanwhile is nobody's failure.
      if (thrown.code !== 'SECRET_NOT_FOUND') job.hasFailed = true
    }
    return true
  }

  #mayWait(job: Job, { retryAfterSeconds }: SlackRateLimited): boolean {
    this.#pauses.pause(job.target.host, retryAfterSeconds)
    job.waits += 1
    if (job.waits > MAX_WAITS) return false
    if (!this.#isCancelled) this.#queue.unshift(job)
    return true
  }
}

function newJob(target: CheckTarget): Job {
  return { target, check: null, asked: 0, hasFailed: false, waits: 0 }
}

/** The workspace is gone, or nothing can be kept any more. */
const ENDS: ReadonlySet<string> = new Set([
  'WORKSPACE_NOT_FOUND',
  'VAULT_LOCKED',
  'VAULT_WRITE_FAILED',
])

function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof AppError && thrown.code === code
}
