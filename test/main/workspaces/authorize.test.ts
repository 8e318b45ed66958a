import type { Server } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SlackAppInput } from '../../../main/contract/inputs.ts'
import { createAuthorizations } from '../../../main/oauth/authorizations.ts'
import { openCertificate } from '../../../main/oauth/certificate.ts'
import { BrowserFailed } from '../../../main/platform/errors.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { slackRefused } from '../../../main/slack/advice.ts'
import { SlackNoAnswer } from '../../../main/slack/errors.ts'
import type { OAuthGrant } from '../../../main/slack/slack-api.ts'
import { createKeyringProtector } from '../../../main/vault/keyring-protector.ts'
import { createAuthorizeService } from '../../../main/workspaces/authorize.ts'
import { createCertificateStore } from '../../../main/workspaces/certificate-store.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import {
  type Answered,
  ask,
  closed,
  createCollectingLog,
  freePorts,
  occupy,
} from '../oauth/support.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const TEN_MINUTES = 10 * 60 * 1000
const CODE = ['4210987654321', 'code', 'a'.repeat(40)].join('.')
const PKCE: Partial<SlackAppInput> = {
  strategy: 'pkce',
  clientSecret: null,
  botScopes: [],
  userScopes: ['search:read'],
}
const ACME = { team: { id: 'T222', name: 'Acme' } }

/**
 * The service on the real authorizations with real sockets, on ports of its own. The browser is the
 * test: it keeps the addresses that were opened and follows redirects by `comeBack`.
 */
async function start() {
  const desk = await openWorkspaces()
  const ports = await freePorts(3)
  const log = createCollectingLog()
  const opened: string[] = []
  const stored: string[] = []
  const onOpen = { run: async (_url: string) => {} }
  const browser = {
    async open(url: string) {
      opened.push(url)
      await onOpen.run(url)
    },
  }
  const certificate = openCertificate({
    store: createCertificateStore(() => desk.vault),
    clock: desk.clock,
  })
  const authorizations = createAuthorizations({ ...desk, browser, certificate, log, ports })
  onTestFinished(() => authorizations.close())
  const authorize = createAuthorizeService({
    ...desk,
    authorizations,
    log,
    prepare: async () => {},
    onChange() {},
    onStored: (id) => stored.push(id),
  })
  /** Where Slack sends the browser: to the redirect URL in the link, with the state from the link. */
  const redirectOf = (link: string, query: Record<string, string>) => {
    const asked = new URL(link).searchParams
    const address = new URL(asked.get('redirect_uri') ?? '')
    address.search = String(new URLSearchParams({ ...query, state: asked.get('state') ?? '' }))
    return address
  }
  /** The browser follows the redirect; answers the last page. */
  async function comeBack(link: string, query: Record<string, string> = { code: CODE }) {
    const address = redirectOf(link, query)
    const ca = address.protocol === 'https:' ? { ca: (await certificate()).certPem } : {}
    const port = Number(address.port)
    const first = await ask({ port, path: address.pathname + address.search, ...ca })
    if (first.location === null) return first
    expect(first.status).toBe(303)
    return ask({ port, path: first.location, ...ca })
  }
  const add = (change: Partial<SlackAppInput> = {}) => desk.slackApps.add(appInput(change))
  const state = (id: string) => authorize.views().find((view) => view.id === id)?.state
  return {
    ...desk,
    ports,
    log,
    opened,
    stored,
    onOpen,
    authorizations,
    authorize,
    comeBack,
    redirectOf,
    add,
    state,
  }
}

type Desk = Awaited<ReturnType<typeof start>>

/** Northwind is here already and wanted back; what Slack answers next is `grant`. */
async function wantNorthwind(desk: Desk, grant: Partial<OAuthGrant> = ACME) {
  const app = await desk.add()
  const first = await desk.authorize.begin(app, null)
  await desk.comeBack(desk.authorize.link(first))
  const [installation] = desk.installations.all()
  if (!installation) throw new Error('Northwind was not stored')
  desk.authorize.putAway(first)
  const bot = { token: Secret.of('bot-2'), scopes: [], expiresAtMs: null, refreshToken: null }
  desk.slack.grant = grantOf({ bot, ...grant })
  const id = await desk.authorize.begin(app, installation.id)
  return { app, id, installationId: installation.id, link: desk.authorize.link(id) }
}

