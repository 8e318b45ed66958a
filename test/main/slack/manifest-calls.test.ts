import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createSlackApi, type SlackApi } from '../../../main/slack/slack-api.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { sample } from './sample-secrets.ts'
import { json, raw, refusalOf, type SlackServer, startSlackServer } from './slack-server.ts'

const clock = createFakeClock()
const token = Secret.of(sample.rotatingUser())
const manifest = JSON.stringify({ display_information: { name: 'Deploy Bot' } })
const APP_ID = 'A0123456789'

let server: SlackServer
let api: SlackApi

beforeEach(async () => {
  server = await startSlackServer()
  api = createSlackApi({ fetch, clock, log: silentLog, repeatAfterMs: 1 })
})
afterEach(() => server.close())

const invalid = {
  ok: false,
  error: 'invalid_manifest',
  errors: [
    { message: 'Interactivity requires a Request URL', pointer: '/settings/interactivity' },
    { message: 'Something else' },
  ],
}
const shown = [
  { message: 'Interactivity requires a Request URL', pointer: '/settings/interactivity' },
  { message: 'Something else', pointer: null },
]

describe('validateManifest', () => {
  const validate = (appId: string | null = null) =>
    api.validateManifest(server.endpoints, token, manifest, appId)

  it.each([{ ok: true, errors: [] }, { ok: true }, { ok: true, warnings: [{ message: 'x' }] }])(
    'has nothing against what Slack accepts (%j)',
    async (answer) => {
      server.answer(json(answer))
      expect(await validate()).toEqual([])
    },
  )

  it.each([
    [null, { manifest }],
    [APP_ID, { manifest, app_id: APP_ID }],
  ])('sends the manifest with the token as bearer, for the app %s', async (appId, form) => {
    server.answer(json({ ok: true, errors: [] }))
    await validate(appId)
    expect(server.asked).toEqual([
      {
        method: 'POST',
        path: '/api/apps.manifest.validate',
        authorization: `Bearer ${token.expose()}`,
        form,
      },
    ])
  })

  it('lists what Slack has against it', async () => {
    server.answer(json(invalid))
    expect(await validate()).toEqual(shown)
  })

  it.each([
    [undefined, 'Slack does not say what is wrong'],
    [[], 'Slack does not say what is wrong'],
    ['bad', 'Slack does not say what is wrong'],
    [[7], 'Slack does not say what is wrong'],
    [[{ pointer: '/a' }], 'Slack does not say what is wrong'],
    [['In a text'], 'In a text'],
    [[{ message: 'Two\nlines\u0007' }], 'Two lines'],
  ])('never takes a refusal for a yes: %j', async (errors, message) => {
    server.answer(json({ ...invalid, errors }))
    expect(await validate()).toMatchObject([{ message }])
  })

  it('shortens what is long, and how much there is', async () => {
    const errors = Array.from({ length: 150 }, () => ({
      message: 'many words '.repeat(99),
      pointer: '/a'.repeat(999),
    }))
    server.answer(json({ ...invalid, errors }))
    const read = await validate()
    expect(read).toHaveLength(100)
    expect(read[0]?.message).toHaveLength(300)
    expect(read[0]?.pointer).toHaveLength(200)
  })

  it.each(['message', 'pointer'])('shows no secret that comes back in the %s', async (field) => {
    const secrets = [token.expose(), sample.bot(), sample.clientSecret(), sample.webhook()]
    const odd = Secret.of('tok en of no shape')
    for (const secret of [...secrets, odd.expose()]) {
      const message = `${'long '.repeat(58)}see ${secret} here`
      server.answer(json({ ...invalid, errors: [{ [field]: message }] }))
      const using = secret === odd.expose() ? odd : token
      const read = await api.validateManifest(server.endpoints, using, manifest, null)
      // Not even its beginning, where the text is cut.
      expect(JSON.stringify(read)).not.toContain(secret.slice(0, 12))
    }
  })

  it('is asked again while Slack is in trouble', async () => {
    let count = 0
    server.answer((response, request) => {
      count += 1
      const reply = count < 3 ? raw(503, '') : json({ ok: true, errors: [] })
      reply(response, request)
    })
    expect(await validate()).toEqual([])
    expect(server.asked).toHaveLength(3)
  })
})

