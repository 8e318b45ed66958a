import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { importAppToken } from './support/import-token.ts'
import { callFromPage, snapshotOf, valueFromPage } from './support/page-calls.ts'

const PASSPHRASE = 'four unrelated words'
const WRONG = 'four unrelated work'

test.describe('a passphrase instead of the keyring', () => {
  let desk: Desk

  test.beforeEach(async () => {
    desk = await launchDesk()
  })

  test.afterEach(async () => {
    await desk.close()
    await removeFolder(desk.profile)
  })

  test('protects the vault alone, and nothing once it is removed', async () => {
    await importAppToken(desk, 'First app')
    expect(await vaultOf(desk)).toMatchObject({ state: 'ready', protection: 'keyring' })
    await valueFromPage(desk, 'vault/set-passphrase', null, PASSPHRASE)
    expect(await vaultOf(desk)).toMatchObject({ state: 'ready', protection: 'passphrase' })

    await restart()
    expect(await vaultOf(desk)).toMatchObject({ state: 'locked', protection: 'passphrase' })
    expect((await snapshotOf(desk)).installations).toEqual([])
    expect(await callFromPage(desk, 'vault/unlock', WRONG)).toMatchObject({
      ok: false,
      failure: { code: 'VAULT_WRONG_PASSPHRASE', field: 'passphrase' },
    })
    await valueFromPage(desk, 'vault/unlock', PASSPHRASE)
    expect((await snapshotOf(desk)).installations).toHaveLength(1)

    await valueFromPage(desk, 'vault/remove-passphrase', PASSPHRASE)
    await restart()
    expect(await vaultOf(desk)).toMatchObject({ state: 'ready', protection: 'keyring' })
    expect((await snapshotOf(desk)).installations).toHaveLength(1)
    await expectNothingOpensBy(PASSPHRASE)
  })

  async function restart(): Promise<void> {
    await desk.close()
    desk = await launchDesk({ profile: desk.profile })
  }

  /** Each generation on disk, put alone into a profile of its own and opened by the app itself. */
  async function expectNothingOpensBy(passphrase: string): Promise<void> {
    const { profile } = desk
    await desk.close()
    for (const name of ['vault.json', 'vault.last-good.json']) {
      const alone = await temporaryFolder('generation')
      await writeFile(join(alone, 'vault.json'), await readFile(join(profile, name)))
      desk = await launchDesk({ profile: alone, keyring: false })
      expect(await callFromPage(desk, 'vault/unlock', passphrase), name).toMatchObject({
        ok: false,
        failure: { code: 'VAULT_NO_PASSPHRASE' },
      })
      expect((await vaultOf(desk)).state, name).toBe('blocked')
      await desk.close()
      await removeFolder(alone)
    }
    desk = await launchDesk({ profile })
  }
})

async function vaultOf(desk: Desk) {
  return (await snapshotOf(desk)).vault
}