/** Lets what a timer or a socket started run to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

const said = ({ body }: Answered) => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

/** A promise that the test settles. */
function gate() {
  let open: () => void = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open: () => open() }
}

describe('authorizing', () => {
  it.each([
    { name: 'https', change: {}, secret: 'placeholder-client-secret', verifies: false },
    { name: 'http with PKCE', change: PKCE, secret: undefined, verifies: true },
  ])('stores the workspace: $name', async ({ change, secret, verifies }) => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(change), null)
    expect(desk.state(id)).toEqual({ kind: 'waiting' })
    expect(desk.opened).toEqual([desk.authorize.link(id)])
    const page = await desk.comeBack(desk.authorize.link(id))
    expect(said(page)).toContain('Auth complete')
    const [installation] = desk.installations.all()
    expect(desk.state(id)).toEqual({ kind: 'done', installationId: installation?.id })
    expect(desk.stored).toEqual([installation?.id])
    const [exchange] = desk.slack.exchanges
    expect(exchange?.code.expose()).toBe(CODE)
    expect(exchange?.clientSecret?.expose()).toBe(secret)
    expect(exchange?.codeVerifier !== null).toBe(verifies)
    expect(exchange?.redirectUri).toBe(desk.authorize.views()[0]?.redirectUrl)
    expect(desk.slackApps.all()[0]?.appId).toBe('A111')
  })

  it.each<{ name: string; change: Partial<SlackAppInput>; page: string; scopes: object }>([
    {
      name: 'v2',
      change: { userScopes: ['search:read'] },
      page: '/oauth/v2/authorize',
      scopes: { scope: 'chat:write', user_scope: 'search:read' },
    },
    {
      name: 'v2-user',
      change: { flow: 'v2-user', botScopes: [], userScopes: ['search:read'] },
      page: '/oauth/v2_user/authorize',
      scopes: { scope: 'search:read' },
    },
    {
      name: 'v1',
      change: { flow: 'v1', botScopes: [], userScopes: ['bot', 'users:read'] },
      page: '/oauth/authorize',
      scopes: { scope: 'bot,users:read' },
    },
    {
      name: 'openid',
      change: { flow: 'openid', botScopes: [], userScopes: ['openid', 'email'] },
      page: '/openid/connect/authorize',
      scopes: { scope: 'openid email', nonce: expect.any(String) },
    },
  ])('asks and exchanges by its flow: $name', async ({ change, page, scopes }) => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(change), null)
    const link = desk.authorize.link(id)
    expect(new URL(link).pathname).toBe(page)
    const asked = Object.fromEntries(new URL(link).searchParams)
    expect(asked).toMatchObject(scopes)
    await desk.comeBack(link)
    const [exchange] = desk.slack.exchanges
    expect(exchange?.flow).toBe(change.flow ?? 'v2')
    expect(exchange?.nonce?.expose()).toBe(asked.nonce)
    expect(exchange?.clientSecret?.expose()).toBe('placeholder-client-secret')
    expect(desk.state(id)).toMatchObject({ kind: 'done' })
  })

  it('waits for a custom host’s answers at a path of their own', async () => {
    const desk = await start()
    const environment = { kind: 'custom', baseUrl: 'https://slack.example' } as const
    const id = await desk.authorize.begin(await desk.add({ environment }), null)
    const back = new URL(desk.authorize.views()[0]?.redirectUrl ?? '')
    expect(back.pathname).toBe('/callback-slack.example')
    expect(said(await desk.comeBack(desk.authorize.link(id)))).toContain('Auth complete')
    expect(desk.slack.exchanges[0]?.redirectUri).toBe(back.href)
  })

  it('lets no code, state or token into the log or the view', async () => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(), null)
    const link = desk.authorize.link(id)
    await desk.comeBack(link)
    const state = new URL(link).searchParams.get('state') ?? 'none'
    for (const secret of [CODE, state, 'bot-1', 'placeholder-client-secret']) {
      expect(desk.log.text()).not.toContain(secret)
      expect(JSON.stringify(desk.authorize.views())).not.toContain(secret)
    }
  })

  it('exchanges once, whatever the browser repeats', async () => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(), null)
    const link = desk.authorize.link(id)
    const pages = await Promise.all([desk.comeBack(link), desk.comeBack(link)])
    pages.push(await desk.comeBack(link))
    expect(pages.map(said).every((text) => text.includes('Auth complete'))).toBe(true)
    expect(desk.slack.exchanges).toHaveLength(1)
  })

  it('takes an answer that comes before begin has returned', async () => {
    const desk = await start()
    let coming: Promise<Answered> | null = null
    desk.onOpen.run = async (url) => {
      coming = desk.comeBack(url)
      await settled()
    }
    const id = await desk.authorize.begin(await desk.add(), null)
    expect(said(await (coming ?? Promise.reject(new Error('not opened'))))).toContain('complete')
    expect(desk.state(id)).toMatchObject({ kind: 'done' })
  })

  it('keeps two that wait at once apart', async () => {
    const desk = await start()
    const app = await desk.add()
    const [one, two] = await Promise.all([
      desk.authorize.begin(app, null),
      desk.authorize.begin(app, null),
    ])
    const ports = desk.authorize.views().map((view) => view.port)
    expect(new Set(ports).size).toBe(1)
    desk.slack.grant = grantOf(ACME)
    await desk.comeBack(desk.authorize.link(two))
    expect([desk.state(one)?.kind, desk.state(two)?.kind]).toEqual(['waiting', 'done'])
    desk.slack.grant = grantOf({})
    await desk.comeBack(desk.authorize.link(one))
    expect(
      desk.installations
        .all()
        .map((each) => each.teamName)
        .sort(),
    ).toEqual(['Acme', 'Northwind Test'])
  })

  it('waits over http and https at once, on different ports', async () => {
    const desk = await start()
    const https = await desk.authorize.begin(await desk.add(), null)
    const http = await desk.authorize.begin(await desk.add({ ...PKCE, clientId: '9.9' }), null)
    expect(desk.authorize.views().map((view) => view.port)).toEqual(desk.ports.slice(0, 2))
    await desk.comeBack(desk.authorize.link(http))
    await desk.comeBack(desk.authorize.link(https))
    expect([desk.state(https)?.kind, desk.state(http)?.kind]).toEqual(['done', 'done'])
  })

  it('opens the browser again, and gives the link when none opened', async () => {
    const desk = await start()
    desk.onOpen.run = () => Promise.reject(new BrowserFailed())
    const id = await desk.authorize.begin(await desk.add(), null)
    await expect(desk.authorize.openAgain(id)).rejects.toMatchObject({
      code: 'OAUTH_BROWSER_FAILED',
    })
    expect(said(await desk.comeBack(desk.authorize.link(id)))).toContain('Auth complete')
  })
})

