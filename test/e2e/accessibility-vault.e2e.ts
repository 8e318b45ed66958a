import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { expectAccessible } from './support/axe.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { choosePassphrase, unlock } from './support/every-act.ts'
import { FILLED_PASSPHRASE, fillProfile } from './support/many-workspaces.ts'

test.describe.configure({ timeout: 180_000 })

test.describe('axe finds nothing', () => {
  let profile = ''
  let desk: Desk

  test.beforeEach(async () => {
    profile = await temporaryFolder('profile')
  })

  test.afterEach(async () => {
    await desk.close()
    await removeFolder(profile)
  })

  test('on many workspaces in every state, and in the settings', async () => {
    await fillProfile(profile, 200)
    desk = await launchDesk({ keyring: false, profile })
    const { page } = desk
    await unlock(desk, FILLED_PASSPHRASE)
    await expect(page.getByText('Choose a workspace')).toBeVisible()
    await expectAccessible(desk, 'workspaces, none chosen')
    for (const name of ['Acme 1', 'Blue Harbor 2', 'Northwind 3', 'Ümlaut & Söhne 4', 'Zebra 5']) {
      await page.getByRole('searchbox').fill(name)
      await page.getByRole('option').first().click()
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
      await expectAccessible(desk, `workspace ${name}`)
    }
    await page.getByRole('searchbox').fill('nothing like it')
    await expectAccessible(desk, 'workspaces, nothing found')
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: 'Authorize workspace' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await expectAccessible(desk, 'workspaces, choosing an app')
    await page.keyboard.press('Escape')
    await page.keyboard.press('ControlOrMeta+2')
    await page.getByRole('option', { name: /Deploy Bot/ }).click()
    await expectAccessible(desk, 'Slack app with workspaces')

    await page.keyboard.press('ControlOrMeta+5')
    for (const name of ['Appearance', 'Security', 'About']) {
      await page.getByRole('button', { name }).click()
      await expectAccessible(desk, `settings, ${name}`)
    }
  })

  test('on choosing a passphrase and unlocking', async () => {
    desk = await launchDesk({ keyring: false, profile })
    const { page } = desk
    await expectAccessible(desk, 'choose a passphrase')
    await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('short')
    await page.getByRole('textbox', { name: 'Passphrase again' }).fill('other')
    await page.getByRole('button', { name: 'Protect my tokens' }).click()
    await expectAccessible(desk, 'choose a passphrase, with problems')
    await choosePassphrase(desk, FILLED_PASSPHRASE)
    await page.keyboard.press('ControlOrMeta+Shift+L')
    await expectAccessible(desk, 'locked')
    await page.getByRole('textbox', { name: 'Passphrase' }).fill('not the passphrase')
    await page.keyboard.press('Enter')
    // It stands at the field, and is said.
    await expect(page.getByText(/This is not the passphrase/).first()).toBeVisible()
    await page.getByRole('button', { name: 'I forgot the passphrase' }).click()
    await expectAccessible(desk, 'locked, wrong and forgotten')
    await page.getByRole('button', { name: 'Start afresh…' }).click()
    await expectAccessible(desk, 'locked, starting afresh')
  })

  test('on a vault that was damaged, one that is newer, and one sealed with the keyring', async () => {
    desk = await launchDesk({ profile })
    await desk.page.keyboard.press('ControlOrMeta+Shift+L')
    await expect(desk.page.getByRole('heading', { name: 'Token Desk is locked' })).toBeVisible()
    await expectAccessible(desk, 'locked, keyring')
    await desk.close()
    const file = join(profile, 'vault.json')
    const whole = await readFile(file, 'utf8')
    await writeFile(file, whole.slice(0, -20))
    desk = await launchDesk({ profile })
    await expect(desk.page.getByText('The vault file was damaged.')).toBeVisible()
    await expectAccessible(desk, 'damaged vault')
    await desk.close()
    await writeFile(file, JSON.stringify({ ...JSON.parse(whole), version: 99 }))
    desk = await launchDesk({ profile })
    await expectAccessible(desk, 'newer vault')
  })
})
