/** What Token Desk and Chromium keep in the data folder, by name; all else there is somebody else's. */
import * as fs from 'node:fs'
import { join } from 'node:path'

/** Files of ours. */
const FILES: readonly RegExp[] = [
  // Generations, copies that were set aside, what a killed write left.
  /^vault(?:\.[\w-]+)*\.json(?:\.[\w-]+)*$/,
  /^settings(?:\.[\w-]+)*\.json(?:\.[\w-]+)*$/,
  /^activity\.jsonl(?:\.[\w-]+)*$/,
  /^activity-[\w-]+\.tmp$/,
]

/** Folders of ours, and of Chromium, whose names others may use too: only these files go. */
const FOLDERS: Readonly<Record<string, RegExp>> = {
  logs: /^token-desk\.log(?:\.\d+)?$/,
  locks: /^[\w-]+\.lock$/,
  'pending-writes': /^[0-9a-f]{32}\.json$/,
  practice: /^practice\.json(?:\.[\w-]+)*$/,
  Network:
    /^(?:Cookies|Network Persistent State|NetworkDataMigrated|Reporting and NEL|SCT Auditing Pending Reports|Sdch Dictionaries|TransportSecurity|Trust Tokens)(?:-journal|-wal|-shm)?$/,
}

/** What Chromium keeps for itself, as seen with Electron 33 to 45. It holds no secret of Token Desk. */
const CHROMIUM: ReadonlySet<string> = new Set([
  ...['Local State', 'Preferences', 'Local Storage', 'Session Storage', 'IndexedDB', 'WebStorage'],
  ...[
    'Code Cache',
    'GPUCache',
    'DawnCache',
    'DawnGraphiteCache',
    'DawnWebGPUCache',
    'blob_storage',
  ],
  ...[
    'Service Worker',
    'Shared Dictionary',
    'SharedStorage',
    'SharedStorage-wal',
    'shared_proto_db',
  ],
  ...[
    'Cookies',
    'Cookies-journal',
    'Network Persistent State',
    'TransportSecurity',
    'DIPS',
    'DIPS-wal',
  ],
  ...['DIPS-shm', 'Trust Tokens', 'Trust Tokens-journal', 'QuotaManager', 'QuotaManager-journal'],
  ...[
    'VideoDecodeStats',
    'declarative_rules',
    'GrShaderCache',
    'ShaderCache',
    'DevToolsActivePort',
  ],
])

/** Chromium's folders with names that others may use: this in them goes. */
const CHROMIUM_IN: Readonly<Record<string, readonly string[]>> = {
  Cache: ['Cache_Data', 'No_Vary_Search'],
  Crashpad: [
    'client_id',
    'settings.dat',
    'metadata',
    'reports',
    'completed',
    'pending',
    'new',
    'attachments',
  ],
  Dictionaries: [],
  databases: ['Databases.db', 'Databases.db-journal'],
  Partitions: [],
}

/** Held by the running app, which takes them away when it ends. */
const OF_RUNNING_APP: ReadonlySet<string> = new Set([
  'SingletonLock',
  'SingletonCookie',
  'SingletonSocket',
  'lockfile',
])

/**
 * Deletes what has a name of ours or of Chromium. The folder itself stays, and so does all else in it.
 * No link is followed: a link of such a name goes, and what it leads to stays. Whatever cannot be
 * deleted is answered.
 *
 * @param folder absolute
 * @returns names that are still there, sorted; without what belongs to the running app
 */
export function emptyDataFolder(folder: string): string[] {
  for (const entry of entriesOf(folder)) removeEntry(folder, entry)
  return entriesOf(folder)
    .map(({ name }) => name)
    .filter((name) => !OF_RUNNING_APP.has(name))
    .sort()
}

/**
 * The same at the very end of the app, with what belonged to it while it ran, and the folder itself
 * where nobody else's files are in it: without it Chromium cannot write its last files.
 *
 * @param folder absolute
 */
export function removeDataFolder(folder: string): void {
  emptyDataFolder(folder)
  for (const name of OF_RUNNING_APP) removeFile(join(folder, name))
  quietly(() => fs.rmdirSync(folder))
}

function removeEntry(folder: string, entry: fs.Dirent): void {
  const { name } = entry
  const path = join(folder, name)
  if (CHROMIUM.has(name)) removeTree(path)
  else if (entry.isDirectory()) emptyFolder(path, name)
  else if (isFolderName(name) || FILES.some((own) => own.test(name))) removeFile(path)
}

function emptyFolder(path: string, name: string): void {
  const own = Object.hasOwn(FOLDERS, name) ? FOLDERS[name] : undefined
  for (const inner of own === undefined ? [] : entriesOf(path)) {
    if (!inner.isDirectory() && own?.test(inner.name)) removeFile(join(path, inner.name))
  }
  const chromium = Object.hasOwn(CHROMIUM_IN, name) ? CHROMIUM_IN[name] : undefined
  for (const inner of chromium ?? []) removeTree(join(path, inner))
  // Nothing happens where somebody else's files are in it.
  if (isFolderName(name)) quietly(() => fs.rmdirSync(path))
}

function isFolderName(name: string): boolean {
  return Object.hasOwn(FOLDERS, name) || Object.hasOwn(CHROMIUM_IN, name)
}

function removeFile(path: string): void {
  quietly(() => fs.unlinkSync(path))
}

/** Node's `rm` removes a link, and never what it leads to. */
function removeTree(path: string): void {
  quietly(() => fs.rmSync(path, { recursive: true, force: true }))
}

/** None where there is no such folder, or it cannot be read. */
function entriesOf(folder: string): fs.Dirent[] {
  return quietly(() => fs.readdirSync(folder, { withFileTypes: true })) ?? []
}

/** What the system does not let go of is found by looking again. */
function quietly<T>(run: () => T): T | null {
  try {
    return run()
  } catch (thrown) {
    if (thrown instanceof Error && 'syscall' in thrown) return null
    throw thrown
  }
}
