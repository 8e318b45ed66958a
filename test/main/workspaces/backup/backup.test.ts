import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../main/platform/secret.ts'
import { MAX_BACKUP_BYTES } from '../../../../main/workspaces/backup/backup-files.ts'
import {
  allOf,
  backUp,
  credential,
  fill,
  idOf,
  installation,
  openComputer,
  preview,
  put,
  restore,
  WORDS,
} from './backup-fixture.ts'

const SECRETS = ['client-1', 'sign-1', 'bot-1', 'refresh-1', 'user-1', 'configuration-1']

/** Every file of a folder, byte for byte; not that of the locks in it. */
function snapshotOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true })
  const names = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort()
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'hex')]))
}

describe('making a backup', () => {
  it('writes one file that only its owner may read, with no secret in the clear', async () => {
    const one = await openComputer()
    await fill(one.state.vault)
    one.state.chosen = join(one.home, 'a.tokendesk-backup')
    expect(await one.backup.create(WORDS)).toEqual({
      displayPath: '~/a.tokendesk-backup',
      installationCount: 1,
      slackAppCount: 1,
      configurationTokenCount: 1,
    })
    expect(one.state.proposed).toEqual([join(one.home, 'token-desk-2026-11-23.tokendesk-backup')])
    expect(readdirSync(one.home)).toEqual(['a.tokendesk-backup'])
    expect(statSync(one.state.chosen).mode & 0o777).toBe(0o600)
    const text = readFileSync(one.state.chosen, 'utf8')
    for (const word of [...SECRETS, 'Northwind', 'Ada', WORDS.expose()]) {
      expect(text.includes(word), word).toBe(false)
    }
    expect(JSON.parse(text)).toMatchObject({
      format: 'token-desk-backup',
      version: 1,
      createdAtMs: one.clock.now(),
      kdf: { name: 'scrypt', n: 16, r: 8, p: 1 },
    })
    expect(one.state.activity).toEqual([
      { what: 'backed-up', file: '~/a.tokendesk-backup', outcome: 'done' },
    ])
  })

  it('refuses a weak passphrase before it asks where to', async () => {
    const { backup, state } = await openComputer()
    await expect(backup.create(Secret.of('seven77'))).rejects.toMatchObject({
      code: 'VAULT_WEAK_PASSPHRASE',
    })
    expect(state.proposed).toEqual([])
  })

  it('needs the open vault, and a dialog that was closed writes nothing', async () => {
    const { backup, state, home } = await openComputer()
    expect(await backup.create(WORDS)).toBeNull()
    state.view = 'locked'
    state.chosen = join(home, 'a.tokendesk-backup')
    await expect(backup.create(WORDS)).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(readdirSync(home)).toEqual([])
    expect(state.activity).toEqual([])
  })

  it('takes the place of an older backup, also of one that others could read', async () => {
    const one = await openComputer()
    const path = await backUp(one)
    chmodSync(path, 0o644)
    const before = readFileSync(path, 'utf8')
    await backUp(one)
    expect(readFileSync(path, 'utf8')).not.toBe(before)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(one.home)).toEqual(['a.tokendesk-backup'])
  })

  it('leaves any other file as it is, and says so', async () => {
    const one = await openComputer()
    const path = join(one.home, '.env')
    writeFileSync(path, 'A=1\n')
    mkdirSync(join(one.home, 'folder'))
    symlinkSync(path, join(one.home, 'link'))
    for (const name of ['.env', 'folder', 'link']) {
      await expect(backUp(one, name)).rejects.toMatchObject({
        code: 'BACKUP_WRITE_FAILED',
        message: 'Something else than a backup has this name',
      })
    }
    await expect(backUp(one, 'no/such/folder')).rejects.toMatchObject({
      code: 'BACKUP_WRITE_FAILED',
      message: 'The backup could not be written',
    })
    expect(readFileSync(path, 'utf8')).toBe('A=1\n')
    expect(one.state.activity.at(-1)).toEqual({
      what: 'backed-up',
      file: '~/no/such/folder',
      outcome: 'failed',
      code: 'BACKUP_WRITE_FAILED',
    })
  })
})

