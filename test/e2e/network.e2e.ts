import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import type { ImportFinding } from '../../main/contract/views.ts'
import {
  type CompanyAuthority,
  createCompanyAuthority,
  openTlsFront,
  type TlsFront,
  trustAuthority,
} from './support/company-authority.ts'
import { type ConnectProxy, openConnectProxy } from './support/connect-proxy.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { issueBotToken } from './support/issue-token.ts'
import { callFromPage, snapshotOf, valueFromPage } from './support/page-calls.ts'
import { openTestSlack, type TestSlack } from './support/test-slack.ts'

/** No name service knows it: it is there behind the proxy alone. */
const HOST = 'slack.test.example'
const ENVIRONMENT = { kind: 'custom', baseUrl: `https://${HOST}` } as const

test.describe('a company network', () => {
  let slack: TestSlack
  let authority: CompanyAuthority
  let front: TlsFront
  let proxy: ConnectProxy
  let token: string
  let home: string
  let profile: string
  let desk: Desk | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    token = await issueBotToken(slack, await slack.register('Behind the proxy'))
    authority = await createCompanyAuthority(HOST)
    front = await openTlsFront(authority, slack.url)
  })

  test.beforeEach(async () => {
    proxy = await openConnectProxy({ [`${HOST}:443`]: front.port })
    home = await temporaryFolder('company-home')
    profile = await temporaryFolder('profile')
  })

  test.afterEach(async () => {
    await desk?.close()
    desk = null
    await proxy.close()
    await removeFolder(home)
    await removeFolder(profile)
  })

  test.afterAll(async () => {
    await front.close()
    await slack.close()
  })

  test('the proxy of the environment and an authority of the company carry every call', async () => {
    const before = slack.outcomes('auth.test').length
    const without = await start({})
    await answerHostQuestion(without, true)
    expect(await checkToken(without)).toEqual(refusal('Slack did not answer'))
    expect(await hostQuestions(without)).toEqual([`Let Token Desk talk to ${HOST}?`])
    await without.close()

    const untrusting = await start(proxyVariables())
    expect(await checkToken(untrusting)).toEqual(
      refusal(`The connection to ${HOST} is not trusted`),
    )
    expect(front.refusals()).toBeGreaterThan(0)
    // The certificate was refused before anything was sent.
    expect(slack.outcomes('auth.test')).toHaveLength(before)
    await untrusting.close()

    await trustAuthority(home, authority.caPem)
    const refusals = front.refusals()
    const trusting = await start(proxyVariables())
    await importToken(trusting)
    const { installations } = await snapshotOf(trusting)
    expect(installations.map(({ name, environment }) => [name, environment.host])).toEqual([
      ['Practice Studio', HOST],
    ])
    const id = installations[0]?.id ?? ''
    await valueFromPage(trusting, 'workspaces/check', id)
    expect(await valueFromPage(trusting, 'workspaces/check-all')).toEqual({
      ...{ checked: 1, failed: 0, wasCancelled: false },
    })
    expect(slack.outcomes('auth.test').slice(before)).toEqual(['ok', 'ok', 'ok'])
    const revoked = await valueFromPage(trusting, 'workspaces/revoke', id, ['bot'])
    expect(revoked).toEqual({ revoked: 1, failures: [] })
    expect(await slack.ask('auth.test', token)).toBe('token_revoked')
    expect(front.refusals()).toBe(refusals)
    // Slack's host, and nobody else in the world.
    expect([...new Set(proxy.asked)]).toEqual([`${HOST}:443`])
  })

  test('the proxy of a GNOME desktop is honoured', async () => {
    token = await issueBotToken(slack, await slack.register('On GNOME'))
    await trustAuthority(home, authority.caPem)
    const app = await start({
      ...(await gnomeSettings()),
      XDG_CURRENT_DESKTOP: 'GNOME',
    })
    await answerHostQuestion(app, true)
    await importToken(app)
    expect([...new Set(proxy.asked)]).toEqual([`${HOST}:443`])
  })

  test('a host that the user refuses is not asked for, not even of the proxy', async () => {
    const app = await start(proxyVariables())
    await answerHostQuestion(app, false)
    expect(await checkToken(app)).toEqual(refusal(`Nothing was sent to ${HOST}`))
    expect(await hostQuestions(app)).toEqual([`Let Token Desk talk to ${HOST}?`])
    expect(proxy.asked).toEqual([])
  })

  /**
   * On a GNOME desktop Chromium reads that desktop's settings and looks at no variable, so the tests'
   * own desktop is not named; the keyring is then named by a switch.
   */
  async function start(env: Readonly<Record<string, string>>): Promise<Desk> {
    desk = await launchDesk({
      profile,
      switches: ['--password-store=gnome-libsecret'],
      env: { HOME: home, XDG_CURRENT_DESKTOP: 'none', ...env },
    })
    return desk
  }

  function proxyVariables(): Record<string, string> {
    const url = `http://${proxy.address}`
    return { http_proxy: url, https_proxy: url, no_proxy: '' }
  }

  /** What the network panel of the desktop's settings writes, kept in a file of this home folder. */
  async function gnomeSettings(): Promise<Record<string, string>> {
    const folder = join(home, '.config')
    const server = `host='127.0.0.1'\nport=${proxy.port}\n`
    const groups = ['http', 'https'].map((kind) => `[system/proxy/${kind}]\n${server}`)
    const text = [`[system/proxy]\nmode='manual'\n`, ...groups].join('\n')
    await mkdir(join(folder, 'glib-2.0/settings'), { recursive: true })
    await writeFile(join(folder, 'glib-2.0/settings/keyfile'), text)
    return { XDG_CONFIG_HOME: folder, GSETTINGS_BACKEND: 'keyfile' }
  }

  /** Reads the token from the clipboard and asks its environment; says what came of it. */
  async function checkToken(app: Desk): Promise<ImportFinding['check'] | undefined> {
    await app.setClipboardText(token)
    const { id } = await valueFromPage(app, 'import/read-clipboard', ENVIRONMENT)
    const { findings } = await valueFromPage(app, 'import/check', id)
    await callFromPage(app, 'import/discard', id)
    return findings[0]?.check
  }

  async function importToken(app: Desk): Promise<void> {
    await app.setClipboardText(token)
    const read = await valueFromPage(app, 'import/read-clipboard', ENVIRONMENT)
    const { findings } = await valueFromPage(app, 'import/check', read.id)
    expect(findings[0]?.check).toMatchObject({ kind: 'works', workspaceName: 'Practice Studio' })
    const choices = findings.map(({ id }) => ({ id, as: null }))
    await valueFromPage(app, 'import/store', read.id, choices, { kind: 'found' })
  }
})

function refusal(message: string) {
  return { kind: 'refused', failure: expect.objectContaining({ message }) }
}

/** Answers main's own dialog about a host from now on, and keeps what it asked. */
async function answerHostQuestion({ app }: Desk, allows: boolean): Promise<void> {
  await app.evaluate(({ dialog }, response) => {
    const kept = globalThis as unknown as { hostQuestions: string[] }
    kept.hostQuestions = []
    dialog.showMessageBox = async (...asked: unknown[]) => {
      kept.hostQuestions.push((asked.at(-1) as { message: string }).message)
      return { response, checkboxChecked: false }
    }
  }, Number(allows))
}

function hostQuestions({ app }: Desk): Promise<string[]> {
  return app.evaluate(() => (globalThis as unknown as { hostQuestions: string[] }).hostQuestions)
}
