import { describe, expect, it } from 'vitest'
import type { SlackAppInput } from '../../../main/contract/inputs.ts'
import { createAuthorizations } from '../../../main/oauth/authorizations.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { createAuthorizeService } from '../../../main/workspaces/authorize.ts'
import { SLACK_APP } from '../../../main/workspaces/records.ts'
import { refuseSharedAddress, type WayBack } from '../../../main/workspaces/shared-address.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const SLACK = { kind: 'slack' } as const
const custom = (baseUrl: string) => ({ kind: 'custom', baseUrl }) as const
const STRANGER = custom('https://stranger.example')
const back = (
  environment: WayBack['environment'],
  redirectUrl: string | null,
  strategy: WayBack['strategy'] = 'relay',
): WayBack => ({ environment, redirectUrl, strategy })

describe('an address of two Slacks', () => {
  it.each<[string, WayBack, WayBack]>([
    [
      'one relay',
      back(SLACK, 'https://relay.example/s'),
      back(STRANGER, 'https://relay.example/s'),
    ],
    [
      'another spelling',
      back(SLACK, 'https://Relay.example:443/s?a'),
      back(STRANGER, 'https://relay.example/s'),
    ],
    [
      'one below the other',
      back(SLACK, 'https://relay.example/s'),
      back(STRANGER, 'https://relay.example/s/x'),
    ],
    [
      'our path below a root',
      back(SLACK, 'https://relay.example'),
      back(STRANGER, 'https://relay.example/x'),
    ],
    [
      'pasted',
      back(SLACK, 'https://relay.example/s'),
      back(STRANGER, 'https://relay.example/s', 'paste'),
    ],
    [
      'the loopback address',
      back(SLACK, null, 'https'),
      back(STRANGER, 'https://localhost:17871/callback', 'paste'),
    ],
    [
      'two hosts with one path of ours',
      back(custom('https://a.co-op.test'), null, 'https'),
      back(custom('https://a.co/op.test'), null, 'https'),
    ],
  ])('is refused, whichever comes first: %s', (_name, one, other) => {
    expect(() => refuseSharedAddress(one, [other])).toThrow(/uses this address already/)
    expect(() => refuseSharedAddress(other, [one])).toThrow(/uses this address already/)
  })

  it.each<[string, WayBack, WayBack]>([
    ['one Slack', back(SLACK, 'https://relay.example/s'), back(SLACK, 'https://relay.example/s')],
    [
      'GovSlack',
      back(SLACK, 'https://relay.example/s'),
      back({ kind: 'govslack' }, 'https://relay.example/s'),
    ],
    [
      'an emulator here',
      back(SLACK, 'https://relay.example/s'),
      back(custom('http://localhost:4000'), 'https://relay.example/s'),
    ],
    [
      'paths of their own',
      back(SLACK, 'https://relay.example/s'),
      back(STRANGER, 'https://relay.example/x'),
    ],
    ['no address yet', back(SLACK, null, 'paste'), back(STRANGER, null, 'paste')],
    ['what is no address', back(SLACK, 'x', 'paste'), back(STRANGER, 'x', 'paste')],
    ['the loopback ones', back(SLACK, null, 'https'), back(STRANGER, null, 'https')],
  ])('is no trouble: %s', (_name, one, other) => {
    expect(() => refuseSharedAddress(one, [other])).not.toThrow()
    expect(() => refuseSharedAddress(other, [one])).not.toThrow()
  })
})

describe('apps and authorizations', () => {
  const relay = 'https://relay.example/s'
  const slacks = appInput({ strategy: 'relay', redirectUrl: relay })
  const strangers: SlackAppInput = { ...slacks, environment: STRANGER }

  it('refuse it beside the field, when an app is added and when it is changed', async () => {
    const { slackApps } = await openWorkspaces()
    const id = await slackApps.add(slacks)
    await expect(slackApps.add(strangers)).rejects.toMatchObject({ field: 'redirectUrl' })
    await slackApps.update(id, slacks)
    const other = await slackApps.add({ ...strangers, redirectUrl: 'https://relay.example/x' })
    await expect(slackApps.update(other, strangers)).rejects.toMatchObject({ field: 'redirectUrl' })
    expect(slackApps.get(other).redirectUrl).toBe('https://relay.example/x')
  })

  it('open no page of a stranger that would get the codes of Slack', async () => {
    const desk = await openWorkspaces()
    const opened: string[] = []
    const authorizations = createAuthorizations({
      ...desk,
      browser: { open: async (url) => void opened.push(url) },
      certificate: () => Promise.reject(new Error('not needed')),
      log: silentLog,
    })
    const authorize = createAuthorizeService({
      ...desk,
      authorizations,
      log: silentLog,
      prepare: async () => {},
      onChange() {},
      onStored() {},
    })
    const id = await desk.slackApps.add({ ...slacks, strategy: 'paste' })
    // As a manifest makes one: it names whatever address it likes.
    const { id: _id, ...meta } = desk.slackApps.get(id)
    const put = { id: 'stranger', kind: SLACK_APP, meta: { ...meta, environment: STRANGER } }
    await desk.vault.save({ put: [put] })
    await expect(authorize.begin('stranger', null)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    expect(opened).toEqual([])
    await authorize.begin(id, null)
    expect(opened).toHaveLength(1)
    await authorizations.close()
  })
})
