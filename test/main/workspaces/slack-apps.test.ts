import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SlackAppInput } from '../../../main/contract/inputs.ts'
import { RecordDamaged } from '../../../main/vault/errors.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { createSlackApps } from '../../../main/workspaces/slack-apps.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

describe('Slack apps', () => {
  it('shows what was added, the secret masked, and seals it on disk', async () => {
    const { slackApps, directory } = await openWorkspaces()
    await slackApps.add(appInput({ userScopes: [' search:read ', 'search:read', ''] }))
    expect(slackApps.views()).toMatchObject([
      {
        name: 'Deploy Bot',
        clientSecretMasked: '…cret',
        userScopes: ['search:read'],
        redirectUrls: [
          'https://localhost:17871/callback',
          'https://localhost:17872/callback',
          'https://localhost:17873/callback',
        ],
      },
    ])
    const onDisk = readFileSync(join(directory, 'vault.json'), 'utf8')
    expect(onDisk).toContain('Deploy Bot')
    expect(onDisk).not.toContain('placeholder-client-secret')
  })

  const refused: { name: string; change: Partial<SlackAppInput>; field: string }[] = [
    { name: 'no name', change: { name: '  ' }, field: 'name' },
    { name: 'an app ID for a client ID', change: { clientId: 'A07QX2M4D' }, field: 'clientId' },
    { name: 'no client ID', change: { clientId: '' }, field: 'clientId' },
    { name: 'scopes of blanks', change: { botScopes: [' '] }, field: 'botScopes' },
    { name: 'no scope', change: { botScopes: [] }, field: 'botScopes' },
    { name: 'no secret', change: { clientSecret: ' ' }, field: 'clientSecret' },
    { name: 'no secret kept yet', change: { clientSecret: null }, field: 'clientSecret' },
    { name: 'bot scopes with PKCE', change: { strategy: 'pkce' }, field: 'botScopes' },
    {
      name: 'a plain http base URL',
      change: { environment: { kind: 'custom', baseUrl: 'http://slack.example' } },
      field: 'baseUrl',
    },
    {
      name: 'a plain http redirect URL',
      change: { strategy: 'paste', redirectUrl: 'http://example.org/back' },
      field: 'redirectUrl',
    },
    { name: 'no redirect URL', change: { strategy: 'paste' }, field: 'redirectUrl' },
    {
      name: 'a redirect URL with a fragment',
      change: { strategy: 'paste', redirectUrl: 'https://example.org/#x' },
      field: 'redirectUrl',
    },
  ]
  it.each(refused)('refuses $name beside its field', async ({ change, field }) => {
    const { slackApps } = await openWorkspaces()
    await expect(slackApps.add(appInput(change))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      field,
    })
    expect(slackApps.views()).toEqual([])
  })

  it('keeps the stored secret when an update brings none', async () => {
    const { slackApps } = await openWorkspaces()
    const id = await slackApps.add(appInput())
    await slackApps.update(id, appInput({ name: 'Other name', clientSecret: null }))
    expect(slackApps.get(id).name).toBe('Other name')
    expect(slackApps.secret(id, 'clientSecret')?.expose()).toBe('placeholder-client-secret')
  })

  it('drops the secret when the app becomes a PKCE app', async () => {
    const { slackApps } = await openWorkspaces()
    const id = await slackApps.add(appInput())
    const pkce = { strategy: 'pkce' as const, botScopes: [], userScopes: ['search:read'] }
    await slackApps.update(id, appInput(pkce))
    expect(slackApps.secret(id, 'clientSecret')).toBeNull()
    expect(slackApps.views()[0]?.redirectUrls[0]).toBe('http://localhost:17871/callback')
  })

  it('seals signing secret and verification token, keeps them for null, removes them for nothing', async () => {
    const { slackApps, directory } = await openWorkspaces()
    const typed = { signingSecret: ' the-signing-key-1 ', verificationToken: 'the-verifier-22' }
    const id = await slackApps.add(appInput(typed))
    const onDisk = readFileSync(join(directory, 'vault.json'), 'utf8')
    expect(onDisk).not.toContain('the-signing-key-1')
    expect(onDisk).not.toContain('the-verifier-22')
    const shown = () => slackApps.views()[0]
    expect(shown()).toMatchObject({
      signingSecretMasked: '…ey-1',
      verificationTokenMasked: '…r-22',
    })
    await slackApps.update(id, appInput())
    expect(slackApps.secret(id, 'signingSecret')?.expose()).toBe('the-signing-key-1')
    await slackApps.update(id, appInput({ signingSecret: '', verificationToken: ' ' }))
    expect(shown()).toMatchObject({ signingSecretMasked: null, verificationTokenMasked: null })
  })

  it('drops the app’s own secrets when it moves to another Slack without new ones', async () => {
    const { slackApps } = await openWorkspaces()
    const typed = { signingSecret: 'the-signing-key-1', verificationToken: 'the-verifier-22' }
    const id = await slackApps.add(appInput(typed))
    await slackApps.learnAppId(id, 'A111')
    const environment = { kind: 'govslack' } as const
    await slackApps.update(id, appInput({ environment, verificationToken: 'the-verifier-33' }))
    expect(slackApps.secret(id, 'signingSecret')).toBeNull()
    expect(slackApps.secret(id, 'verificationToken')?.expose()).toBe('the-verifier-33')
    expect(slackApps.get(id).appId).toBeNull()
  })

  it('keeps the signing secret of an app that becomes a PKCE app', async () => {
    const { slackApps } = await openWorkspaces()
    const id = await slackApps.add(appInput({ signingSecret: 'the-signing-key-1' }))
    const pkce = { strategy: 'pkce' as const, botScopes: [], userScopes: ['search:read'] }
    await slackApps.update(id, appInput(pkce))
    expect(slackApps.secret(id, 'clientSecret')).toBeNull()
    expect(slackApps.secret(id, 'signingSecret')?.expose()).toBe('the-signing-key-1')
  })

  it('shows a relay’s own URL as the one to register', async () => {
    const { slackApps } = await openWorkspaces()
    const redirectUrl = 'https://relay.example.com/slack'
    await slackApps.add(appInput({ strategy: 'relay', redirectUrl }))
    expect(slackApps.views()[0]).toMatchObject({ strategy: 'relay', redirectUrls: [redirectUrl] })
  })

  it('forgets Slack’s app ID when the client ID changes', async () => {
    const { slackApps } = await openWorkspaces()
    const id = await slackApps.add(appInput())
    await slackApps.learnAppId(id, 'A111')
    expect(slackApps.get(id).appId).toBe('A111')
    await slackApps.update(id, appInput({ clientId: '1.2' }))
    expect(slackApps.get(id).appId).toBeNull()
  })

  it('keeps an app that workspaces use, and removes it afterwards', async () => {
    const { slackApps, installations, clock } = await openWorkspaces()
    const id = await slackApps.add(appInput())
    const stored = installationOf(grantOf({}), slackApps.get(id), clock.now())
    const installationId = await installations.store(stored)
    await expect(slackApps.remove(id)).rejects.toMatchObject({ code: 'SLACK_APP_IN_USE' })
    await installations.remove(installationId)
    await slackApps.remove(id)
    expect(slackApps.views()).toEqual([])
    expect(() => slackApps.get(id)).toThrow(
      expect.objectContaining({ code: 'SLACK_APP_NOT_FOUND' }),
    )
  })

  it.each([
    { name: 'another Slack', environment: { kind: 'govslack' } as const },
    {
      name: 'another host',
      environment: { kind: 'custom', baseUrl: 'https://s.example' } as const,
    },
  ])(
    'asks for the secret again for $name: it was entered for this one',
    async ({ environment }) => {
      const { slackApps } = await openWorkspaces()
      const id = await slackApps.add(appInput())
      const moved = slackApps.update(id, appInput({ environment, clientSecret: null }))
      await expect(moved).rejects.toMatchObject({ code: 'INPUT_INVALID', field: 'clientSecret' })
      expect(slackApps.get(id).environment).toEqual({ kind: 'slack' })
      await slackApps.update(id, appInput({ environment, clientSecret: 'another-client-secret' }))
      expect(slackApps.secret(id, 'clientSecret')?.expose()).toBe('another-client-secret')
    },
  )

  it('shows an app whose secret is damaged, and takes a new one', async () => {
    const desk = await openWorkspaces()
    const id = await desk.slackApps.add(appInput())
    const broken = new Set<string>([id])
    const damaged = {
      ...desk.vault,
      isUnlocked: true,
      protection: 'keyring' as const,
      records: (kind: string) => desk.vault.records(kind),
      record: (recordId: string) => desk.vault.record(recordId),
      save: (change: Parameters<typeof desk.vault.save>[0]) => {
        broken.clear()
        return desk.vault.save(change)
      },
      secret: (recordId: string, field: string) => {
        if (broken.has(recordId)) throw new RecordDamaged()
        return desk.vault.secret(recordId, field)
      },
    }
    const slackApps = createSlackApps({
      vault: () => damaged,
      clock: desk.clock,
      workspacesOf: () => [],
      onChange() {},
    })
    expect(slackApps.views()).toMatchObject([{ id, clientSecretMasked: '…' }])
    await slackApps.update(id, appInput({ clientSecret: 'another-client-secret' }))
    expect(slackApps.secret(id, 'clientSecret')?.expose()).toBe('another-client-secret')
  })
})
