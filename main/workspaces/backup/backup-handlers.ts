import type { Handlers } from '../../contract/api.ts'
import { Secret } from '../../platform/secret.ts'
import type { BackupService } from './backup.ts'

/**
 * The part of the contract about backups.
 *
 * @param requireUser throws UserCheckRequired where the user wants to be asked first: a backup holds
 *   every secret, and its passphrase is the page's word
 */
export function backupHandlers(
  backup: BackupService,
  requireUser: () => void,
): Pick<Handlers, Extract<keyof Handlers, `backup/${string}`>> {
  return {
    'backup/create'(passphrase) {
      requireUser()
      return backup.create(Secret.of(passphrase))
    },
    'backup/choose-file': () => backup.chooseFile(),
    'backup/open': (id, passphrase) => backup.open(id, Secret.of(passphrase)),
    'backup/restore': (id, options) => backup.restore(id, options),
    'backup/discard': (id) => backup.discard(id),
  }
}
