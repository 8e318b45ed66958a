import { describe, expect, it } from 'vitest'
import { SlackGarbage } from '../../../../main/slack/errors.ts'
import type { AppUpdate } from '../../../../main/slack/slack-api.ts'
import { VaultWriteFailed } from '../../../../main/vault/errors.ts'
import { installationOf } from '../../../../main/workspaces/grant.ts'
import { grantOf } from '../../../fakes/fake-slack-api.ts'
import { appInput } from '../workspaces-fixture.ts'
import { formOf, openManifests } from './manifests-fixture.ts'

/** What Slack has of Deploy Bot: a field that nobody here knows, and another order than ours. */
const AT_SLACK = {
  settings: { unknown_to_us: { deep: [1] }, token_rotation_enabled: false },
  features: { bot_user: { display_name: 'Deploy Bot', always_online: false } },
  display_information: { name: 'Deploy Bot' },
  oauth_config: {
    redirect_urls: ['https://localhost:17871/callback'],
    scopes: { bot: ['chat:write'] },
  },
}

async function start() {
  const desk = await openManifests()
  const slackAppId = await desk.slackApps.add(appInput())
  await desk.slackApps.learnAppId(slackAppId, 'A0OLD')
  const there = {
    manifest: structuredClone(AT_SLACK) as Record<string, unknown>,
    sent: [] as string[],
  }
  const answer = { next: { kind: 'updated', permissionsUpdated: true } as AppUpdate }
  desk.slack.exportManifest = async (_endpoints, _token, appId) => {
    there.sent.push(`export ${appId}`)
    return structuredClone(there.manifest)
  }
  desk.slack.validateManifest = async (_endpoints, _token, _json, appId) => {
    there.sent.push(`validate ${appId}`)
    return []
  }
  desk.slack.updateApp = async (_endpoints, _token, appId, json) => {
    there.sent.push(`update ${appId} ${json}`)
    return answer.next
  }
  const compare = (text: string) => desk.manifests.compare(slackAppId, text)
  const update = (text: string, comparisonId: string) =>
    desk.manifests.update(slackAppId, text, comparisonId)
  return { ...desk, slackAppId, there, answer, compare, update }
}

const edited = (change: object) => JSON.stringify({ ...AT_SLACK, ...change })
const WITH_USER_SCOPE = edited({
  oauth_config: {
    ...AT_SLACK.oauth_config,
    scopes: {
      bot: ['chat:write', 'commands'],
      user: ['search:read'],
      user_optional: ['search:read'],
    },
  },
})

