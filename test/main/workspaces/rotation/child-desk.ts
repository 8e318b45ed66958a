/** The rooms that rotation needs over a real vault and the real locks of the system, for several processes. */
import { join } from 'node:path'
import { systemClock } from '../../../../main/platform/clock.ts'
import { openConfStore } from '../../../../main/platform/conf-store.ts'
import { silentLog } from '../../../../main/platform/log.ts'
import { createOsLocks } from '../../../../main/platform/os-locks.ts'
import { Secret } from '../../../../main/platform/secret.ts'
import { createSlackApi } from '../../../../main/slack/slack-api.ts'
import { createPassphraseProtector } from '../../../../main/vault/passphrase-protector.ts'
import { openVault, type Vault, type VaultChange } from '../../../../main/vault/vault.ts'
import { createInstallations } from '../../../../main/workspaces/installations.ts'
import { createRotation } from '../../../../main/workspaces/rotation/rotation.ts'
import { createSlackApps, type SlackApps } from '../../../../main/workspaces/slack-apps.ts'

const PASSPHRASE = 'four quite unrelated words'

/**
 * One process's desk on this folder.
 *
 * @param dies kills the process, as `kill -9` does, before a save that holds a field of this name
 */
export async function openDesk(directory: string, dies: string | null = null) {
  const protector = createPassphraseProtector(Secret.of(PASSPHRASE), {
    cost: { n: 16, r: 8, p: 1 },
  })
  const locks = createOsLocks({
    directory: join(directory, 'locks'),
    platform: process.platform,
  })
  const { vault } = await openVault({
    ...{ directory, protector, locks, openStore: openConfStore, clock: systemClock },
  })
  if (dies !== null) killAt(vault, dies)
  const parts = { vault: () => vault, clock: systemClock, onChange() {} }
  const installations = createInstallations({ ...parts, slackApps: () => slackApps.facts() })
  const slackApps: SlackApps = createSlackApps({ ...parts, workspacesOf: () => [] })
  const log = silentLog
  const rotation = createRotation({
    ...{ ...parts, installations, slackApps, locks, log },
    slack: createSlackApi({ fetch, clock: systemClock, log }),
    notifier: { show() {} },
    notifies: () => false,
    showWorkspace() {},
    record() {},
  })
  const close = async () => {
    rotation.stop()
    await rotation.settle()
    vault.close()
  }
  return { installations, slackApps, rotation, close }
}

function killAt(vault: Vault, field: string): void {
  const save = vault.save.bind(vault)
  const watched = (change: VaultChange): VaultChange => {
    const isIt = change.put?.some(({ secrets = {} }) => Object.hasOwn(secrets, field))
    if (isIt) process.kill(process.pid, 'SIGKILL')
    return change
  }
  vault.save = (given) =>
    save(typeof given === 'function' ? () => watched(given()) : watched(given))
}