describe('createApp', () => {
  const create = () => api.createApp(server.endpoints, token, manifest)
  const credentials = {
    client_id: '1234567890.0987654321',
    client_secret: sample.clientSecret(),
    verification_token: 'aB3dE6gH9jK2mN5pQ8sT1vW4',
    signing_secret: sample.clientSecret(),
  }
  const nothing = {
    clientId: null,
    clientSecret: null,
    verificationToken: null,
    signingSecret: null,
    authorizeUrl: null,
  }

  it('keeps all that Slack tells', async () => {
    const authorizeUrl = 'https://slack.com/oauth/v2/authorize?client_id=1.2'
    const answer = { ok: true, app_id: APP_ID, credentials, oauth_authorize_url: authorizeUrl }
    server.answer(json(answer))
    const created = await create()
    expect(server.asked).toMatchObject([{ path: '/api/apps.manifest.create', form: { manifest } }])
    if (created.kind !== 'created') throw new TypeError('it was refused')
    const { clientSecret, verificationToken, signingSecret } = created.app
    expect(created.app).toMatchObject({
      appId: APP_ID,
      clientId: credentials.client_id,
      authorizeUrl,
    })
    expect([clientSecret, verificationToken, signingSecret].map((one) => one?.expose())).toEqual([
      credentials.client_secret,
      credentials.verification_token,
      credentials.signing_secret,
    ])
  })

  it.each<[string, object, object]>([
    ['nothing but the ID', {}, {}],
    ['no credentials', { credentials: null }, {}],
    ['credentials in a text', { credentials: 'none' }, {}],
    [
      'a number for a secret',
      { credentials: { ...credentials, client_secret: 7 } },
      { clientId: credentials.client_id },
    ],
    [
      'a number for the address',
      { oauth_authorize_url: 7, credentials: { client_id: '1.2' } },
      { clientId: '1.2' },
    ],
  ])('keeps a half-made app: %s', async (_case, rest, kept) => {
    server.answer(json({ ok: true, app_id: APP_ID, ...rest }))
    expect(await create()).toMatchObject({
      kind: 'created',
      app: { appId: APP_ID, clientSecret: null, authorizeUrl: null, ...kept },
    })
  })

  it('knows nothing more of an app than Slack tells', async () => {
    server.answer(json({ ok: true, app_id: APP_ID }))
    expect(await create()).toEqual({ kind: 'created', app: { appId: APP_ID, ...nothing } })
  })

  it('hands on what Slack has against the manifest', async () => {
    server.answer(json(invalid))
    expect(await create()).toEqual({ kind: 'refused', errors: shown })
  })

  it.each(['failed_creating_app', 'ratelimited', 'token_expired', 'invalid_app'])(
    'throws at %s',
    async (error) => {
      server.answer(json({ ok: false, error }))
      expect(await refusalOf(create())).toMatchObject({ slackCode: error })
    },
  )

  it.each([{ ok: true }, { ok: true, app_id: '' }, { ok: true, app_id: 7, credentials }])(
    'takes an answer without an app for garbage (%#)',
    async (answer) => {
      server.answer(json(answer))
      const failure = await refusalOf(create())
      expect(failure).toMatchObject({ code: 'SLACK_GARBAGE' })
      expect(inspect(failure, { depth: 9 })).not.toContain(credentials.client_secret)
    },
  )
})

describe('updateApp', () => {
  const update = () => api.updateApp(server.endpoints, token, APP_ID, manifest)

  it.each([
    [{ permissions_updated: true }, true],
    [{ permissions_updated: false }, false],
    [{}, false],
  ])('says whether workspaces have to reinstall: %j', async (rest, permissionsUpdated) => {
    server.answer(json({ ok: true, app_id: APP_ID, ...rest }))
    expect(await update()).toEqual({ kind: 'updated', permissionsUpdated })
    expect(server.asked).toMatchObject([
      { path: '/api/apps.manifest.update', form: { manifest, app_id: APP_ID } },
    ])
  })

  it('hands on what Slack has against the manifest', async () => {
    server.answer(json(invalid))
    expect(await update()).toEqual({ kind: 'refused', errors: shown })
  })
})

describe('exportManifest', () => {
  it('gives the manifest whole', async () => {
    const all = {
      display_information: { name: 'Deploy Bot', brand_new: [null, 1, { a: [] }] },
      nobody_knows: { this: { field: true } },
    }
    server.answer(json({ ok: true, manifest: all }))
    expect(await api.exportManifest(server.endpoints, token, APP_ID)).toEqual(all)
    expect(server.asked).toMatchObject([
      { path: '/api/apps.manifest.export', form: { app_id: APP_ID } },
    ])
  })

  it.each([{}, { manifest: null }, { manifest: '{}' }, { manifest: [] }])(
    'takes %j for garbage',
    async (rest) => {
      server.answer(json({ ok: true, ...rest }))
      const call = api.exportManifest(server.endpoints, token, APP_ID)
      expect(await refusalOf(call)).toMatchObject({ code: 'SLACK_GARBAGE' })
    },
  )
})

describe('rotateConfigurationToken', () => {
  const sent = Secret.of(sample.refresh())
  const rotate = () => api.rotateConfigurationToken(server.endpoints, sent)
  const fresh = { token: sample.rotatingUser(), refresh_token: sample.refresh() }
  const answer = { ok: true, ...fresh, team_id: 'T1', user_id: 'U1', iat: 1, exp: 1_633_138_860 }

  it('gives both new tokens, and when the first ends', async () => {
    server.answer(json(answer))
    const got = await rotate()
    expect(got).toMatchObject({ teamId: 'T1', userId: 'U1', expiresAtMs: 1_633_138_860_000 })
    expect([got.token.expose(), got.refreshToken.expose()]).toEqual(Object.values(fresh))
    expect(server.asked).toEqual([
      {
        method: 'POST',
        path: '/api/tooling.tokens.rotate',
        authorization: undefined,
        form: { refresh_token: sent.expose() },
      },
    ])
  })

  it.each([undefined, null, 'soon', -1, 9e15])('loses no token to the time %j', async (exp) => {
    server.answer(json({ ...answer, exp, team_id: 7, user_id: null }))
    const got = await rotate()
    expect(got).toMatchObject({ teamId: null, userId: null })
    expect(got.expiresAtMs).toBe(clock.now() + 12 * 3600 * 1000)
  })

  it.each([{ token: undefined }, { refresh_token: '' }, { token: 7 }])(
    'takes an answer without both tokens for garbage (%j)',
    async (rest) => {
      server.answer(json({ ...answer, ...rest }))
      expect(await refusalOf(rotate())).toMatchObject({ code: 'SLACK_GARBAGE' })
    },
  )

  it('says what to do when the pair is used up', async () => {
    server.answer(json({ ok: false, error: 'invalid_refresh_token' }))
    expect(await refusalOf(rotate())).toMatchObject({
      slackCode: 'invalid_refresh_token',
      message: 'The configuration token could not be renewed',
    })
  })
})
