/**
 * From the browser's callback to the stored workspace, in the app's own rooms inside Electron: real
 * loopback server over https, Electron's fetch, electron-store, keyring; the practice Slack runs in the
 * same process, as it does in the app. A program stands in for the person in the browser.
 *
 * Counted is from sending the callback request (connection and TLS handshake included, as a browser
 * pays them) until the vault's save is durable. Each round is a new authorization of one workspace.
 */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { clipboard, session } from 'electron'
import { openActivity } from '../../../main/activity/open-activity.ts'
import { buildRooms, type Rooms } from '../../../main/build-rooms.ts'
import { systemClock } from '../../../main/platform/clock.ts'
import { createElectronClipboard } from '../../../main/platform/electron-clipboard.ts'
import { createElectronFetch } from '../../../main/platform/electron-fetch.ts'
import { openElectronStore } from '../../../main/platform/electron-store.ts'
import type { Keyring } from '../../../main/platform/keyring.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { createOsLocks } from '../../../main/platform/os-locks.ts'
import { createRunProgram } from '../../../main/platform/run-program.ts'
import { openSettings } from '../../../main/platform/settings.ts'
import { openPracticeHost } from '../../../main/practice/practice-host.ts'
import { quietSystem } from '../../fakes/quiet-system.ts'
import { median } from '../median.ts'
import { allow } from './consenting-browser.ts'

const RUNS = 9

/** Median milliseconds. The first round, which loads what is loaded lazily, is told besides. */
export async function measureRedirect(keyring: Keyring) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'token-desk-bench-rooms-'))
  const opened: string[] = []
  const { rooms, close } = openRooms(dataFolder, keyring, opened)
  try {
    await rooms.start()
    const took: number[] = []
    for (let run = 0; run < RUNS; run += 1) took.push(await authorizeOnce(rooms, opened))
    return { redirectToStoredMs: median(took), redirectToStoredFirstMs: took[0] ?? Number.NaN }
  } finally {
    await close()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

async function authorizeOnce(rooms: Rooms, opened: string[]): Promise<number> {
  const { authorizationId } = await rooms.handlers['practice/try']()
  const callback = await allow(opened.pop() ?? '')
  const stored = storedBy(rooms)
  const startedMs = performance.now()
  const answered = get(callback)
  const tookMs = (await stored) - startedMs
  const status = await answered
  const state = rooms.sources.authorizations().find(({ id }) => id === authorizationId)?.state
  if (status !== 303 || state?.kind !== 'done') {
    throw new Error(`the callback was answered with ${status}, the authorization is ${state?.kind}`)
  }
  await rooms.handlers['workspaces/check'](state.installationId)
  return tookMs
}

/** When an installation was next stored: told right after the save. */
function storedBy(rooms: Rooms): Promise<number> {
  return new Promise((resolve) => {
    const stop = rooms.changes.listen((slice) => {
      if (slice !== 'installations') return
      stop()
      resolve(performance.now())
    })
  })
}

async function get(address: string): Promise<number> {
  const sent = request(address, { rejectUnauthorized: false, agent: false }).end()
  const [response] = await once(sent, 'response')
  response.resume()
  return response.statusCode
}

function openRooms(dataFolder: string, keyring: Keyring, opened: string[]) {
  const fetch = createElectronFetch(session, 'bench')
  const shared = { fetch, clock: systemClock, log: silentLog }
  const practice = openPracticeHost({ ...shared, dataFolder: join(dataFolder, 'practice') })
  const openStore = openElectronStore
  const locks = createOsLocks({ directory: join(dataFolder, 'locks'), platform: process.platform })
  const activity = openActivity({
    path: join(dataFolder, 'activity.jsonl'),
    ...{ by: 'window', locks, clock: systemClock, log: silentLog },
  })
  const rooms = buildRooms({
    ...shared,
    ...{ keyring, practice, openStore, dataFolder },
    settings: openSettings(() => openStore({ directory: dataFolder, name: 'settings' }), silentLog),
    clipboard: createElectronClipboard({ clipboard }, process.platform),
    browser: { open: async (url) => void opened.push(url) },
    dialogs: {
      chooseEnvFile: async () => null,
      chooseImportFile: async () => null,
      chooseBackupTarget: async () => null,
      chooseBackupFile: async () => null,
      chooseExportTarget: async () => null,
      allowsHost: async () => false,
    },
    ...quietSystem(),
    activity,
    locks,
    journalFolder: join(dataFolder, 'pending-writes'),
    homeDirectory: homedir(),
    runProgram: createRunProgram(),
    platform: process.platform,
    showFile: () => {},
  })
  const close = async () => {
    activity.close()
    await rooms.close()
    await practice.close()
  }
  return { rooms, close }
}