describe('an authorization that fails', () => {
  it.each([
    {
      thrown: slackRefused('bad_client_secret', { during: 'exchange' }),
      code: 'SLACK_REFUSED',
      page: 'client secret',
    },
    { thrown: new SlackNoAnswer(), code: 'SLACK_NO_ANSWER', page: 'Slack did not answer' },
    { thrown: new Error('a defect'), code: 'UNEXPECTED', page: 'Something went wrong' },
  ])('is shown once here and in the browser: $code', async ({ thrown, code, page }) => {
    const desk = await start()
    desk.slack.grant = thrown
    const id = await desk.authorize.begin(await desk.add(), null)
    const answered = said(await desk.comeBack(desk.authorize.link(id)))
    expect(answered).toContain('Not authorized')
    expect(answered).toContain(page)
    expect(desk.authorize.views()).toHaveLength(1)
    expect(desk.state(id)).toMatchObject({
      kind: 'failed',
      failure: { code, atMs: desk.clock.now() },
    })
    expect(desk.installations.all()).toEqual([])
    expect(desk.stored).toEqual([])
  })

  it('says that the user cancelled in the browser', async () => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(), null)
    const page = await desk.comeBack(desk.authorize.link(id), { error: 'access_denied' })
    expect(said(page)).toContain('cancelled')
    expect(desk.state(id)).toMatchObject({
      kind: 'failed',
      failure: { code: 'OAUTH_ACCESS_DENIED', slackCode: 'access_denied' },
    })
    expect(desk.slack.exchanges).toEqual([])
  })

  it('says that nothing came within ten minutes', async () => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(), null)
    desk.clock.advance(TEN_MINUTES)
    await settled()
    expect(desk.state(id)).toMatchObject({ kind: 'failed', failure: { code: 'OAUTH_EXPIRED' } })
  })

  it('is left alone by a wrong state', async () => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(), null)
    const link = desk.authorize.link(id).replace(/state=[^&]+/, 'state=made-up')
    expect(said(await desk.comeBack(link))).toContain('Nothing to do here')
    expect(desk.state(id)).toEqual({ kind: 'waiting' })
    expect(desk.slack.exchanges).toEqual([])
  })

  it('begins anew with the same app; the old one is put away and answers nothing any more', async () => {
    const desk = await start()
    const { id, link, installationId } = await wantNorthwind(desk, {})
    const next = await desk.authorize.tryAgain(id)
    expect(desk.authorize.views().map((view) => view.id)).toEqual([next])
    expect(desk.authorize.views()[0]?.wantedInstallationId).toBe(installationId)
    expect(said(await desk.comeBack(link))).toContain('Nothing to do here')
    await desk.comeBack(desk.authorize.link(next))
    expect(desk.state(next)).toEqual({ kind: 'done', installationId })
  })

  it.each(['cancel', 'putAway'] as const)('is over after %s', async (act) => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(), null)
    const other = await desk.authorize.begin(await desk.add({ name: 'Other' }), null)
    const link = desk.authorize.link(id)
    desk.authorize[act](id)
    expect(desk.authorize.views().map((view) => view.id)).toEqual([other])
    expect(said(await desk.comeBack(link))).toContain('Nothing to do here')
    expect(desk.slack.exchanges).toEqual([])
    expect(() => desk.authorize.link(id)).toThrow(
      expect.objectContaining({ code: 'OAUTH_STATE_UNKNOWN' }),
    )
  })
})

