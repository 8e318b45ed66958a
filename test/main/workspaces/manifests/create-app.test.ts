import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EnvironmentRef } from '../../../../main/contract/views.ts'
import { Secret } from '../../../../main/platform/secret.ts'
import { slackRefused } from '../../../../main/slack/advice.ts'
import { SlackGarbage, SlackNoAnswer } from '../../../../main/slack/errors.ts'
import type { AppCreation, CreatedApp } from '../../../../main/slack/slack-api.ts'
import { VaultWriteFailed } from '../../../../main/vault/errors.ts'
import { tokenInfoOf } from '../../../fakes/fake-slack-api.ts'
import { createdApp, formOf, openManifests, SLACK } from './manifests-fixture.ts'

async function start(answer: AppCreation | Error = { kind: 'created', app: createdApp() }) {
  const desk = await openManifests()
  const sent: string[] = []
  desk.slack.validateManifest = async (_endpoints, _token, json, appId) => {
    sent.push(`validate ${appId} ${json}`)
    return []
  }
  desk.slack.createApp = async (endpoints, token, json) => {
    sent.push(`create ${endpoints.host} ${token.expose()} ${json}`)
    if (answer instanceof Error) throw answer
    return answer
  }
  return { ...desk, sent }
}

const created = (change: Partial<CreatedApp>): AppCreation => ({
  kind: 'created',
  app: createdApp(change),
})

