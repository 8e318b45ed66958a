import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { WorkspacesView } from '../../../../renderer/views/workspaces/workspaces-view.tsx'
import { fail } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleAuthorization, sampleSnapshot } from '../../sample-snapshot.ts'

function open(over: Partial<AuthorizationView> = {}) {
  return renderView(<WorkspacesView />, {
    snapshot: sampleSnapshot(6, { authorizations: [sampleAuthorization(over)] }),
    start: { authorizationId: 'auth-1', isDetailOpen: true },
  })
}

describe('waiting, by flow and way back', () => {
  it.each<[string, Partial<AuthorizationView>, string[], string[]]>([
    ['a trusted certificate', { isCertificateTrusted: true }, ['Click Allow'], ['certificate']],
    [
      'a relay',
      { strategy: 'relay', port: 17874, redirectUrl: 'https://relay.example.com/slack' },
      ['listening on port 17874'],
      ['certificate'],
    ],
    [
      'a relay without its port',
      { strategy: 'relay', port: null },
      ['17874, which the relay forwards to, is in use', 'Copy the address'],
      ['17871'],
    ],
    [
      'Sign in with Slack',
      { flow: 'openid' },
      ['Sign in to the workspace', 'gets to know about you', 'Who signed in appears here'],
      ['Pick the workspace', 'lists what'],
    ],
    ['a sign-in again', { flow: 'openid', wantedName: 'Acme' }, ['Sign in to Acme'], []],
    ['a classic app', { flow: 'v1' }, ['Pick the workspace'], ['Sign in to']],
  ])('%s', async (_what, over, said, unsaid) => {
    const { container } = await open(over)
    for (const words of said) expect(container.textContent).toContain(words)
    for (const words of unsaid) expect(container.textContent).not.toContain(words)
  })

  it('offers to paste the address where that is what helps', async () => {
    const { failure } = fail('OAUTH_CERTIFICATE_FAILED', { remedy: 'paste-address' })
    const { user, api, place } = await open({ state: { kind: 'failed', failure } })
    await user.click(screen.getByRole('button', { name: 'Paste the address instead' }))
    expect(api.callsTo('workspaces/authorize-by-paste')).toEqual([['app-deploy', null]])
    expect(api.callsTo('authorizations/put-away')).toEqual([['auth-1']])
    expect(place().authorizationId).toBe('auth-1')
  })

  it('leads to where the certificate is trusted, while it waits on', async () => {
    const { user, place, api } = await open()
    await user.click(screen.getByRole('button', { name: 'Trust it once instead' }))
    expect(place()).toMatchObject({
      screen: 'settings',
      settingsSection: 'certificate',
      isDetailOpen: true,
    })
    expect(api.callsTo('authorizations/cancel')).toEqual([])
  })
})
