/** Electron makes the item that holds this app's key and has no call to remove it; the system's own programs do. */
import type { RemoveKeyringItem } from './keyring-item.ts'
import type { RunProgram } from './run-program.ts'
import { createSecretServiceItem } from './secret-service-item.ts'

export interface SystemKeyringItemOptions {
  readonly platform: NodeJS.Platform
  /** As `app.setName` has it: the item is named after it. */
  readonly appName: string
  readonly run: RunProgram
  /** True where another data folder of this app has a vault that the same item protects: it stays. */
  readonly isNeededElsewhere: () => boolean
}

const LIMIT_MS = 30_000

/** `errSecItemNotFound`, as security(1) gives it to its caller. */
const NOT_FOUND = 44

/**
 * Windows has no item of its own: the key stands in `Local State` in the data folder. On macOS and
 * Linux the item is found by the names that Electron gives it (Electron: safeStorage; Chromium:
 * key_storage_libsecret.cc; seen with gnome-keyring under Electron 33).
 */
export function createRemoveKeyringItem(options: SystemKeyringItemOptions): RemoveKeyringItem {
  const { platform, appName, run, isNeededElsewhere } = options
  return async () => {
    if (platform === 'win32') return true
    if (isNeededElsewhere()) return false
    return platform === 'darwin' ? fromKeychain(appName, run) : fromLinux(appName, run)
  }
}

async function fromKeychain(appName: string, run: RunProgram): Promise<boolean> {
  const names = ['-s', `${appName} Safe Storage`, '-a', appName]
  const args = ['delete-generic-password', ...names]
  const result = await run('/usr/bin/security', args, { limitMs: LIMIT_MS })
  return result.kind === 'ended' && (result.code === 0 || result.code === NOT_FOUND)
}

/** Asked again afterwards: a keyring that is locked answers the removal with a question to the user. */
async function fromLinux(appName: string, run: RunProgram): Promise<boolean> {
  const item = createSecretServiceItem(appName, run)
  const found = await item.find()
  if (found === null) return false
  for (const path of found) await item.remove(path)
  return (await item.find())?.length === 0 && !(await isInWallet(appName, run))
}

/**
 * KWallet has calls to remove an entry, but for a wallet that is open to this very program. It tells
 * without opening it whether the entry is there.
 */
async function isInWallet(appName: string, run: RunProgram): Promise<boolean> {
  for (const version of ['5', '6']) {
    const place = [
      '--dest',
      `org.kde.kwalletd${version}`,
      '--object-path',
      `/modules/kwalletd${version}`,
    ]
    const call = ['--method', 'org.kde.KWallet.keyDoesNotExist']
    const entry = ['kdewallet', `${appName} Keys`, `${appName} Safe Storage`]
    const args = ['call', '--session', ...place, ...call, ...entry]
    const result = await run('gdbus', args, { limitMs: LIMIT_MS })
    if (result.kind === 'ended' && result.code === 0 && result.stdout.trim() === '(false,)')
      return true
  }
  return false
}