describe('creating an app', () => {
  it('validates, creates, and seals all that Slack told', async () => {
    const { manifests, slackApps, sent, told, directory, clock } = await start()
    const { json } = manifests.draft(formOf({ optionalScopes: ['chat:write'] }))
    const outcome = await manifests.create(SLACK, json)
    if (outcome.kind !== 'created') throw new Error('refused')
    const compact = JSON.stringify(JSON.parse(json))
    expect(sent).toEqual([
      `validate null ${compact}`,
      `create slack.com placeholder-configuration ${compact}`,
    ])
    const { slackAppId } = outcome
    expect(outcome.isUnfinished).toBe(false)
    expect(slackApps.get(slackAppId)).toEqual({
      id: slackAppId,
      name: 'Deploy Bot',
      environment: SLACK,
      clientId: '4210987654321.7788990011223',
      appId: 'A0NEW',
      flow: 'v2',
      strategy: 'https',
      redirectUrl: null,
      botScopes: ['chat:write'],
      userScopes: [],
      optionalScopes: ['chat:write'],
      isUnfinished: false,
      createdAtMs: clock.now(),
    })
    for (const [field, text] of [
      ['clientSecret', 'placeholder-client-secret'],
      ['signingSecret', 'placeholder-signing-secret'],
      ['verificationToken', 'placeholder-verification'],
    ] as const) {
      expect(slackApps.secret(slackAppId, field)?.expose()).toBe(text)
    }
    expect(told).toEqual(['slackApps', 'installations'])
    const file = readFileSync(join(directory, 'vault.json'), 'utf8')
    expect(file).not.toMatch(/placeholder-|Announces deploys/)
    // The manifest that Slack took is kept.
    expect(manifests.ofApp(slackAppId).json).toBe(json)
  })

  it('takes YAML as well', async () => {
    const { manifests, sent } = await start()
    const { json, yaml } = manifests.draft(formOf())
    await manifests.create(SLACK, yaml)
    expect(sent.at(-1)).toContain(JSON.stringify(JSON.parse(json)))
  })

  it.each([
    {
      name: 'a PKCE app',
      change: { strategy: 'pkce', botScopes: [], userScopes: ['search:read'] },
      entry: { strategy: 'pkce', flow: 'v2' },
    },
    {
      name: 'an app with an address of its own',
      change: { strategy: 'paste', redirectUrl: 'https://example.org/slack' },
      entry: { strategy: 'paste', redirectUrl: 'https://example.org/slack' },
    },
    {
      name: 'an app that signs people in',
      change: { botScopes: [], userScopes: ['openid', 'email'] },
      entry: { strategy: 'https', flow: 'openid' },
    },
  ] as const)('enters $name ready to authorize', async ({ change, entry }) => {
    const { manifests, slackApps } = await start()
    const form = formOf({ ...structuredClone(change) } as Partial<ReturnType<typeof formOf>>)
    const outcome = await manifests.create(SLACK, manifests.draft(form).json)
    expect(outcome).toMatchObject({ kind: 'created', isUnfinished: false })
    expect(slackApps.all()).toMatchObject([entry])
  })

  it.each([
    { name: 'a text that cannot be read', text: '{\n"a": 1,\n}', line: 3 },
    { name: 'what our rules call a problem', text: 'display_information:\n  name: ""', line: 2 },
  ])('sends nothing for $name', async ({ text, line }) => {
    const { manifests, sent, slackApps } = await start()
    const outcome = await manifests.create(SLACK, text)
    expect(outcome).toMatchObject({ kind: 'refused', problems: [{ severity: 'problem', line }] })
    expect([sent, slackApps.all()]).toEqual([[], []])
  })

  it('tells Slack’s own words with their line, and creates nothing', async () => {
    const { manifests, slack, sent, slackApps } = await start()
    slack.validateManifest = async () => [
      { message: 'Unknown scope', pointer: '/oauth_config/scopes/bot/0' },
      { message: 'Slack is in a mood', pointer: null },
    ]
    const { json } = manifests.draft(formOf())
    const outcome = await manifests.create(SLACK, json)
    const line = json.split('\n').findIndex((text) => text.includes('chat:write')) + 1
    expect(outcome).toEqual({
      kind: 'refused',
      problems: [
        {
          ...{ severity: 'problem', line, message: 'Unknown scope', replace: null },
          advice: 'Slack says this about /oauth_config/scopes/bot/0.',
        },
        {
          ...{ severity: 'problem', line: null, message: 'Slack is in a mood', replace: null },
          advice: 'Slack does not say where.',
        },
      ],
    })
    expect([sent, slackApps.all()]).toEqual([[], []])
  })

  it('tells what Slack finds only while it creates', async () => {
    const errors = [{ message: 'No', pointer: '/settings' }]
    const { manifests, slackApps } = await start({ kind: 'refused', errors })
    const outcome = await manifests.create(SLACK, manifests.draft(formOf()).json)
    expect(outcome).toMatchObject({ kind: 'refused', problems: [{ message: 'No' }] })
    expect(slackApps.all()).toEqual([])
  })

  it('needs a configuration token of that very Slack', async () => {
    const { manifests, sent } = await start()
    const gov: EnvironmentRef = { kind: 'govslack' }
    await expect(manifests.create(gov, manifests.draft(formOf()).json)).rejects.toMatchObject({
      code: 'CONFIGURATION_TOKEN_MISSING',
      message: 'No configuration token for GovSlack',
    })
    expect(sent).toEqual([])
  })

  it('refuses a base URL that is none', async () => {
    const { manifests } = await start()
    const custom: EnvironmentRef = { kind: 'custom', baseUrl: 'http://slack.example' }
    await expect(manifests.create(custom, manifests.draft(formOf()).json)).rejects.toMatchObject({
      field: 'baseUrl',
    })
  })

  it('sends nothing while the vault is locked', async () => {
    const { manifests, vault, sent } = await start()
    vault.lock()
    const creating = manifests.create(SLACK, manifests.draft(formOf()).json)
    await expect(creating).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(sent).toEqual([])
  })
})