describe('restoring on another computer', () => {
  it('brings all back, and nothing that belongs to the first computer', async () => {
    const [one, two] = [await openComputer(), await openComputer()]
    await fill(one.state.vault)
    const path = await backUp(one)
    const shown = await preview(two, path)
    expect(shown).toMatchObject({
      fileName: 'a.tokendesk-backup',
      createdAtMs: one.clock.now(),
      needsNewVault: false,
      rows: [
        {
          ...{ of: 'installation', name: 'Mine', detail: 'T111', action: 'new' },
          ...{ credentialCount: 2, storedCount: 2, staleCount: 1 },
        },
        {
          ...{ of: 'slack-app', name: 'Deploy Bot', action: 'new' },
          ...{ credentialCount: 2, storedCount: 2, staleCount: 0 },
        },
        {
          ...{ of: 'configuration-token', name: 'Northwind Test', action: 'new' },
          ...{ credentialCount: 1, storedCount: 1, staleCount: 1 },
        },
      ],
    })
    expect(two.state.vault.records('installation')).toEqual([])
    const report = await two.backup.restore(shown.backupId, { intoNewVault: false })
    expect(report).toEqual({ added: 3, updated: 0, kept: 0 })
    expect(two.state.restored).toBe(1)
    const { vault } = two.state
    expect(allOf(vault, 'slack-app')).toEqual(allOf(one.state.vault, 'slack-app'))
    expect(allOf(vault, 'configuration-token')).toEqual(
      allOf(one.state.vault, 'configuration-token'),
    )
    const [had] = allOf(one.state.vault, 'installation')
    const [got] = allOf(vault, 'installation')
    expect(got).toMatchObject({ id: idOf(2), meta: { localName: 'Mine', note: 'ask Ada' } })
    expect(got?.secrets).toEqual({
      bot: 'bot-1',
      'bot#refresh': 'refresh-1',
      'user:U111': 'user-1',
    })
    expect(got?.meta).toMatchObject({ slackAppId: idOf(1), history: [{ what: 'authorized' }] })
    expect(Object.keys(got?.meta ?? {})).toEqual(Object.keys(had?.meta ?? {}))
    expect(got?.meta).toMatchObject({
      credentials: [{ refresh: { inFlightSinceMs: null, hasPrevious: false } }, {}],
    })
    for (const kind of ['certificate', 'held-answer', 'allowed-host']) {
      expect(vault.records(kind), kind).toEqual([])
    }
    expect(two.state.activity).toEqual([{ what: 'restored', outcome: 'done' }])
  })

  it('says the second time that all is here', async () => {
    const [one, two] = [await openComputer(), await openComputer()]
    await fill(one.state.vault)
    const path = await backUp(one)
    await restore(two, path)
    const before = snapshotOf(two.directory)['vault.json']
    const { rows } = await preview(two, path)
    expect(rows.map(({ action, storedCount }) => [action, storedCount])).toEqual([
      ['keep', 0],
      ['keep', 0],
      ['keep', 0],
    ])
    expect(await restore(two, path)).toEqual({ added: 0, updated: 0, kept: 3 })
    const records = (text = '') => JSON.parse(Buffer.from(text, 'hex').toString()).records
    expect(records(snapshotOf(two.directory)['vault.json'])).toEqual(records(before))
  })

  it('makes a new vault where the old one cannot be opened', async () => {
    const [one, two] = [await openComputer(), await openComputer()]
    await fill(one.state.vault)
    const path = await backUp(one)
    two.state.view = 'blocked'
    const shown = await preview(two, path)
    expect(shown.needsNewVault).toBe(true)
    expect(shown.rows.map(({ action }) => action)).toEqual(['new', 'new', 'new'])
    await expect(two.backup.restore(shown.backupId, { intoNewVault: false })).rejects.toMatchObject(
      { code: 'VAULT_LOCKED' },
    )
    expect(two.state.begunWith).toEqual([])
    // Unlocked again, as `beginAnew` leaves a vault.
    two.state.vault = (await openComputer()).state.vault
    expect(await two.backup.restore(shown.backupId, { intoNewVault: true })).toMatchObject({
      added: 3,
    })
    expect(two.state.begunWith).toEqual([WORDS.expose()])
  })

  it('sets no vault aside that is open', async () => {
    const [one, two] = [await openComputer(), await openComputer()]
    await fill(one.state.vault)
    const { backupId } = await preview(two, await backUp(one))
    const before = snapshotOf(two.directory)
    await expect(two.backup.restore(backupId, { intoNewVault: true })).rejects.toMatchObject({
      code: 'VAULT_IN_USE',
      message: 'The vault is open now',
    })
    expect(two.state.begunWith).toEqual([])
    expect(snapshotOf(two.directory)).toEqual(before)
    expect(two.state.activity).toEqual([
      { what: 'restored', outcome: 'failed', code: 'VAULT_IN_USE' },
    ])
  })
})