describe('another team than the wanted one', () => {
  it('is held, and the browser is told so', async () => {
    const desk = await start()
    const { id, link, installationId } = await wantNorthwind(desk)
    expect(said(await desk.comeBack(link))).toContain('another workspace than the one that was')
    expect(desk.state(id)).toMatchObject({
      kind: 'other-team',
      teamName: 'Acme',
      failure: { code: 'OAUTH_OTHER_TEAM' },
    })
    expect(desk.installations.all()).toHaveLength(1)
    expect(desk.installations.token(installationId, 'bot').expose()).toBe('bot-1')
    expect(desk.authorize.views()).toHaveLength(1)
  })

  it('becomes a workspace when kept', async () => {
    const desk = await start()
    const { id, link } = await wantNorthwind(desk)
    await desk.comeBack(link)
    const kept = await desk.authorize.keepOtherTeam(id)
    expect(desk.installations.get(kept).teamName).toBe('Acme')
    expect(desk.stored.at(-1)).toBe(kept)
    expect(desk.authorize.views()).toEqual([])
  })

  it.each(['refuseOtherTeam', 'tryAgain'] as const)('is revoked and gone after %s', async (act) => {
    const desk = await start()
    const { id, link } = await wantNorthwind(desk)
    await desk.comeBack(link)
    await desk.authorize[act](id)
    expect(desk.slack.revoked).toEqual(['bot-2'])
    const kinds = desk.authorize.views().map((view) => view.state.kind)
    expect(kinds).toEqual(act === 'tryAgain' ? ['waiting'] : [])
    expect(desk.installations.all()).toHaveLength(1)
  })

  it('is the wanted one again when that was removed meanwhile: nothing Slack gave is lost', async () => {
    const desk = await start()
    const { id, link, installationId } = await wantNorthwind(desk, {})
    await desk.installations.remove(installationId)
    await desk.comeBack(link)
    expect(desk.state(id)).toMatchObject({ kind: 'done' })
    expect(desk.installations.all()).toMatchObject([{ teamName: 'Northwind Test' }])
  })

  it('is held also when the wanted one was removed meanwhile', async () => {
    const desk = await start()
    const { id, link, installationId } = await wantNorthwind(desk)
    await desk.installations.remove(installationId)
    await desk.comeBack(link)
    expect(desk.state(id)).toMatchObject({ kind: 'other-team', teamName: 'Acme' })
    desk.authorize.putAway(id)
    expect(desk.authorize.views()).toMatchObject([{ id, wantedName: null }])
  })
})