describe('comparing with Slack', () => {
  it('shows as removed what only Slack’s has', async () => {
    const { manifests, slackAppId, compare } = await start()
    const comparison = await compare(manifests.ofApp(slackAppId).json)
    const removed = comparison.lines.filter(({ sign }) => sign === 'removed')
    expect(removed.map(({ text }) => text).join('\n')).toContain('unknown_to_us')
    expect(comparison.removedCount).toBe(removed.length)
  })

  it('finds nothing to change in what Slack gave', async () => {
    const { manifests, slackAppId, compare } = await start()
    const view = await manifests.export(slackAppId)
    expect(view.problems).toEqual([])
    expect(JSON.parse(view.json)).toEqual(AT_SLACK)
    expect(Object.keys(JSON.parse(view.json))).toEqual(Object.keys(AT_SLACK))
    // It is kept: looking again asks nobody.
    expect(manifests.ofApp(slackAppId).json).toBe(view.json)
    expect(await compare(view.yaml)).toMatchObject({ addedCount: 0, removedCount: 0 })
  })

  it.each([
    {
      name: 'turned on',
      text: edited({
        oauth_config: { pkce_enabled: true },
        settings: { token_rotation_enabled: true },
      }),
      there: {},
      on: true,
    },
    {
      name: 'on already',
      text: edited({
        oauth_config: { pkce_enabled: true },
        settings: { token_rotation_enabled: true },
      }),
      there: { oauth_config: { pkce_enabled: true }, settings: { token_rotation_enabled: true } },
      on: false,
    },
    { name: 'off', text: edited({}), there: {}, on: false },
  ])('says what cannot be undone when it is $name', async ({ text, there: change, on }) => {
    const { there, compare } = await start()
    Object.assign(there.manifest, change)
    expect(await compare(text)).toMatchObject({ turnsOnPkce: on, turnsOnRotation: on })
  })

  it('needs a text that can be read, and an app whose ID is known', async () => {
    const { manifests, slackApps, compare } = await start()
    await expect(compare('{\n')).rejects.toMatchObject({
      code: 'MANIFEST_INVALID',
      message: 'Line 2 cannot be read as JSON',
    })
    const unknown = await slackApps.add(appInput({ clientId: '1.2' }))
    await expect(manifests.compare(unknown, edited({}))).rejects.toMatchObject({
      code: 'SLACK_APP_NOT_FOUND',
      message: 'Slack’s ID of this app is not known yet',
    })
    await expect(manifests.export(unknown)).rejects.toMatchObject({ code: 'SLACK_APP_NOT_FOUND' })
    await expect(manifests.compare('gone', edited({}))).rejects.toMatchObject({
      code: 'SLACK_APP_NOT_FOUND',
    })
  })

  it('takes nothing that is nested without end for a manifest', async () => {
    const { there, manifests, slackAppId } = await start()
    there.manifest = JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`)
    await expect(manifests.export(slackAppId)).rejects.toBeInstanceOf(SlackGarbage)
  })

  it('takes nothing that fills more lines than anybody reads for a manifest', async () => {
    const desk = await start()
    const lists = Array.from({ length: 9000 }, () => [[[[[]]]]])
    desk.there.manifest = { ...AT_SLACK, lists }
    await expect(desk.manifests.export(desk.slackAppId)).rejects.toBeInstanceOf(SlackGarbage)
    await expect(desk.compare(WITH_USER_SCOPE)).rejects.toBeInstanceOf(SlackGarbage)
  })
})

describe('updating', () => {
  it('sends what was compared, and the entry follows', async () => {
    const desk = await start()
    const { slackAppId, slackApps, installations, manifests, there, clock } = desk
    await installations.store(installationOf(grantOf({}), slackApps.get(slackAppId), clock.now()))
    const before = slackApps.get(slackAppId)
    const { id } = await desk.compare(WITH_USER_SCOPE)
    expect(await desk.update(WITH_USER_SCOPE, id)).toEqual({
      kind: 'updated',
      permissionsUpdated: true,
      workspaceCount: 1,
    })
    expect(there.sent.slice(1)).toEqual([
      'export A0OLD',
      'validate A0OLD',
      `update A0OLD ${WITH_USER_SCOPE}`,
    ])
    expect(there.sent.at(-1)).toContain('unknown_to_us')
    expect(slackApps.get(slackAppId)).toEqual({
      ...before,
      botScopes: ['chat:write', 'commands'],
      userScopes: ['search:read'],
      optionalScopes: ['search:read'],
    })
    expect(slackApps.secret(slackAppId, 'clientSecret')?.expose()).toBe('placeholder-client-secret')
    expect(desk.told).toEqual(['slackApps', 'installations'])
    expect(JSON.parse(manifests.ofApp(slackAppId).json)).toEqual(JSON.parse(WITH_USER_SCOPE))
    // What was added is missing in the workspace that was authorized before.
    expect(installations.views()[0]?.drift).toEqual({
      missing: [{ side: 'bot', scope: 'commands' }],
      extra: [],
    })
  })

  it('may be spelled in the other way than when it was compared', async () => {
    const { manifests, compare, update } = await start()
    const { json, yaml } = manifests.read(WITH_USER_SCOPE)
    const { id } = await compare(json)
    expect(await update(yaml, id)).toMatchObject({ kind: 'updated' })
  })

  it('moves the way back when the manifest drops the old one', async () => {
    const { slackApps, slackAppId, compare, update } = await start()
    const text = edited({
      oauth_config: { ...AT_SLACK.oauth_config, redirect_urls: ['https://example.org/slack'] },
    })
    await update(text, (await compare(text)).id)
    expect(slackApps.get(slackAppId)).toMatchObject({
      strategy: 'paste',
      redirectUrl: 'https://example.org/slack',
    })
  })

  it.each([
    {
      flow: 'v2-user',
      userScopes: ['search:read'],
      after: { botScopes: [], userScopes: ['search:read'] },
    },
    { flow: 'v1', userScopes: ['bot'], after: { botScopes: [], userScopes: ['bot'] } },
    { flow: 'openid', userScopes: ['openid'], after: { botScopes: [], userScopes: ['openid'] } },
  ] as const)('leaves a $flow entry the scopes that its flow takes', async (row) => {
    const { slackApps, slackAppId, compare, update } = await start()
    const { flow, userScopes, after } = row
    await slackApps.update(
      slackAppId,
      appInput({ flow, botScopes: [], userScopes: [...userScopes] }),
    )
    await update(WITH_USER_SCOPE, (await compare(WITH_USER_SCOPE)).id)
    expect(slackApps.get(slackAppId)).toMatchObject(after)
  })

  it('sends nothing when Slack’s has changed since', async () => {
    const { there, compare, update } = await start()
    const { id } = await compare(WITH_USER_SCOPE)
    there.manifest.settings = { token_rotation_enabled: true }
    await expect(update(WITH_USER_SCOPE, id)).rejects.toMatchObject({
      code: 'MANIFEST_CHANGED_AT_SLACK',
      message: 'The manifest was changed at Slack',
      advice: expect.stringContaining('Compare again'),
    })
    expect(there.sent.join()).not.toContain('update')
    const again = await compare(WITH_USER_SCOPE)
    expect(await update(WITH_USER_SCOPE, again.id)).toMatchObject({ kind: 'updated' })
  })

  it('takes another order of the same fields for no change', async () => {
    const { there, compare, update } = await start()
    const { id } = await compare(WITH_USER_SCOPE)
    there.manifest = Object.fromEntries(Object.entries(there.manifest).reverse())
    expect(await update(WITH_USER_SCOPE, id)).toMatchObject({ kind: 'updated' })
  })

  it('sends nothing that was not compared', async () => {
    const { manifests, slackApps, there, compare, update } = await start()
    const { id } = await compare(edited({}))
    const gone = {
      code: 'MANIFEST_CHANGED_AT_SLACK',
      message: 'This manifest was not compared with Slack’s',
    }
    await expect(update(WITH_USER_SCOPE, id)).rejects.toMatchObject(gone)
    await expect(update(edited({}), 'never')).rejects.toMatchObject(gone)
    const other = await slackApps.add(appInput({ clientId: '1.2' }))
    await slackApps.learnAppId(other, 'A0OTHER')
    await expect(manifests.update(other, edited({}), id)).rejects.toMatchObject(gone)
    manifests.forget()
    await expect(update(edited({}), id)).rejects.toMatchObject(gone)
    expect(there.sent).toEqual(['export A0OLD'])
  })

  it('uses a comparison once', async () => {
    const { compare, update } = await start()
    const { id } = await compare(WITH_USER_SCOPE)
    await update(WITH_USER_SCOPE, id)
    await expect(update(WITH_USER_SCOPE, id)).rejects.toMatchObject({
      code: 'MANIFEST_CHANGED_AT_SLACK',
    })
  })

  it.each([
    { name: 'what cannot be read', text: 'a: [' },
    { name: 'what our rules call a problem', text: '{"display_information":{"name":""}}' },
  ])('sends nothing for $name', async ({ text }) => {
    const { there, compare, update } = await start()
    const readable = text.startsWith('{') ? text : '{}'
    const { id } = await compare(readable)
    expect(await update(text, id)).toMatchObject({
      kind: 'refused',
      problems: [{ severity: 'problem', line: 1 }],
    })
    expect(there.sent).toEqual(['export A0OLD'])
  })

  it.each(['validation', 'update'] as const)(
    'changes nothing here when Slack refuses at %s',
    async (at) => {
      const { slack, slackApps, slackAppId, answer, compare, update } = await start()
      const before = slackApps.get(slackAppId)
      const errors = [{ message: 'PKCE cannot be turned off', pointer: '/oauth_config' }]
      if (at === 'validation') slack.validateManifest = async () => errors
      else answer.next = { kind: 'refused', errors }
      const { id } = await compare(WITH_USER_SCOPE)
      expect(await update(WITH_USER_SCOPE, id)).toMatchObject({
        kind: 'refused',
        problems: [{ message: 'PKCE cannot be turned off', line: 1 }],
      })
      expect(slackApps.get(slackAppId)).toEqual(before)
    },
  )

  it('says that Slack has it when the vault does not take it', async () => {
    const { vault, compare, update } = await start()
    const { id } = await compare(WITH_USER_SCOPE)
    vault.save = async () => {
      throw new VaultWriteFailed()
    }
    await expect(update(WITH_USER_SCOPE, id)).rejects.toMatchObject({
      code: 'VAULT_WRITE_FAILED',
      message: 'Slack has the new manifest, but it could not be kept here',
    })
  })
})

describe('what is kept', () => {
  it('goes with its app', async () => {
    const { manifests, slackApps, slackAppId, vault } = await start()
    await manifests.export(slackAppId)
    await slackApps.remove(slackAppId)
    expect(vault.records('manifest')).toHaveLength(1)
    const next = await slackApps.add(appInput())
    await slackApps.learnAppId(next, 'A0OLD')
    await manifests.export(next)
    expect(vault.records('manifest')).toMatchObject([
      { meta: { slackAppId: next, origin: 'exported' } },
    ])
  })

  it('is Slack’s own for an app, else what is known of it', async () => {
    const { manifests, slackApps, slackAppId } = await start()
    const known = JSON.parse(manifests.ofApp(slackAppId).json)
    expect(known).toEqual(JSON.parse(manifests.draft(formOf({ description: '' })).json))
    expect(() => manifests.ofApp('gone')).toThrow(
      expect.objectContaining({ code: 'SLACK_APP_NOT_FOUND' }),
    )
    const pkce = appInput({
      strategy: 'pkce',
      botScopes: [],
      userScopes: ['search:read'],
      clientId: '3.4',
    })
    const view = manifests.ofApp(await slackApps.add(pkce))
    expect(JSON.parse(view.json).oauth_config.pkce_enabled).toBe(true)
    // It is so already.
    expect(view.turnsOnPkce).toBe(false)
  })
})
