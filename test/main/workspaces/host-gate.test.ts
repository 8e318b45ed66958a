import { describe, expect, it } from 'vitest'
import type { AppError } from '../../../main/errors.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { slackEndpoints } from '../../../main/slack/environment.ts'
import type { CodeExchange, SlackApi } from '../../../main/slack/slack-api.ts'
import { VaultLocked } from '../../../main/vault/errors.ts'
import { createHostGate, gatedBrowser, gatedSlackApi } from '../../../main/workspaces/host-gate.ts'
import { openWorkspaces } from './workspaces-fixture.ts'

const CUSTOM = 'https://slack.example/base/api/'

async function start(answers: boolean[]) {
  const desk = await openWorkspaces()
  const asked: string[] = []
  const allowsHost = async (host: string) => {
    asked.push(host)
    return answers.shift() ?? false
  }
  const gate = createHostGate({ vault: () => desk.vault, question: { allowsHost } })
  return { ...desk, asked, gate }
}

describe('host gate', () => {
  it.each([
    'https://slack.com/api/',
    'https://slack-gov.com/api/',
    'https://api.slack.com/apps',
    'http://localhost:17870/api/',
    'http://127.0.0.1:8080/api/',
    'http://[::1]:8080/api/',
  ])('lets %s pass unasked', async (url) => {
    const { gate, asked } = await start([])
    await gate.pass(url)
    expect(asked).toEqual([])
  })

  it.each([
    CUSTOM,
    'https://slack.com.example/api/',
    'https://notslack.com/api/',
    'https://localhost.example/api/',
  ])('asks before anything goes to %s', async (url) => {
    const { gate, asked } = await start([false])
    await expect(gate.pass(url)).rejects.toMatchObject({ code: 'SLACK_HOST_REFUSED' })
    expect(asked).toEqual([new URL(url).host])
  })

  it('keeps a yes, also for another gate on the same vault, and asks again after a no', async () => {
    const { gate, asked, vault } = await start([false, true])
    await expect(gate.pass(CUSTOM)).rejects.toMatchObject({ code: 'SLACK_HOST_REFUSED' })
    await gate.pass(CUSTOM)
    await gate.pass(CUSTOM)
    expect(asked).toHaveLength(2)
    const question = { allowsHost: async () => false }
    await createHostGate({ vault: () => vault, question }).pass(CUSTOM)
  })

  it('asks once where several wait for the answer', async () => {
    const { gate, asked } = await start([true])
    await Promise.all([gate.pass(CUSTOM), gate.pass(CUSTOM)])
    expect(asked).toHaveLength(1)
  })

  it('asks about one host at a time, and about none once the vault is locked', async () => {
    const { vault } = await openWorkspaces()
    const asked: string[] = []
    const answers: ((isAllowed: boolean) => void)[] = []
    const allowsHost = (host: string) => {
      asked.push(host)
      return new Promise<boolean>((resolve) => answers.push(resolve))
    }
    let isLocked = false
    const open = () => {
      if (isLocked) throw new VaultLocked()
      return vault
    }
    const gate = createHostGate({ vault: open, question: { allowsHost } })
    const passing = ['https://a.example/', 'https://b.example/', 'https://c.example/'].map((url) =>
      gate.pass(url).then(
        () => 'passed',
        (thrown: AppError) => thrown.code,
      ),
    )
    await expect.poll(() => asked).toEqual(['a.example'])
    answers[0]?.(true)
    await expect.poll(() => asked).toEqual(['a.example', 'b.example'])
    isLocked = true
    answers[1]?.(true)
    expect(await Promise.all(passing)).toEqual(['passed', 'VAULT_LOCKED', 'VAULT_LOCKED'])
    expect(asked).toHaveLength(2)
  })

  it('sends no token and opens no page before the yes', async () => {
    const { gate, slack } = await start([false, false])
    const opened: string[] = []
    const browser = gatedBrowser({ open: async (url) => void opened.push(url) }, gate)
    await expect(browser.open(CUSTOM)).rejects.toMatchObject({ code: 'SLACK_HOST_REFUSED' })
    const endpoints = slackEndpoints({ kind: 'custom', baseUrl: 'https://slack.example' })
    const revoke = gatedSlackApi(slack, gate).revokeToken(endpoints, Secret.of('bot-1'))
    await expect(revoke).rejects.toMatchObject({ code: 'SLACK_HOST_REFUSED' })
    expect([...opened, ...slack.revoked]).toEqual([])
  })
})

describe('gated calls', () => {
  const endpoints = slackEndpoints({ kind: 'custom', baseUrl: 'https://slack.example' })
  const token = Secret.of('bot-1')
  const code: CodeExchange = {
    flow: 'v2',
    clientId: '1.2',
    clientSecret: null,
    code: Secret.of('code-1'),
    redirectUri: 'https://localhost:17871/callback',
    codeVerifier: null,
    nonce: null,
  }
  const client = { token, clientId: '1.2', clientSecret: Secret.of('secret-1') }
  const calls: { [Name in keyof SlackApi]: (slack: SlackApi) => Promise<unknown> } = {
    exchangeCode: (slack) => slack.exchangeCode(endpoints, code),
    testToken: (slack) => slack.testToken(endpoints, token),
    revokeToken: (slack) => slack.revokeToken(endpoints, token),
    teamInfo: (slack) => slack.teamInfo(endpoints, token),
    listTeams: (slack) => slack.listTeams(endpoints, token),
    uninstall: (slack) => slack.uninstall(endpoints, client),
    validateManifest: (slack) => slack.validateManifest(endpoints, token, '{}', null),
    createApp: (slack) => slack.createApp(endpoints, token, '{}'),
    updateApp: (slack) => slack.updateApp(endpoints, token, 'A111', '{}'),
    exportManifest: (slack) => slack.exportManifest(endpoints, token, 'A111'),
    rotateConfigurationToken: (slack) => slack.rotateConfigurationToken(endpoints, token),
    refreshToken: (slack) =>
      slack.refreshToken(endpoints, { ...client, kind: 'bot', refreshToken: token }),
    exchangeToken: (slack) => slack.exchangeToken(endpoints, client),
  }

  /** Remembers what was called, and with what. */
  function recording(slack: SlackApi): { api: SlackApi; called: unknown[][] } {
    const called: unknown[][] = []
    const api = new Proxy(slack, {
      get: (target, name, self) => {
        const method: unknown = Reflect.get(target, name, self)
        if (typeof method !== 'function') return method
        return (...asked: unknown[]) => {
          called.push([name, ...asked])
          return Reflect.apply(method, target, asked)
        }
      },
    })
    return { api, called }
  }

  it.each(Object.entries(calls))('%s is not made before the yes', async (_name, call) => {
    const { gate, slack, asked } = await start([false])
    const { api, called } = recording(slack)
    await expect(call(gatedSlackApi(api, gate))).rejects.toMatchObject({
      code: 'SLACK_HOST_REFUSED',
    })
    expect(asked).toEqual(['slack.example'])
    expect(called).toEqual([])
  })

  it.each(Object.entries(calls))(
    '%s is made as it was asked after the yes',
    async (_name, call) => {
      const { gate, slack } = await start([true])
      const direct = recording(slack)
      const gated = recording(slack)
      const answer = await call(direct.api)
      expect(await call(gatedSlackApi(gated.api, gate))).toEqual(answer)
      expect(gated.called).toEqual(direct.called)
      expect(gated.called).toHaveLength(1)
    },
  )
})
