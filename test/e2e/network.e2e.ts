import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import {
  type CompanyAuthority,
  createCompanyAuthority,
  openTlsFront,
  type TlsFront,
  trustAuthority,
} from './support/company-authority.ts'
import { type ConnectProxy, openConnectProxy } from './support/connect-proxy.ts'
import { answerAddress } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { pasteTokens } from './support/import-token.ts'
import { openTestSlack, type TestSlack } from './support/test-slack.ts'

const HOST = 'slack.test.example'

test.describe('a company network', () => {
  let slack: TestSlack
  let authority: CompanyAuthority
  let front: TlsFront
  let proxy: ConnectProxy
  let home: string
  let desk: Desk | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    authority = await createCompanyAuthority(HOST)
    front = await openTlsFront(authority, slack.url)
    proxy = await openConnectProxy({ [`${HOST}:443`]: front.port })
    home = await temporaryFolder('company-home')
  })

  test.afterEach(async () => {
    await desk?.close()
    if (desk) await removeFolder(desk.profile)
    desk = null
  })

  test.afterAll(async () => {
    await proxy.close()
    await front.close()
    await slack.close()
    await removeFolder(home)
  })

  test('probe', async () => {
    await mkdir(join(home, '.config/glib-2.0/settings'), { recursive: true })
    await writeFile(join(home, '.config/glib-2.0/settings/keyfile'), `[system/proxy]\nmode='manual'\n\n[system/proxy/https]\nhost='127.0.0.1'\nport=${proxy.port}\n\n[system/proxy/http]\nhost='127.0.0.1'\nport=${proxy.port}\n`)
    desk = await launchDesk({ env: { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), GSETTINGS_BACKEND: 'keyfile' } })
    const out = await desk.app.evaluate(async ({ session, safeStorage }) => {
      const s = session.fromPartition('slack', { cache: false })
      const r1 = await s.resolveProxy('https://slack.test.example/')
      return { r1, l: await s.resolveProxy('http://localhost:17870/'), desktop: process.env.XDG_CURRENT_DESKTOP,k: safeStorage.getSelectedStorageBackend() }
    })
    await desk.page.waitForTimeout(3000)
    console.log(JSON.stringify(out), proxy.asked, front.refusals())
    await desk.page.waitForTimeout(2000)
    console.log(proxy.asked)
  })
})
