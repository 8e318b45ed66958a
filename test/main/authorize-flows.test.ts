import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SlackAppInput } from '../../main/contract/inputs.ts'
import { redirectUrl } from '../../main/contract/redirect.ts'
import { type EnvironmentRef, type InstallationView, snapshot } from '../../main/contract/views.ts'
import {
  type PracticeRegistration,
  registerPracticeApp,
} from '../../main/practice/find-practice.ts'
import { ORGANIZATION } from '../../main/practice/world.ts'
import { ask } from './oauth/support.ts'
import {
  type App,
  type ConsentChoice,
  comeBack,
  consentTo,
  filesIn,
  openPlace,
  type Place,
  startApp,
} from './rooms-fixture.ts'
import { startTinySlack } from './tiny-slack.ts'

const STUDIO = 'T0PRACSTUDIO'
const LAB = 'T0PRACLAB'

interface Wanted {
  readonly input: Partial<SlackAppInput>
  readonly registration?: Partial<PracticeRegistration>
}

/** The real app beside a running practice Slack, used as a custom environment at its own address. */
async function start() {
  const place = await openPlace()
  const app = await startApp(place)
  await app.host.ensureRunning()
  const environment: EnvironmentRef = {
    kind: 'custom',
    baseUrl: `http://localhost:${place.practicePort}`,
  }
  /** Registers the app at the practice Slack and here; answers the entry's ID. */
  const add = async ({ input, registration = {} }: Wanted): Promise<string> => {
    const isPkce = input.strategy === 'pkce'
    const ports = place.redirectPorts
    const scopes = {
      botScopes: input.botScopes ?? [],
      userScopes: input.userScopes ?? [],
      optionalScopes: input.optionalScopes ?? [],
    }
    const registered = await registerPracticeApp(environment.baseUrl, fetch, {
      name: 'Deploy Bot',
      redirectUrls:
        input.redirectUrl == null
          ? ports.map((port) => redirectUrl(isPkce ? 'pkce' : 'https', port))
          : [input.redirectUrl],
      pkce: isPkce,
      tokenRotation: false,
      ...scopes,
      ...registration,
    })
    place.watch.secrets.add(registered.clientSecret?.expose() ?? 'no secret')
    const { slackAppId } = await app.handlers['slack-apps/add']({
      name: 'Deploy Bot',
      environment,
      clientId: registered.clientId,
      clientSecret: registered.clientSecret?.expose() ?? null,
      signingSecret: null,
      verificationToken: null,
      flow: 'v2',
      strategy: 'https',
      redirectUrl: null,
      ...scopes,
      ...input,
    })
    return slackAppId
  }
  return { place, app, environment, add }
}

/** From the click to the stored workspace. */
async function authorize(
  place: Place,
  app: App,
  slackAppId: string,
  choice: ConsentChoice = {},
  wanted: string | null = null,
) {
  const { authorizationId } = await app.handlers['workspaces/authorize'](slackAppId, wanted)
  const page = await comeBack(place, await consentTo(place, app.opened.at(-1) ?? '', choice))
  return { authorizationId, page }
}

/** Once the first check has ended. */
async function shown(app: App): Promise<InstallationView> {
  await expect.poll(() => app.sources.installations()[0]?.lastCheckedAtMs).toBeTypeOf('number')
  const [installation] = app.sources.installations()
  if (!installation) throw new Error('no workspace in the list')
  return installation
}

const kindsOf = ({ credentials }: InstallationView) => credentials.map(({ kind }) => kind)
const oneList = (flow: SlackAppInput['flow'], ...userScopes: string[]) => ({
  flow,
  botScopes: [],
  userScopes,
})