describe('a half-created app', () => {
  it.each([
    { name: 'without a client secret', answer: created({ clientSecret: null }) },
    { name: 'without a client ID', answer: created({ clientId: null }) },
    { name: 'without a signing secret', answer: created({ signingSecret: null }) },
    { name: 'without a verification token', answer: created({ verificationToken: null }) },
    {
      name: 'with its ID alone',
      answer: created({
        clientId: null,
        clientSecret: null,
        signingSecret: null,
        verificationToken: null,
      }),
    },
  ])('$name is kept with what Slack told', async ({ answer }) => {
    const { manifests, slackApps } = await start(answer)
    const outcome = await manifests.create(SLACK, manifests.draft(formOf()).json)
    expect(outcome).toMatchObject({ kind: 'created', isUnfinished: true })
    if (answer.kind !== 'created') throw new Error('refused')
    const [app] = slackApps.all()
    expect(app).toMatchObject({
      appId: 'A0NEW',
      clientId: answer.app.clientId ?? '',
      isUnfinished: true,
    })
    for (const field of ['clientSecret', 'signingSecret', 'verificationToken'] as const) {
      const kept = slackApps.secret(app?.id ?? '', field)
      expect(kept?.expose()).toBe(answer.app[field]?.expose())
    }
    expect(slackApps.views()).toHaveLength(1)
  })

  it.each([
    { name: 'no scope', oauth: { redirect_urls: ['https://localhost:17871/callback'] } },
    {
      name: 'sign-in scopes among others',
      oauth: {
        redirect_urls: ['https://localhost:17871/callback'],
        scopes: { user: ['openid', 'search:read'] },
      },
    },
    { name: 'no redirect URL', oauth: { scopes: { user: ['search:read'] } } },
  ])('is one that our form would refuse: $name', async ({ oauth }) => {
    const { manifests, slackApps } = await start()
    const manifest = { display_information: { name: 'Odd' }, oauth_config: oauth }
    const outcome = await manifests.create(SLACK, JSON.stringify(manifest))
    expect(outcome).toMatchObject({ kind: 'created', isUnfinished: true })
    expect(slackApps.all()).toMatchObject([{ name: 'Odd', isUnfinished: true }])
  })

  it('that the vault cannot take is named, so that it can be found at Slack', async () => {
    const { manifests, slackApps, vault } = await start()
    const { json } = manifests.draft(formOf())
    const save = vault.save.bind(vault)
    vault.save = async () => {
      throw new VaultWriteFailed()
    }
    await expect(manifests.create(SLACK, json)).rejects.toMatchObject({
      code: 'VAULT_WRITE_FAILED',
      message: 'Slack created the app A0NEW, but it could not be kept here',
      advice: expect.stringContaining('on Slack’s page under Basic Information'),
    })
    vault.save = save
    expect(slackApps.all()).toEqual([])
  })

  it.each([new SlackNoAnswer(), new SlackGarbage()])(
    'may be there when the answer was lost (%s)',
    async (lost) => {
      const { manifests } = await start(lost)
      await expect(manifests.create(SLACK, manifests.draft(formOf()).json)).rejects.toMatchObject({
        code: lost.code,
        message: `${lost.message}, but the app may be there`,
        advice: 'Look at the list of apps on Slack’s page before you create it again.',
      })
    },
  )

  it('is never made twice: a refusal for the token alone goes to the next token', async () => {
    const { manifests, slack, configurationTokens, sent } = await start(new SlackNoAnswer())
    const token = Secret.of('placeholder-second')
    slack.testToken = async () => tokenInfoOf({ userId: 'U222' })
    await configurationTokens.add({ environment: SLACK, token, refreshToken: null })
    slack.validateManifest = async (_endpoints, sentToken) => {
      sent.push(`validate ${sentToken.expose()}`)
      if (sent.length === 1) throw slackRefused('token_revoked', { during: 'configuration' })
      return []
    }
    await expect(manifests.create(SLACK, manifests.draft(formOf()).json)).rejects.toMatchObject({
      code: 'SLACK_NO_ANSWER',
    })
    expect(sent.filter((line) => line.startsWith('create'))).toHaveLength(1)
  })
})
