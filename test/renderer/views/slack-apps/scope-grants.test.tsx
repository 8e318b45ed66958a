import { describe, expect, it } from 'vitest'
import {
  extraScopes,
  grantOf,
  scopeLists,
} from '../../../../renderer/views/slack-apps/scope-grants.ts'
import { sampleCredential, sampleInstallation, sampleSlackApp } from '../../sample-snapshot.ts'

const all = sampleInstallation({ name: 'Acme' })
const missing = sampleInstallation({
  name: 'Harbor',
  drift: { missing: [{ side: 'bot', scope: 'commands' }], extra: [] },
})
const unticked = sampleInstallation({
  name: 'Contoso',
  credentials: [sampleCredential({ scopes: ['chat:write'] })],
})

describe('grantOf', () => {
  it('says nothing without a workspace', () => {
    expect(grantOf('bot', 'commands', [])).toEqual({ mark: null, names: '' })
  })

  it.each([
    ['all granted it', [all], 'Granted', ''],
    ['one of two misses it', [all, missing], 'Missing in Harbor', 'Harbor'],
    ['the only one misses it', [missing], 'Missing', 'Harbor'],
    ['two of three miss it', [all, missing, missing], 'Missing in 2 of 3', 'Harbor and Harbor'],
    ['a user unticked it', [all, unticked], 'Not granted in Contoso', 'Contoso'],
    ['nobody granted it', [unticked, unticked], 'Not granted everywhere', 'Contoso and Contoso'],
  ])('%s', (_case, workspaces, label, names) => {
    const grant = grantOf('bot', 'commands', workspaces)
    expect(grant.mark?.label).toBe(label)
    expect(grant.names).toBe(names)
  })

  it('looks at the side that asks', () => {
    expect(grantOf('user', 'commands', [all]).mark?.label).toBe('Not granted')
  })
})

it('collects what workspaces still have, with their names', () => {
  const extra = [{ side: 'bot', scope: 'files:read' }] as const
  const drift = { missing: [], extra: [...extra] }
  const found = extraScopes([{ ...all, drift }, { ...missing, drift }, unticked])
  expect(found).toEqual([{ side: 'bot', scope: 'files:read', names: ['Acme', 'Harbor'] }])
})

it('has one list where the flow has one', () => {
  const app = sampleSlackApp({ flow: 'openid', botScopes: [], userScopes: ['openid'] })
  expect(scopeLists(app).map(({ name }) => name)).toEqual(['Scopes'])
  expect(scopeLists(sampleSlackApp()).map(({ name }) => name)).toEqual(['Bot', 'User'])
})
