import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from 'playwright/test'
import { type PackagedApp, packagedExecutable, startPackagedApp } from './packaged-app.ts'

const { ENABLE, DISABLE } = FuseState

const FUSES = [
  { name: 'RunAsNode', state: DISABLE },
  { name: 'EnableCookieEncryption', state: DISABLE },
  { name: 'EnableNodeOptionsEnvironmentVariable', state: DISABLE },
  { name: 'EnableNodeCliInspectArguments', state: DISABLE },
  { name: 'EnableEmbeddedAsarIntegrityValidation', state: ENABLE },
  { name: 'OnlyLoadAppFromAsar', state: ENABLE },
  { name: 'LoadBrowserProcessSpecificV8Snapshot', state: DISABLE },
  { name: 'GrantFileProtocolExtraPrivileges', state: DISABLE },
] as const

for (const variable of ['TOKEN_DESK_PRODUCT', 'TOKEN_DESK_SMOKE_APP'] as const) {
  test(`every fuse of ${variable} stands as it should`, async () => {
    const wire = await getCurrentFuseWire(packagedExecutable(variable))
    for (const { name, state } of FUSES) expect(wire[FuseV1Options[name]], name).toBe(state)
  })
}

test('the product holds its own bundle and nothing else', () => {
  const resources = join(dirname(packagedExecutable('TOKEN_DESK_PRODUCT')), 'resources')
  expect(existsSync(join(resources, 'default_app.asar'))).toBe(false)
  const files = listPackage(join(resources, 'app.asar'), { isPack: false })
  const foreign = files.filter((file) => !/^\/(out|package\.json|LICENSE)(\/|$)/.test(file))
  expect(foreign).toEqual([])
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([])
})

test.describe('started with debugging switches', () => {
  let app: PackagedApp | null = null
  test.afterEach(() => app?.close())

  test('the product opens neither inspector nor debugging port', async () => {
    const started = await startPackagedApp(packagedExecutable('TOKEN_DESK_PRODUCT'))
    app = started
    // The vault is made once the page is there and the keyring has answered: the app is wholly up.
    await expect.poll(() => existsSync(join(started.profile, 'vault.json'))).toBe(true)
    expect(existsSync(join(started.profile, 'DevToolsActivePort'))).toBe(false)
    expect(started.output()).not.toContain('listening on ws')
  })

  test('the smoke variant shows its first screen, and no inspector', async () => {
    app = await startPackagedApp(packagedExecutable('TOKEN_DESK_SMOKE_APP'))
    const page = await app.page()
    const heading = page.getByRole('heading', { name: 'Connect a Slack workspace' })
    await expect(heading).toBeVisible()
    expect(app.output()).not.toContain('Debugger listening')
  })
})
