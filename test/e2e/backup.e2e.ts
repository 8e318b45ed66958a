import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { createRunProgram } from '../../main/platform/run-program.ts'
import { createRemoveKeyringItem } from '../../main/platform/system-keyring-item.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { importAppToken } from './support/import-token.ts'
import { callFromPage, snapshotOf, valueFromPage } from './support/page-calls.ts'

const WORDS = 'four unrelated words'

/** Makes the next start of the app find a keyring with another key. */
const loseKeyringItem = createRemoveKeyringItem({
  ...{ platform: 'linux', appName: 'Token Desk for Slack' },
  ...{ run: createRunProgram(), isNeededElsewhere: () => false },
})

/** The env line of the only credential, as it comes to the clipboard. */
async function lineOf(desk: Desk): Promise<string> {
  const [workspace] = (await snapshotOf(desk)).installations
  await valueFromPage(desk, 'sharing/copy-line', {
    ...{ of: 'credential', installationId: workspace?.id ?? '' },
    credentialId: workspace?.credentials[0]?.id ?? '',
  })
  return desk.clipboardText()
}

/** Chooses the file as the system's dialog would, and opens it. */
async function openBackup(desk: Desk, path: string, words = WORDS) {
  await desk.answerFileDialog(path)
  const file = await callFromPage(desk, 'backup/choose-file')
  if (!file.ok) return file
  return callFromPage(desk, 'backup/open', file.value?.backupId ?? '', words)
}

test.describe('a backup', () => {
  let folder: string
  let profiles: string[]
  let desk: Desk

  test.beforeEach(async () => {
    folder = await temporaryFolder('backup')
    profiles = [await temporaryFolder('profile'), await temporaryFolder('profile')]
  })

  test.afterEach(async () => {
    await desk.close()
    for (const one of [folder, ...profiles]) await removeFolder(one)
  })

  test('brings the token line back in a fresh profile with another key', async () => {
    const path = join(folder, 'a.tokendesk-backup')
    desk = await launchDesk({ profile: profiles[0] ?? '' })
    const token = await importAppToken(desk, 'Northwind Test')
    const line = await lineOf(desk)
    expect(line).toContain(token)
    await desk.answerFileDialog(path)
    expect(await valueFromPage(desk, 'backup/create', WORDS)).toMatchObject({
      ...{ installationCount: 1, slackAppCount: 0, configurationTokenCount: 0 },
    })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).not.toContain(token)
    await desk.close()
    await removeFolder(profiles[0] ?? '')
    expect(await loseKeyringItem()).toBe(true)

    desk = await launchDesk({ profile: profiles[1] ?? '' })
    const wrong = await openBackup(desk, path, 'four other words')
    expect(wrong).toMatchObject({ ok: false, failure: { code: 'BACKUP_WRONG_PASSPHRASE' } })
    const damaged = join(folder, 'damaged.tokendesk-backup')
    writeFileSync(damaged, readFileSync(path).subarray(0, 400))
    expect(await openBackup(desk, damaged)).toMatchObject({
      ...{ ok: false, failure: { code: 'BACKUP_DAMAGED' } },
    })
    const opened = await openBackup(desk, path)
    if (!opened.ok) throw new Error(opened.failure.code)
    const { backupId, needsNewVault, rows } = opened.value
    expect(needsNewVault).toBe(false)
    expect(rows).toMatchObject([{ name: 'Northwind Test', action: 'new', storedCount: 1 }])
    expect((await snapshotOf(desk)).installations).toEqual([])
    expect(await valueFromPage(desk, 'backup/restore', backupId, { intoNewVault: false })).toEqual({
      added: 1,
      updated: 0,
      kept: 0,
    })
    expect(await lineOf(desk)).toBe(line)
    await expect(desk.page.getByText('Northwind Test').first()).toBeVisible()
  })
})
