/** "Check all": every workspace with something that Slack can check, a few at a time. */
import type { CheckingView } from '../contract/views.ts'
import type { Clock } from '../platform/clock.ts'
import { slackEndpoints } from '../slack/environment.ts'
import { type CheckService, isCheckable } from './check.ts'
import { type CheckReport, CheckRun, type CheckTarget } from './check-run.ts'
import type { Installations } from './installations.ts'

export type { CheckReport } from './check-run.ts'

export interface CheckAllOptions {
  readonly installations: Installations
  readonly check: CheckService
  readonly clock: Clock
  /** Told whenever `view` has changed. */
  readonly onChange: () => void
}

export interface CheckAllService {
  /** Null while it does not run. */
  view(): CheckingView | null
  /**
   * Checks all, and answers when it has ended; a second call while it runs waits for the same run. A
   * host that asks to wait is left alone so long, and the same token is asked again. What is wrong
   * with a token is kept with it, and only counted here.
   *
   * @throws VaultLocked, VaultWriteFailed
   */
  run(): Promise<CheckReport>
  /** Ends the run at once: `run` answers, and nothing new is sent. Does nothing where none runs. */
  cancel(): void
}

/** One run at a time. Cancel it before the vault is locked. */
export function createCheckAllService(options: CheckAllOptions): CheckAllService {
  const { check, clock, onChange } = options
  let running: { readonly run: CheckRun; readonly report: Promise<CheckReport> } | null = null
  const begin = () => {
    const run = new CheckRun({ check, clock, onChange, targets: targetsOf(options.installations) })
    const report = run.finish().finally(() => {
      running = null
      onChange()
    })
    running = { run, report }
    onChange()
    return report
  }
  return {
    view: () => running?.run.view() ?? null,
    // An async function: a locked vault is told like any other failure.
    run: async () => running?.report ?? begin(),
    cancel: () => running?.run.cancel(),
  }
}

function targetsOf(installations: Installations): CheckTarget[] {
  return installations
    .all()
    .filter((installation) => installation.credentials.some(isCheckable))
    .map(({ id, environment }) => ({
      installationId: id,
      host: slackEndpoints(environment).host,
    }))
}
