/** Another computer in a process of its own: opens the backup, restores it, and tells what it has then. */

import { join } from 'node:path'
import { systemClock } from '../../../../main/platform/clock.ts'
import { openConfStore } from '../../../../main/platform/conf-store.ts'
import { createOsLocks } from '../../../../main/platform/os-locks.ts'
import { Secret } from '../../../../main/platform/secret.ts'
import { createPassphraseProtector } from '../../../../main/vault/passphrase-protector.ts'
import { openVault } from '../../../../main/vault/vault.ts'
import type { VaultSession } from '../../../../main/vault/vault-session.ts'
import { createBackupService } from '../../../../main/workspaces/backup/backup.ts'

const [, , path = '', directory = '', passphrase = ''] = process.argv
const words = Secret.of(passphrase)
const protector = createPassphraseProtector(Secret.of('words of this computer'), {
  cost: { n: 16, r: 8, p: 1 },
})
const { vault } = await openVault({
  ...{ directory, openStore: openConfStore, protector, clock: systemClock },
  locks: createOsLocks({ directory: join(directory, 'locks'), platform: process.platform }),
})
const backup = createBackupService({
  session: { view: { state: 'ready' } } as VaultSession,
  vault: () => vault,
  dialogs: { chooseBackupTarget: async () => null, chooseBackupFile: async () => path },
  homeDirectory: directory,
  clock: systemClock,
  record() {},
  onRestored() {},
})
const file = await backup.chooseFile()
const { backupId } = await backup.open(file?.backupId ?? '', words)
const report = await backup.restore(backupId, { intoNewVault: false })
const secrets = ['slack-app', 'installation', 'configuration-token'].flatMap((kind) =>
  vault
    .records(kind)
    .flatMap(({ id, secretFields }) =>
      secretFields.map((field) => vault.secret(id, field).expose()),
    ),
)
vault.close()
process.stdout.write(JSON.stringify({ report, secrets }))
