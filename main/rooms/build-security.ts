import type { SecurityView } from '../contract/views.ts'
import type { TempJournal } from '../env/temp-journal.ts'
import { createUserCheck, stopAskingInVain, type UserCheck } from '../sharing/user-check.ts'
import { startAutoLock } from '../vault/auto-lock.ts'
import { type BackupService, createBackupService } from '../workspaces/backup/backup.ts'
import type { Ground } from './build-ground.ts'
import type { Outside } from './outside.ts'
import { securitySettingsOf } from './security-settings.ts'

/** Who may see what, until when, and what is kept elsewhere. */
export interface Security {
  readonly userCheck: UserCheck
  readonly backup: BackupService
  readonly securityView: () => SecurityView
  /** Called once the user has given the passphrase up. */
  readonly passphraseRemoved: () => void
  /** Locks on its own from now on; returns the function that ends it. */
  readonly watch: (
    lock: (by: 'idle' | 'screen-lock' | 'suspend') => void,
    onResume: () => void,
  ) => () => void
}

/** @param journal the one of the env files: two would take each other's temporary files for leftovers */
export function buildSecurity(
  { session, vault, changes }: Ground,
  journal: TempJournal,
  outside: Outside,
): Security {
  const { settings, power, clock, systemUserCheck: system, screenGuard, activity } = outside
  const userCheck = createUserCheck({ ...{ system, session, settings, clock } })
  const backup = createBackupService({
    ...{ session, vault, clock, journal },
    dialogs: outside.dialogs,
    homeDirectory: outside.homeDirectory,
    cost: outside.passphraseCost,
    record: activity.record,
    onRestored: () => changes.tell('vault'),
  })
  const chosen = () => securitySettingsOf(settings.get(), session.view.protection)
  const securityView = (): SecurityView => ({
    settings: chosen(),
    userCheck: userCheck.kind,
    hidesFromScreenshots: screenGuard.isEffective,
    knowsScreenLock: power.knowsScreenLock,
  })
  return {
    ...{ userCheck, backup, securityView },
    passphraseRemoved() {
      stopAskingInVain({ system, session, settings })
      changes.tell('security')
    },
    watch(lock, onResume) {
      const isOpen = () => session.view.state === 'ready'
      const end = startAutoLock({
        ...{ power, clock, isOpen, lock, settings: chosen },
      })
      const endResume = power.listen((event) => {
        if (event === 'resume') onResume()
      })
      return () => {
        end()
        endResume()
      }
    },
  }
}
