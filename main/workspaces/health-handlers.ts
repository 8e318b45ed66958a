import type { Handlers } from '../contract/api.ts'
import type { CheckAllService } from './check-all.ts'
import type { UninstallService } from './uninstall.ts'

type HealthHandlers = Pick<
  Handlers,
  'workspaces/check-all' | 'workspaces/cancel-check-all' | 'workspaces/uninstall'
>

/** The part of the contract about all workspaces at once, and about ending one at Slack. */
export function healthHandlers(options: {
  readonly checkAll: CheckAllService
  readonly uninstall: UninstallService
}): HealthHandlers {
  const { checkAll, uninstall } = options
  return {
    'workspaces/check-all': () => checkAll.run(),
    'workspaces/cancel-check-all': () => checkAll.cancel(),
    'workspaces/uninstall': (id) => uninstall.uninstall(id),
  }
}