describe('a locked vault', () => {
  it('does not spend the code, and says so here and in the browser', async () => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(), null)
    const link = desk.authorize.link(id)
    // The test's browser asks the vault for the certificate to trust: before the lock.
    const ca = (await createCertificateStore(() => desk.vault).load())?.certPem ?? ''
    const address = desk.redirectOf(link, { code: CODE })
    desk.vault.lock()
    const { location } = await ask({
      port: Number(address.port),
      path: address.pathname + address.search,
      ca,
    })
    expect(location).toContain('VAULT_LOCKED')
    expect(desk.slack.exchanges).toEqual([])
    await desk.vault.unlock(createKeyringProtector(desk.keyring))
    expect(desk.state(id)).toMatchObject({ kind: 'failed', failure: { code: 'VAULT_LOCKED' } })
  })

  it('does not keep a wait from ending', async () => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(), null)
    desk.vault.lock()
    desk.clock.advance(TEN_MINUTES)
    await settled()
    await desk.vault.unlock(createKeyringProtector(desk.keyring))
    expect(desk.state(id)).toMatchObject({ kind: 'failed', failure: { code: 'OAUTH_EXPIRED' } })
  })

  it('is waited for by an exchange under way, and a later code is not spent', async () => {
    const desk = await start()
    const slow = gate()
    const { exchangeCode } = desk.slack
    desk.slack.exchangeCode = async (...args) => {
      await slow.passed
      return exchangeCode.apply(desk.slack, args)
    }
    const later = await desk.authorize.begin(await desk.add(), null)
    const id = await desk.authorize.begin(await desk.add(), null)
    const coming = desk.comeBack(desk.authorize.link(id))
    await expect.poll(() => desk.state(id)?.kind).toBe('exchanging')
    let isSettled = false
    const settling = desk.authorize.holdExchanges(async () => {
      isSettled = true
    })
    await desk.comeBack(desk.authorize.link(later))
    expect(desk.state(later)).toMatchObject({ kind: 'failed', failure: { code: 'VAULT_LOCKED' } })
    expect(isSettled).toBe(false)
    slow.open()
    await settling
    expect(desk.installations.all()).toHaveLength(1)
    await coming
    expect(desk.slack.exchanges).toHaveLength(1)
  })
})

describe('a Slack app that is changed', () => {
  it.each([
    { name: 'its environment', change: { environment: { kind: 'govslack' } as const } },
    { name: 'its client ID', change: { clientId: '1.2' } },
    {
      name: 'its flow',
      change: { flow: 'v2-user' as const, botScopes: [], userScopes: ['search:read'] },
    },
  ])(
    'while it waits, in $name: neither the code nor the new secret is sent',
    async ({ change }) => {
      const desk = await start()
      const app = await desk.add()
      const id = await desk.authorize.begin(app, null)
      const link = desk.authorize.link(id)
      await desk.slackApps.update(app, appInput({ ...change, clientSecret: 'another-secret' }))
      await desk.comeBack(link)
      expect(desk.slack.exchanges).toEqual([])
      expect(desk.state(id)).toMatchObject({ failure: { code: 'SLACK_APP_CHANGED' } })
    },
  )
})

