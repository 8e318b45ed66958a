import { describe, expect, it } from 'vitest'
import type { CredentialKind, CredentialState } from '../../../main/contract/views.ts'
import { blankCredential } from '../../../main/workspaces/granted-credentials.ts'
import { uninstallBlock } from '../../../main/workspaces/uninstall-block.ts'

const with_ = (kind: CredentialKind, state: CredentialState) => ({
  credentials: [{ ...blankCredential(kind, kind), state }],
})
const APP = { hasClientSecret: true }

describe('uninstalling', () => {
  it.each([
    { name: 'a bot token', installation: with_('bot', 'working'), app: APP, block: null },
    { name: 'a user token', installation: with_('user', 'unchecked'), app: APP, block: null },
    { name: 'a suspended token', installation: with_('bot', 'suspended'), app: APP, block: null },
    {
      name: 'an imported token',
      installation: with_('bot', 'working'),
      app: null,
      block: 'no-slack-app',
    },
    {
      name: 'a PKCE app',
      installation: with_('user', 'working'),
      app: { hasClientSecret: false },
      block: 'no-client-secret',
    },
    {
      name: 'a revoked token',
      installation: with_('bot', 'revoked'),
      app: APP,
      block: 'no-token',
    },
    {
      name: 'an expired token',
      installation: with_('bot', 'expired'),
      app: APP,
      block: 'no-token',
    },
    {
      name: 'a webhook alone',
      installation: with_('webhook', 'unchecked'),
      app: APP,
      block: 'no-token',
    },
    {
      name: 'a sign-in alone',
      installation: with_('sign-in', 'working'),
      app: APP,
      block: 'no-token',
    },
  ])('with $name: $block', ({ installation, app, block }) => {
    expect(uninstallBlock(installation, app)).toBe(block)
  })
})