describe('a file that is no good backup', () => {
  it('is told from a wrong passphrase, and changes nothing', async () => {
    const [one, two] = [await openComputer(), await openComputer()]
    await fill(one.state.vault)
    await fill(two.state.vault)
    const path = await backUp(one)
    const good = readFileSync(path)
    const before = snapshotOf(two.directory)
    const refusal = async (bytes: Uint8Array | string) => {
      writeFileSync(path, bytes)
      return preview(two, path).then(
        () => 'opened',
        ({ code }) => code,
      )
    }
    const text = good.toString()
    const value = JSON.parse(text)
    expect(await refusal('')).toBe('BACKUP_NOT_A_BACKUP')
    expect(await refusal('A=1\n')).toBe('BACKUP_NOT_A_BACKUP')
    expect(await refusal(JSON.stringify({ format: 'token-desk-vault' }))).toBe(
      'BACKUP_NOT_A_BACKUP',
    )
    expect(await refusal(good.subarray(0, good.length - 5))).toBe('BACKUP_DAMAGED')
    expect(await refusal(good.subarray(0, 40))).toBe('BACKUP_DAMAGED')
    expect(await refusal(JSON.stringify({ ...value, version: 2 }))).toBe('BACKUP_NEWER_VERSION')
    expect(await refusal(JSON.stringify({ ...value, createdAtMs: 1 }))).toBe('BACKUP_DAMAGED')
    expect(await refusal(text.replace('"kdf"', '"__proto__":{},"kdf"'))).toBe('BACKUP_DAMAGED')
    writeFileSync(path, good)
    await expect(preview(two, path, Secret.of('four other words'))).rejects.toMatchObject({
      code: 'BACKUP_WRONG_PASSPHRASE',
      field: 'passphrase',
    })
    expect(await refusal(good)).toBe('opened')
    expect(snapshotOf(two.directory)).toEqual(before)
  })

  it('is not read where it is too large, gone, or no ordinary file', async () => {
    const one = await openComputer()
    const path = await backUp(one)
    truncateSync(path, MAX_BACKUP_BYTES + 1)
    await expect(preview(one, path)).rejects.toMatchObject({
      code: 'BACKUP_UNREADABLE',
      message: 'This file is too large for a backup',
    })
    for (const other of [join(one.home, 'gone'), one.home, '/dev/null']) {
      await expect(preview(one, other)).rejects.toMatchObject({
        code: 'BACKUP_UNREADABLE',
        message: 'This file cannot be read',
      })
    }
  })

  it('asks for no more memory than a backup of ours needs', async () => {
    const one = await openComputer()
    const path = await backUp(one)
    const value = JSON.parse(readFileSync(path, 'utf8'))
    for (const kdf of [{ n: 2 ** 24 }, { r: 1024 }, { p: 1000 }, { n: 1000 }, { salt: '' }]) {
      writeFileSync(path, JSON.stringify({ ...value, kdf: { ...value.kdf, ...kdf } }))
      await expect(preview(one, path)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
    }
  })
})

describe('a backup that was opened', () => {
  it('is forgotten when it is put away, on lock, for another one, and after ten minutes', async () => {
    const one = await openComputer()
    await fill(one.state.vault)
    const path = await backUp(one)
    const { backup, clock } = one
    const ends: Record<string, (id: string) => unknown> = {
      discard: (id) => backup.discard(id),
      lock: () => backup.forget(),
      another: () => backup.chooseFile(),
      later: () => clock.advance(10 * 60 * 1000),
    }
    for (const [name, end] of Object.entries(ends)) {
      const { backupId } = await preview(one, path)
      await end(backupId)
      const gone = { code: 'BACKUP_GONE' }
      await expect(backup.restore(backupId, { intoNewVault: false }), name).rejects.toMatchObject(
        gone,
      )
      await expect(backup.open(backupId, WORDS), name).rejects.toMatchObject(gone)
    }
    const { backupId } = await preview(one, path)
    clock.advance(10 * 60 * 1000 - 1)
    expect(await backup.restore(backupId, { intoNewVault: false })).toMatchObject({ kept: 3 })
    await expect(backup.restore(backupId, { intoNewVault: false })).rejects.toMatchObject({
      code: 'BACKUP_GONE',
    })
  })

  it('restores nothing before its passphrase was right', async () => {
    const one = await openComputer()
    const path = await backUp(one)
    one.state.chosen = path
    const { backupId = '' } = (await one.backup.chooseFile()) ?? {}
    await expect(one.backup.open(backupId, Secret.of('four other words'))).rejects.toThrow()
    await expect(one.backup.restore(backupId, { intoNewVault: false })).rejects.toMatchObject({
      code: 'BACKUP_GONE',
    })
  })

  it('is forgotten by a lock that comes while its key is derived', async () => {
    const one = await openComputer()
    const path = await backUp(one)
    one.state.chosen = path
    const { backupId = '' } = (await one.backup.chooseFile()) ?? {}
    const opening = one.backup.open(backupId, WORDS)
    one.backup.forget()
    await expect(opening).rejects.toMatchObject({ code: 'BACKUP_GONE' })
  })
})

it('keeps the vault as it was when the disk takes nothing', async () => {
  const [one, two] = [await openComputer(), await openComputer()]
  await fill(one.state.vault)
  const path = await backUp(one)
  await two.state.vault.save({
    put: [
      put(idOf(9), 'installation', installation({ credentials: [credential()] }), { bot: 'b' }),
    ],
  })
  const { backupId } = await preview(two, path)
  // A folder in place of the file that is written first.
  mkdirSync(join(two.directory, 'vault.next.json'))
  const before = readFileSync(join(two.directory, 'vault.json'), 'hex')
  await expect(two.backup.restore(backupId, { intoNewVault: false })).rejects.toMatchObject({
    code: 'VAULT_WRITE_FAILED',
  })
  expect(readFileSync(join(two.directory, 'vault.json'), 'hex')).toBe(before)
  expect(allOf(two.state.vault, 'installation')).toMatchObject([{ secrets: { bot: 'b' } }])
  expect(existsSync(path)).toBe(true)
})
