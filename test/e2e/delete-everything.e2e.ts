import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { createRunProgram } from '../../main/platform/run-program.ts'
import { createRemoveKeyringItem } from '../../main/platform/system-keyring-item.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { importAppToken } from './support/import-token.ts'
import { callFromPage, snapshotOf, valueFromPage } from './support/page-calls.ts'

const SERVICE = 'org.freedesktop.secrets'

/** The app's items in the real Secret Service, asked with another program than the app's first choice. */
function keyringItems(): string[] {
  const call = [
    SERVICE,
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service',
    'SearchItems',
  ]
  const search = ['a{ss}', '1', 'application', 'Token Desk for Slack']
  const args = ['--user', '--json=short', 'call', ...call, ...search]
  const [unlocked, locked] = JSON.parse(execFileSync('busctl', args, { encoding: 'utf8' })).data
  return [...unlocked, ...locked]
}

/** Every file under the profile. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
}

const OURS = /^(?:vault|settings|activity|logs|locks|practice|pending-writes)/

test.describe('delete everything', () => {
  let profile: string
  let home: string
  let desk: Desk

  test.beforeEach(async () => {
    profile = await temporaryFolder('profile')
    home = await temporaryFolder('home')
  })

  test.afterEach(async () => {
    await desk.close()
    for (const folder of [profile, home]) await removeFolder(folder)
  })

  test('leaves nothing of Token Desk, and the next start begins as new', async () => {
    desk = await launchDesk({ profile })
    await importAppToken(desk, 'Northwind Test')
    await valueFromPage(desk, 'practice/try')
    await valueFromPage(desk, 'desk/set-theme', 'dark')
    const envFile = join(home, '.env')
    writeFileSync(envFile, 'SLACK_BOT_TOKEN=kept\n')
    await expect.poll(() => existsSync(join(profile, 'practice/practice.json'))).toBe(true)
    expect(keyringItems()).toHaveLength(1)

    const left = await valueFromPage(desk, 'vault/delete-everything')
    expect(left).toEqual([])
    expect(keyringItems()).toEqual([])
    expect(filesIn(profile).filter((name) => OURS.test(name))).toEqual([])

    // Nothing comes into being again until the app has quit.
    const refused = { ok: false, failure: { code: 'VAULT_LOCKED', remedy: 'quit' } }
    expect(await callFromPage(desk, 'practice/try')).toMatchObject(refused)
    expect(await callFromPage(desk, 'vault/unlock', null)).toMatchObject(refused)
    expect(await callFromPage(desk, 'vault/delete-everything')).toMatchObject(refused)
    await valueFromPage(desk, 'desk/set-theme', 'light')
    await snapshotOf(desk)
    await desk.close()
    expect(existsSync(profile)).toBe(false)
    expect(readFileSync(envFile, 'utf8')).toBe('SLACK_BOT_TOKEN=kept\n')
    expect(keyringItems()).toEqual([])

    desk = await launchDesk({ profile })
    await expect(
      desk.page.getByRole('heading', { name: 'Connect a Slack workspace' }),
    ).toBeVisible()
    const { installations, slackApps, vault, info } = await snapshotOf(desk)
    expect({ installations, slackApps, theme: info.theme }).toEqual({
      ...{ installations: [], slackApps: [], theme: 'system' },
    })
    expect(vault).toMatchObject({ state: 'ready', recovery: null })
    expect(keyringItems()).toHaveLength(1)
  })

  for (const program of ['busctl', 'dbus-send']) {
    test(`removes the keyring's item with ${program} where gdbus is missing`, async () => {
      desk = await launchDesk({ profile })
      const run = createRunProgram()
      const remove = createRemoveKeyringItem({
        ...{ platform: 'linux', appName: 'Token Desk for Slack', isNeededElsewhere: () => false },
        run: async (file, args, options) =>
          file === program ? run(file, args, options) : { kind: 'missing' },
      })
      expect(keyringItems()).toHaveLength(1)
      expect(await remove()).toBe(true)
      expect(keyringItems()).toEqual([])
    })
  }
})
