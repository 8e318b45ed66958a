import { stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { RunProgram } from '../../platform/run-program.ts'
import { findFirefoxProfiles, isProfileOpen } from './firefox-profiles.ts'
import { createKeychainStore } from './keychain-store.ts'
import { createNssStore } from './nss-store.ts'
import type { TrustStore } from './trust-store.ts'
import { createWindowsStore } from './windows-store.ts'

/** Where to look for stores. */
export interface FindStoresOptions {
  readonly platform: NodeJS.Platform
  readonly homeDirectory: string
  readonly run: RunProgram
  /** The folder of Windows: its variable `SystemRoot`. */
  readonly systemRoot?: string | undefined
}

/** The stores of this user that are there now: Firefox profiles come and go. */
export async function findStores(options: FindStoresOptions): Promise<TrustStore[]> {
  const { platform, run, systemRoot = 'C:\\Windows' } = options
  if (platform === 'darwin') return [createKeychainStore(options)]
  if (platform === 'win32') return [createWindowsStore({ run, systemRoot })]
  return [...(await chromiumStores(options)), ...(await firefoxStores(options))]
}

/** Chromium reads `~/.pki/nssdb`; the one from Snap has a home folder of its own. */
async function chromiumStores({ homeDirectory, run }: FindStoresOptions): Promise<TrustStore[]> {
  const detail = 'Your own certificate store, this user only.'
  const base = { detail, flag: 'P', run, isRunning: async () => false } as const
  const snap = join(homeDirectory, 'snap/chromium/current/.pki/nssdb')
  const usual = { id: 'chromium', name: 'Chromium and Chrome', label: 'Chromium and Chrome' }
  const stores = [createNssStore({ ...base, ...usual, folder: join(homeDirectory, '.pki/nssdb') })]
  if (await isFolder(snap)) {
    const ofSnap = { id: 'chromium-snap', name: 'Chromium from Snap', label: 'Chromium from Snap' }
    stores.push(createNssStore({ ...base, ...ofSnap, folder: snap }))
  }
  return stores
}

async function firefoxStores({ homeDirectory, run }: FindStoresOptions): Promise<TrustStore[]> {
  const profiles = await findFirefoxProfiles(homeDirectory)
  return profiles.map(({ folder, name }) =>
    createNssStore({
      id: `firefox:${relative(homeDirectory, folder)}`,
      name: 'Firefox',
      detail: `Profile “${name}”.`,
      label: `Firefox profile “${name}”`,
      ...{ folder, flag: 'C', run },
      isRunning: () => isProfileOpen(folder),
    }),
  )
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown) return false
    throw thrown
  }
}
