import { expect, test } from 'playwright/test'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'

test.describe('first run', () => {
  let desk: Desk

  test.afterEach(async () => {
    await desk.close()
    await removeFolder(desk.profile)
  })

  test('shows three doors, sealed with the keyring, focus on the first', async () => {
    desk = await launchDesk()
    const { page } = desk
    await expect(page.getByRole('heading', { name: 'Connect a Slack workspace' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Try the practice workspace' })).toBeFocused()
    await expect(page.getByRole('button', { name: 'Add a Slack app' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Paste a token' })).toBeVisible()
    await expect(page.getByText('Sealed with this computer’s keyring')).toBeVisible()
  })

  test('asks for a passphrase where there is no keyring', async () => {
    desk = await launchDesk({ keyring: false })
    const { page } = desk
    await expect(page.getByRole('heading', { name: 'Choose a passphrase' })).toBeVisible()
  })
})