describe('every flow, at the practice Slack', () => {
  it.each<{ name: string; wanted: Wanted; kinds: string[] }>([
    { name: 'bot only', wanted: { input: { botScopes: ['chat:write'] } }, kinds: ['bot'] },
    { name: 'user only', wanted: { input: { userScopes: ['search:read'] } }, kinds: ['user'] },
    {
      name: 'both',
      wanted: { input: { botScopes: ['chat:write'], userScopes: ['search:read'] } },
      kinds: ['bot', 'user'],
    },
    {
      name: 'a webhook',
      wanted: { input: { botScopes: ['incoming-webhook', 'chat:write'] } },
      kinds: ['bot', 'webhook'],
    },
    { name: 'v2_user', wanted: { input: oneList('v2-user', 'search:read') }, kinds: ['user'] },
    {
      name: 'PKCE',
      wanted: { input: { ...oneList('v2', 'search:read'), strategy: 'pkce', clientSecret: null } },
      kinds: ['user'],
    },
    {
      name: 'v2_user by PKCE',
      wanted: {
        input: { ...oneList('v2-user', 'search:read'), strategy: 'pkce', clientSecret: null },
      },
      kinds: ['user'],
    },
    {
      name: 'classic',
      wanted: { input: oneList('v1', 'bot', 'users:read') },
      kinds: ['bot', 'user'],
    },
    {
      name: 'Sign in with Slack',
      wanted: { input: oneList('openid', 'openid', 'email', 'profile') },
      kinds: ['sign-in', 'id-token'],
    },
  ])('$name', async ({ wanted, kinds }) => {
    const { place, app, add, environment } = await start()
    const slackAppId = await add(wanted)
    const { page } = await authorize(place, app, slackAppId)
    expect(page).toContain('Auth complete')
    const [installation] = app.sources.installations()
    expect(installation && kindsOf(installation)).toEqual(kinds)
    expect(installation).toMatchObject({
      ...{ teamId: STUDIO, isOrgWide: false, drift: null, source: 'authorized' },
      environment: { ref: environment },
      history: [{ what: 'authorized' }],
    })
    // The page is sent what the contract has room for, and nothing besides.
    const sent = app.desk.snapshot()
    expect(snapshot.parse(sent)).toEqual(sent)
    await authorize(place, app, slackAppId)
    expect(app.sources.installations()).toMatchObject([
      { history: [{ what: 'authorized' }, { what: 'reinstalled', addedScopes: [] }] },
    ])
    await app.close()
    for (const secret of place.watch.secrets) {
      for (const { path, text } of filesIn(place.dataFolder)) {
        expect(text.includes(secret), path).toBe(false)
      }
      expect([...place.watch.page, ...place.watch.logged].join('\n').includes(secret)).toBe(false)
    }
  })

  it('marks classic tokens, and shows the channel of a webhook', async () => {
    const { place, app, add } = await start()
    await authorize(place, app, await add({ input: oneList('v1', 'bot', 'users:read') }))
    const classic = (await shown(app)).credentials
    expect(classic.map(({ isClassic }) => isClassic)).toEqual([true, true])
    const botScopes = ['incoming-webhook']
    await authorize(place, app, await add({ input: { botScopes } }), { team: LAB })
    const lab = app.sources.installations().find(({ teamId }) => teamId === LAB)
    const webhook = lab?.credentials.find(({ kind }) => kind === 'webhook')
    expect(webhook).toMatchObject({ channel: '#deploys', variable: 'SLACK_WEBHOOK_URL' })
  })

  it('shows who signed in', async () => {
    const { place, app, add } = await start()
    await authorize(
      place,
      app,
      await add({ input: oneList('openid', 'openid', 'email', 'profile') }),
    )
    expect(app.sources.installations()[0]?.credentials[0]).toMatchObject({
      ...{ kind: 'sign-in', userName: 'Robin Practice', userEmail: 'robin@practice.example' },
    })
  })

  it('gives 30 days to the refresh token of a PKCE app', async () => {
    const { place, app, add } = await start()
    const strategy = 'pkce' as const
    const input = { ...oneList('v2', 'search:read'), strategy, clientSecret: null }
    const before = Date.now()
    await authorize(place, app, await add({ input, registration: { tokenRotation: true } }))
    const [user] = (await shown(app)).credentials
    const days = ((user?.refreshExpiresAtMs ?? 0) - before) / (24 * 60 * 60 * 1000)
    expect(user?.rotates).toBe(true)
    expect(Math.round(days)).toBe(30)
    expect(app.sources.installations()[0]?.uninstallBlock).toBe('no-client-secret')
  })

  it('takes no unticked optional scope for a drift, and offers a new scope', async () => {
    const { place, app, add } = await start()
    const input = { botScopes: ['chat:write', 'files:read'], optionalScopes: ['files:read'] }
    const slackAppId = await add({ input })
    await authorize(place, app, slackAppId, { untick: ['files:read'] })
    const installation = await shown(app)
    expect(installation).toMatchObject({
      drift: null,
      credentials: [{ scopes: ['chat:write'] }],
    })
    const [entry] = app.sources.slackApps()
    if (!entry) throw new Error('no Slack app')
    const { clientId, flow, strategy } = entry
    await app.handlers['slack-apps/update'](slackAppId, {
      ...{ name: 'Deploy Bot', environment: entry.environment.ref, clientId, flow, strategy },
      ...{ clientSecret: null, signingSecret: null, verificationToken: null, redirectUrl: null },
      ...{ botScopes: ['chat:write', 'team:read'], userScopes: [], optionalScopes: [] },
    })
    expect(app.sources.installations()[0]?.drift).toEqual({
      missing: [{ side: 'bot', scope: 'team:read' }],
      extra: [],
    })
  })

  it('installs on a whole organization, and lists its workspaces', async () => {
    const { place, app, add } = await start()
    const input = { botScopes: ['chat:write'] }
    const slackAppId = await add({ input, registration: { orgDeploy: true } })
    await authorize(place, app, slackAppId, { team: ORGANIZATION.id })
    await expect.poll(() => app.sources.installations()[0]?.orgTeams.length).toBeGreaterThan(0)
    expect(app.sources.installations()).toMatchObject([
      {
        ...{ isOrgWide: true, teamId: null, enterpriseId: ORGANIZATION.id },
        name: ORGANIZATION.name,
      },
    ])
    const id = app.sources.installations()[0]?.id ?? ''
    await authorize(place, app, slackAppId, { team: ORGANIZATION.id }, id)
    expect(app.sources.installations().map((one) => one.id)).toEqual([id])
    const { authorizationId } = await authorize(place, app, slackAppId, { team: STUDIO }, id)
    expect(app.sources.authorizations().find((one) => one.id === authorizationId)).toMatchObject({
      state: { kind: 'other-team', teamName: 'Practice Studio' },
    })
    expect(app.sources.installations().map((one) => one.id)).toEqual([id])
  })
})

