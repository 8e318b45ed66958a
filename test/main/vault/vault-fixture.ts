import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { createOsLocks } from '../../../main/platform/os-locks.ts'
import type { ProcessLocks } from '../../../main/platform/process-lock.ts'
import { Secret } from '../../../main/platform/secret.ts'
import type { OpenStore } from '../../../main/platform/store.ts'
import type { KeyProtector } from '../../../main/vault/key-protector.ts'
import { createKeyringProtector } from '../../../main/vault/keyring-protector.ts'
import { type OpenedVault, openVault } from '../../../main/vault/vault.ts'
import type { VaultDisk } from '../../../main/vault/vault-folder.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createFakeKeyring } from '../../fakes/fake-keyring.ts'

/** A token's shape, put together here so that no scanner takes it for a real one. */
export function fakeToken(mark: string): string {
  return ['xoxb', '1'.repeat(11), '2'.repeat(12), mark.padEnd(24, 'z')].join('-')
}

export interface VaultBox {
  readonly directory: string
  readonly keyring: ReturnType<typeof createFakeKeyring>
  readonly locks: ProcessLocks
  /** Opens the vault of this box; null opens it locked. */
  open(options?: {
    readonly protector?: KeyProtector | null
    readonly openStore?: OpenStore
    readonly disk?: VaultDisk
    readonly locks?: ProcessLocks
  }): Promise<OpenedVault>
  /** The file of that name, parsed. */
  json(name?: string): VaultJson
  read(name?: string): string
  write(text: string, name?: string): void
  /** Changes vault.json as another program would, which has no key. */
  tamper(change: (json: VaultJson) => void): void
  /** File names in the folder, sorted. */
  list(): string[]
}

/** As much of the file's shape as tests change. */
export interface VaultJson {
  version: number
  revision: number
  recordsMac: string
  key: { protection: string; wrapped: unknown; check: string }
  records: RecordJson[]
}

export interface RecordJson {
  id: string
  kind: string
  meta: unknown
  secrets: Record<string, string>
  mac?: string
}

/** A folder for one test, removed after it, with a keyring of its own. */
export function createBox(): VaultBox {
  const directory = mkdtempSync(join(tmpdir(), 'vault-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const keyring = createFakeKeyring()
  // Beside the vault's folder: tests say what stands in that one.
  const locksDirectory = `${directory}-locks`
  onTestFinished(() => rmSync(locksDirectory, { recursive: true, force: true }))
  const locks = createOsLocks({ directory: locksDirectory, platform: process.platform })
  const fileOf = (name = 'vault.json') => join(directory, name)
  return {
    directory,
    keyring,
    locks,
    async open(options = {}) {
      const opened = await openVault({
        directory,
        openStore: options.openStore ?? openConfStore,
        protector:
          options.protector === undefined ? createKeyringProtector(keyring) : options.protector,
        clock: createFakeClock(),
        locks: options.locks ?? locks,
        ...(options.disk ? { disk: options.disk } : {}),
      })
      onTestFinished(() => opened.vault.close())
      return opened
    },
    json: (name) => JSON.parse(readFileSync(fileOf(name), 'utf8')),
    read: (name) => readFileSync(fileOf(name), 'utf8'),
    write: (text, name) => writeFileSync(fileOf(name), text),
    tamper(change) {
      const json: VaultJson = JSON.parse(readFileSync(fileOf(), 'utf8'))
      change(json)
      writeFileSync(fileOf(), JSON.stringify(json))
    },
    list: () => readdirSync(directory).sort(),
  }
}

/** A record with one secret called `token`. */
export function recordWith(id: string, token: string) {
  return { id, kind: 'installation', meta: { name: id }, secrets: { token: Secret.of(token) } }
}
