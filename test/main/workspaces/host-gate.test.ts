import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { slackEndpoints } from '../../../main/slack/environment.ts'
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
