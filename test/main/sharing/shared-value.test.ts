import { describe, expect, it } from 'vitest'
import type { SecretRef } from '../../../main/contract/views.ts'
import { appInput } from '../workspaces/workspaces-fixture.ts'
import { openSharing, type Sharing, TOKEN } from './sharing-fixture.ts'

describe('a shared value', () => {
  it.each<{ name: string; of: (desk: Sharing) => SecretRef; value: string; variable: string }>([
    { name: 'a bot token', of: (desk) => desk.ref, value: TOKEN, variable: 'SLACK_BOT_TOKEN' },
    {
      name: 'a client ID',
      of: ({ appId }) => ({ of: 'slack-app', slackAppId: appId, field: 'clientId' }),
      value: '4210987654321.7788990011223',
      variable: 'SLACK_CLIENT_ID',
    },
    {
      name: 'a client secret',
      of: ({ appId }) => ({ of: 'slack-app', slackAppId: appId, field: 'clientSecret' }),
      value: 'placeholder-client-secret',
      variable: 'SLACK_CLIENT_SECRET',
    },
    {
      name: 'a signing secret',
      of: ({ appId }) => ({ of: 'slack-app', slackAppId: appId, field: 'signingSecret' }),
      value: 'the-signing-key-1',
      variable: 'SLACK_SIGNING_SECRET',
    },
    {
      name: 'a verification token',
      of: ({ appId }) => ({ of: 'slack-app', slackAppId: appId, field: 'verificationToken' }),
      value: 'the-verifier-22',
      variable: 'SLACK_VERIFICATION_TOKEN',
    },
    {
      name: 'a configuration token',
      of: () => ({
        of: 'configuration-token',
        configurationTokenId: 'config-1',
        field: 'token',
      }),
      value: 'a configuration token',
      variable: 'SLACK_CONFIG_TOKEN',
    },
  ])('is found for $name, with its variable', async ({ of, value, variable }) => {
    const desk = await openSharing()
    const own = { signingSecret: 'the-signing-key-1', verificationToken: 'the-verifier-22' }
    await desk.slackApps.update(desk.appId, appInput(own))
    const found = desk.find(of(desk))
    expect(found.value.expose()).toBe(value)
    expect(found.variable).toBe(variable)
    expect([desk.installationId, desk.appId, 'config-1']).toContain(found.ownerId)
  })

  it.each<{ name: string; of: (desk: Sharing) => SecretRef; code: string }>([
    {
      name: 'an unknown workspace',
      of: () => ({ of: 'credential', installationId: 'x', credentialId: 'bot' }),
      code: 'WORKSPACE_NOT_FOUND',
    },
    {
      name: 'an unknown credential',
      of: ({ installationId }) => ({ of: 'credential', installationId, credentialId: 'user:U9' }),
      code: 'SECRET_NOT_FOUND',
    },
    {
      name: 'a refresh token, which is nobody’s to share',
      of: ({ installationId }) => ({
        of: 'credential',
        installationId,
        credentialId: 'bot#refresh',
      }),
      code: 'SECRET_NOT_FOUND',
    },
    {
      name: 'a signing secret that is not kept',
      of: ({ appId }) => ({ of: 'slack-app', slackAppId: appId, field: 'signingSecret' }),
      code: 'SECRET_NOT_FOUND',
    },
    {
      name: 'a configuration token without a refresh token',
      of: () => ({
        of: 'configuration-token',
        configurationTokenId: 'config-1',
        field: 'refreshToken',
      }),
      code: 'SECRET_NOT_FOUND',
    },
    {
      name: 'an unknown app',
      of: () => ({ of: 'slack-app', slackAppId: 'x', field: 'clientId' }),
      code: 'SLACK_APP_NOT_FOUND',
    },
    {
      name: 'a workspace that is named as an app',
      of: ({ installationId }) => ({
        of: 'slack-app',
        slackAppId: installationId,
        field: 'clientSecret',
      }),
      code: 'SLACK_APP_NOT_FOUND',
    },
  ])('says so for $name', async ({ of, code }) => {
    const desk = await openSharing()
    expect(() => desk.find(of(desk))).toThrow(expect.objectContaining({ code }))
  })

  it('says so for the secret of an app that has none', async () => {
    const desk = await openSharing()
    const { slackApps } = desk
    const pkce = { strategy: 'pkce' as const, botScopes: [], userScopes: ['users:read'] }
    await slackApps.update(desk.appId, appInput({ ...pkce, clientSecret: null }))
    const ref = { of: 'slack-app', slackAppId: desk.appId, field: 'clientSecret' } as const
    expect(() => desk.find(ref)).toThrow(expect.objectContaining({ code: 'SECRET_NOT_FOUND' }))
  })

  it('is out of reach while the vault is locked', async () => {
    const desk = await openSharing()
    desk.vault.lock()
    expect(() => desk.find(desk.ref)).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }))
  })
})
