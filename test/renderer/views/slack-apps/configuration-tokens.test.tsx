import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { ConfigurationTokenView } from '../../../../main/contract/views.ts'
import {
  configurationTokenMark,
  hasUsableToken,
} from '../../../../renderer/views/slack-apps/configuration-tokens/configuration-token-words.ts'
import { TokensFoot } from '../../../../renderer/views/slack-apps/configuration-tokens/tokens-foot.tsx'
import { fail, type Overrides } from '../../fake-api.ts'
import { type RenderedView, renderView } from '../../render-view.tsx'
import { sampleConfigurationToken } from '../../sample-manifest.ts'
import { SAMPLE_NOW_MS, sampleSnapshot } from '../../sample-snapshot.ts'

const expired = sampleConfigurationToken({ expiresAtMs: SAMPLE_NOW_MS - 1, canRefresh: false })

function foot(
  configurationTokens: ConfigurationTokenView[],
  overrides: Overrides = {},
): Promise<RenderedView> {
  return renderView(<TokensFoot />, {
    snapshot: sampleSnapshot(1, { configurationTokens }),
    overrides,
  })
}

describe('words', () => {
  it.each<[string, Partial<ConfigurationTokenView>, string, boolean]>([
    ['hours left', {}, 'Valid for 7 h', true],
    ['minutes left', { expiresAtMs: SAMPLE_NOW_MS + 40 * 60_000 }, 'Valid for 40 min', true],
    ['over, with a refresh token', { expiresAtMs: SAMPLE_NOW_MS - 1 }, 'Expired', true],
    ['over', { expiresAtMs: SAMPLE_NOW_MS - 1, canRefresh: false }, 'Expired', false],
    ['revoked', { state: 'revoked' }, 'Revoked', false],
    ['suspended', { state: 'suspended' }, 'Suspended by admin', false],
    ['refused', { state: 'suspended', slackCode: 'invalid_auth' }, 'Refused by Slack', false],
    ['imported alone', { expiresAtMs: null, canRefresh: false }, 'Not checked', true],
  ])('%s', (_case, over, label, isUsable) => {
    const token = sampleConfigurationToken(over)
    expect(configurationTokenMark(token, SAMPLE_NOW_MS).label).toBe(label)
    expect(hasUsableToken([token], { kind: 'slack' }, SAMPLE_NOW_MS)).toBe(isUsable)
  })

  it('takes a token for its own environment only', () => {
    const baseUrl = 'https://slack.test/'
    const custom = sampleConfigurationToken({
      environment: { ref: { kind: 'custom', baseUrl }, label: 'slack.test', host: 'slack.test' },
    })
    const has = (ref: Parameters<typeof hasUsableToken>[1]) =>
      hasUsableToken([custom], ref, SAMPLE_NOW_MS)
    expect(has({ kind: 'custom', baseUrl: 'https://slack.test' })).toBe(true)
    expect(has({ kind: 'custom', baseUrl: 'https://other.test' })).toBe(false)
    expect(has({ kind: 'slack' })).toBe(false)
  })
})

describe('TokensFoot', () => {
  it('says that there is none, and leads to the import', async () => {
    const { user, api, place } = await foot([])
    expect(screen.getByText('No configuration token')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Manage' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Configuration tokens' }))
    await user.click(dialog.getByRole('button', { name: 'Open app settings' }))
    expect(api.callsTo('slack-apps/open-settings')).toEqual([[{ kind: 'slack' }]])
    await user.click(dialog.getByRole('button', { name: 'Import token' }))
    expect(place().dialog).toEqual({ kind: 'import' })
  })

  it('counts several, and warns of those that do not work', async () => {
    await foot([{ ...expired, id: 'a' }, sampleConfigurationToken({ expiresAtMs: null })])
    expect(screen.getByText('1 configuration token ended')).toBeDefined()
  })
})

describe('TokensDialog', () => {
  async function open(overrides: Overrides = {}): Promise<RenderedView> {
    const view = await foot([sampleConfigurationToken()], overrides)
    await view.user.click(screen.getByRole('button', { name: 'Manage' }))
    await screen.findByRole('dialog')
    return view
  }
  const row = () => within(screen.getByRole('group', { name: 'Northwind Test' }))

  it('copies, reveals and refreshes', async () => {
    const { user, api } = await open()
    await user.click(row().getByRole('button', { name: 'Copy env line' }))
    await user.click(row().getByRole('button', { name: 'Reveal' }))
    await user.click(row().getByRole('button', { name: 'Refresh now' }))
    const ref = { of: 'configuration-token', configurationTokenId: 'config-1', field: 'token' }
    expect(api.callsTo('sharing/copy-line')).toEqual([[ref]])
    expect(api.callsTo('sharing/reveal')).toEqual([[ref]])
    expect(api.callsTo('configuration-tokens/refresh')).toEqual([['config-1']])
    expect(screen.queryByRole('button', { name: 'Write to env file…' })).toBeNull()
  })

  it('only removes one that ended', async () => {
    const { user } = await foot([expired])
    await user.click(screen.getByRole('button', { name: 'Manage' }))
    await screen.findByRole('dialog')
    const acts = row().getAllByRole('button')
    expect(acts.map(({ textContent }) => textContent)).toEqual(['Remove…'])
  })

  it('asks before one is removed, and says why it could not be', async () => {
    const { user, api } = await open({
      'configuration-tokens/remove': fail('VAULT_WRITE_FAILED'),
    })
    await user.click(row().getByRole('button', { name: 'Remove…' }))
    const asked = within(await screen.findByRole('alertdialog'))
    await user.click(asked.getByRole('button', { name: 'Remove' }))
    expect(api.callsTo('configuration-tokens/remove')).toEqual([['config-1']])
    expect(await asked.findByRole('alert')).toBeDefined()
  })

  it('says beside the row why a refresh did not work', async () => {
    const { user } = await open({ 'configuration-tokens/refresh': fail('SLACK_NO_ANSWER') })
    await user.click(row().getByRole('button', { name: 'Refresh now' }))
    expect(await screen.findByRole('alert')).toBeDefined()
  })
})
