/** The rooms that rotation needs over a real vault and the real locks of the system, for several processes. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { systemClock } from '../../../../main/platform/clock.ts'
import { openConfStore } from '../../../../main/platform/conf-store.ts'
import { silentLog } from '../../../../main/platform/log.ts'
import type { ProcessLocks } from '../../../../main/platform/process-lock.ts'
import { Secret } from '../../../../main/platform/secret.ts'
import { createSlackApi } from '../../../../main/slack/slack-api.ts'
import { createPassphraseProtector } from '../../../../main/vault/passphrase-protector.ts'
import { openVault, type Vault } from '../../../../main/vault/vault.ts'
import { createInstallations } from '../../../../main/workspaces/installations.ts'
import { createRotation } from '../../../../main/workspaces/rotation/rotation.ts'
import { createSlackApps, type SlackApps } from '../../../../main/workspaces/slack-apps.ts'

const PASSPHRASE = 'four quite unrelated words'

/**
 * One process's desk on this folder. Opened anew whenever a lock was taken, so that it has what another
 * process wrote.
 *
 * @param dies kills the process, as `kill -9` does, before a save that holds a field of this name
 */
export async function openDesk(directory: string, dies: string | null = null) {
  const protector = createPassphraseProtector(Secret.of(PASSPHRASE), {
    cost: { n: 16, r: 8, p: 1 },
  })
  const open = async (): Promise<Vault> => {
    const { vault } = await openVault({
      ...{ directory, protector, openStore: openConfStore, clock: systemClock },
    })
    if (dies !== null) killAt(vault, dies)
    return vault
  }
  let vault = await open()
  const locks: ProcessLocks = {
    takeSync: () => () => {},
    async take(name) {
      const release = await flock(join(directory, `${name}.lock`))
      vault.close()
      vault = await open()
      return release
    },
  }
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
  vault.save = async (given) => {
    const change = typeof given === 'function' ? given() : given
    const isIt = change.put?.some(({ secrets = {} }) => Object.hasOwn(secrets, field))
    if (isIt) process.kill(process.pid, 'SIGKILL')
    return save(change)
  }
}

/** Holds the lock in a program of the system's, which ends with this process: its input closes. */
async function flock(path: string): Promise<() => void> {
  const child = spawn('flock', ['--exclusive', path, 'sh', '-c', 'echo; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return () => child.stdin.end()
}