describe('a preselected workspace', () => {
  it.each<{ name: string; wanted: Wanted }>([
    { name: 'v2', wanted: { input: { botScopes: ['chat:write'] } } },
    { name: 'v2_user', wanted: { input: oneList('v2-user', 'search:read') } },
    { name: 'classic', wanted: { input: oneList('v1', 'users:read') } },
    { name: 'Sign in with Slack', wanted: { input: oneList('openid', 'openid', 'profile') } },
  ])('is compared with the one that came back: $name', async ({ wanted }) => {
    const { place, app, add } = await start()
    const slackAppId = await add(wanted)
    await authorize(place, app, slackAppId)
    const id = app.sources.installations()[0]?.id ?? ''
    const { authorizationId } = await authorize(place, app, slackAppId, { team: LAB }, id)
    expect(new URL(app.opened.at(-1) ?? '').searchParams.get('team')).toBe(STUDIO)
    expect(app.sources.installations()).toHaveLength(1)
    const held = () => app.sources.authorizations().find((one) => one.id === authorizationId)
    expect(held()).toMatchObject({ state: { kind: 'other-team', teamName: 'Practice Lab' } })
    await app.handlers['authorizations/keep-other-team'](authorizationId)
    expect(app.sources.installations().map(({ teamId }) => teamId)).toEqual([LAB, STUDIO])
  })
})

describe('a relay', () => {
  const redirectUrlOfRelay = 'https://relay.example.com/slack/oauth'
  const RELAYED = {
    botScopes: ['chat:write'],
    strategy: 'relay' as const,
    redirectUrl: redirectUrlOfRelay,
  }

  it('brings the browser to this computer by a redirect', async () => {
    const { place, app, add } = await start()
    await app.handlers['workspaces/authorize'](await add({ input: RELAYED }), null)
    const sentTo = await consentTo(place, app.opened.at(-1) ?? '')
    expect(sentTo.href.split('?')[0]).toBe(redirectUrlOfRelay)
    const relay = createServer((request, response) => {
      const { search } = new URL(request.url ?? '', 'http://relay')
      const Location = `http://localhost:${place.relayPort}/callback${search}`
      response.writeHead(302, { Location }).end()
    })
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void relay.close())
    const address = relay.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { location } = await ask({ port, path: sentTo.pathname + sentTo.search })
    expect(await comeBack(place, new URL(location ?? ''))).toContain('Auth complete')
    expect(await shown(app)).toMatchObject({ teamId: STUDIO })
  })

  it('passes the answer on through a tunnel, with its own host and no other', async () => {
    const { place, app, add } = await start()
    await app.handlers['workspaces/authorize'](await add({ input: RELAYED }), null)
    const { pathname, search } = await consentTo(place, app.opened.at(-1) ?? '')
    const tunnel = (Host: string) =>
      ask({ port: place.relayPort, path: pathname + search, headers: { Host } })
    expect((await tunnel('other.example.com')).location).toBeNull()
    expect(app.sources.installations()).toEqual([])
    expect((await tunnel('relay.example.com')).location).toContain('complete')
    expect(await shown(app)).toMatchObject({ teamId: STUDIO })
  })
})

describe('any server that speaks Slack’s OAuth v2', () => {
  it('is a custom environment like Slack itself', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const slack = await startTinySlack()
    const { slackAppId } = await app.handlers['slack-apps/add']({
      name: 'Deploy Bot',
      environment: { kind: 'custom', baseUrl: slack.url },
      clientId: '1.2',
      clientSecret: 'a placeholder secret',
      ...{ signingSecret: null, verificationToken: null, redirectUrl: null },
      ...{ flow: 'v2' as const, strategy: 'https' as const },
      ...{ botScopes: ['chat:write'], userScopes: ['search:read'], optionalScopes: [] },
    })
    await app.handlers['workspaces/authorize'](slackAppId, null)
    const sent = await fetch(app.opened.at(-1) ?? '', { redirect: 'manual' })
    const back = new URL(sent.headers.get('location') ?? '')
    expect(await comeBack(place, back)).toContain('Auth complete')
    const installation = await shown(app)
    expect(installation).toMatchObject({
      ...{ name: 'Tiny Team', teamId: 'T0TINY', appId: 'A0TINY', drift: null },
      environment: { label: new URL(slack.url).host },
    })
    expect(kindsOf(installation)).toEqual(['bot', 'user'])
    const ref = { of: 'credential', installationId: installation.id, credentialId: 'bot' } as const
    expect((await app.handlers['sharing/reveal'](ref)).value).toBe(slack.botToken)
    await app.handlers['workspaces/check'](installation.id)
    expect(slack.calls).toEqual(expect.arrayContaining(['oauth.v2.access', 'auth.test']))
  })
})