describe('a Slack app that goes away', () => {
  it('does not spend the code when it was removed before the answer', async () => {
    const desk = await start()
    const app = await desk.add()
    const id = await desk.authorize.begin(app, null)
    await desk.slackApps.remove(app)
    await desk.comeBack(desk.authorize.link(id))
    expect(desk.slack.exchanges).toEqual([])
    expect(desk.state(id)).toMatchObject({
      kind: 'failed',
      failure: { code: 'SLACK_APP_NOT_FOUND' },
    })
  })

  it('loses nothing when it is removed during the exchange', async () => {
    const desk = await start()
    const app = await desk.add()
    const { exchangeCode } = desk.slack
    desk.slack.exchangeCode = async (...args) => {
      await desk.slackApps.remove(app)
      return exchangeCode.apply(desk.slack, args)
    }
    const id = await desk.authorize.begin(app, null)
    expect(said(await desk.comeBack(desk.authorize.link(id)))).toContain('Auth complete')
    expect(desk.state(id)).toMatchObject({ kind: 'done' })
    expect(desk.installations.all()).toHaveLength(1)
  })
})

describe('pasting the address', () => {
  const redirectUrl = 'https://example.com/slack/done'

  it('works with any registered URL', async () => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add({ strategy: 'paste', redirectUrl }), null)
    expect(desk.authorize.views()).toMatchObject([{ port: null, redirectUrl }])
    const address = desk.redirectOf(desk.authorize.link(id), { code: CODE })
    await desk.authorize.usePastedAddress(id, Secret.of(address.href))
    expect(desk.state(id)).toMatchObject({ kind: 'done' })
    expect(desk.slack.exchanges[0]?.redirectUri).toBe(redirectUrl)
  })

  it('works while a listener waits, and the browser that comes later changes nothing', async () => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(), null)
    const link = desk.authorize.link(id)
    const address = desk.redirectOf(link, { code: CODE })
    await desk.authorize.usePastedAddress(id, Secret.of(address.href))
    expect(said(await desk.comeBack(link))).toContain('Auth complete')
    expect(desk.slack.exchanges).toHaveLength(1)
  })

  it.each([
    { name: 'another state', change: { state: 'x'.repeat(43) }, code: 'OAUTH_STATE_UNKNOWN' },
    { name: 'no code', change: { code: '' }, code: 'OAUTH_CALLBACK_INVALID' },
  ])('refuses $name and goes on waiting', async ({ change, code }) => {
    const desk = await start()
    const id = await desk.authorize.begin(await desk.add(), null)
    const address = desk.redirectOf(desk.authorize.link(id), { code: CODE })
    for (const [name, value] of Object.entries(change)) address.searchParams.set(name, value)
    await expect(
      desk.authorize.usePastedAddress(id, Secret.of(address.href)),
    ).rejects.toMatchObject({ code })
    expect(desk.state(id)).toEqual({ kind: 'waiting' })
  })

  it('is offered when every port is busy, and works then', async () => {
    const desk = await start()
    const servers: Server[] = []
    for (const port of desk.ports) servers.push(await occupy(port, '127.0.0.1'))
    const app = await desk.add()
    const busy = await desk.authorize.begin(app, null).catch((thrown: unknown) => thrown)
    expect(busy).toMatchObject({ code: 'OAUTH_PORTS_BUSY', remedy: 'paste-address' })
    for (const port of desk.ports)
      expect(busy).toHaveProperty('advice', expect.stringContaining(`${port}`))
    expect(desk.authorize.views()).toEqual([])
    const id = await desk.authorize.beginByPaste(app, null)
    expect(desk.authorize.views()).toMatchObject([{ port: null }])
    const address = desk.redirectOf(desk.authorize.link(id), { code: CODE })
    await desk.authorize.usePastedAddress(id, Secret.of(address.href))
    expect(desk.state(id)).toMatchObject({ kind: 'done' })
    await Promise.all(servers.map(closed))
  })
})
