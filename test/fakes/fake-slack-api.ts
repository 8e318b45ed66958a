import { Secret } from '../../main/platform/secret.ts'
import type {
  CodeExchange,
  OAuthGrant,
  RefreshedToken,
  SlackApi,
  TokenExchange,
  TokenInfo,
  TokenRefresh,
  Uninstall,
} from '../../main/slack/slack-api.ts'

/** A Slack for faults and for rows of a table: it answers what it is told to, and remembers the calls. */
export interface FakeSlackApi extends SlackApi {
  readonly exchanges: CodeExchange[]
  /** Tokens that were revoked, in order. */
  readonly revoked: string[]
  /** What the next calls answer; an Error is thrown. */
  grant: OAuthGrant | Error
  /** By token; `fallback` for all others. */
  readonly infos: Map<string, TokenInfo | Error>
  revokeAnswer: { revoked: boolean } | Error
  /** What refreshes were sent, and exchanges of long-lived tokens, in order. */
  readonly refreshes: (TokenRefresh | TokenExchange)[]
  /** What they get. A new pair each time unless told. */
  refreshed: (sent: TokenRefresh | TokenExchange) => RefreshedToken | Promise<RefreshedToken>
  /** What apps.uninstall was sent, in order. */
  readonly uninstalls: Uninstall[]
  /** By token; it works for all others. */
  readonly uninstallAnswers: Map<string, Error>
}

export function createFakeSlackApi(): FakeSlackApi {
  return {
    exchanges: [],
    revoked: [],
    grant: grantOf({}),
    infos: new Map(),
    revokeAnswer: { revoked: true },
    uninstalls: [],
    uninstallAnswers: new Map(),
    refreshes: [],
    refreshed: () => refreshedOf({}),
    async refreshToken(_endpoints, sent) {
      this.refreshes.push(sent)
      return this.refreshed(sent)
    },
    async exchangeToken(_endpoints, sent) {
      this.refreshes.push(sent)
      return this.refreshed(sent)
    },
    async exchangeCode(_endpoints, exchange) {
      this.exchanges.push(exchange)
      return answer(this.grant)
    },
    async testToken(_endpoints, token) {
      return answer(this.infos.get(token.expose()) ?? tokenInfoOf({}))
    },
    async revokeToken(_endpoints, token) {
      this.revoked.push(token.expose())
      return answer(this.revokeAnswer)
    },
    async teamInfo() {
      return null
    },
    async listTeams() {
      return []
    },
    async uninstall(_endpoints, what) {
      this.uninstalls.push(what)
      answer(this.uninstallAnswers.get(what.token.expose()))
    },
    async validateManifest() {
      return []
    },
    async createApp() {
      return { kind: 'refused', errors: [] }
    },
    async updateApp() {
      return { kind: 'refused', errors: [] }
    },
    async exportManifest() {
      return {}
    },
    async rotateConfigurationToken(_endpoints, refreshToken) {
      const token = Secret.of('configuration-1')
      return { token, refreshToken, teamId: 'T111', userId: 'U111', expiresAtMs: 0 }
    },
  }
}

function answer<T>(told: T | Error): T {
  if (told instanceof Error) throw told
  return told
}

/** A grant of one bot token in Northwind Test; `change` says what is different. */
export function grantOf(change: Partial<OAuthGrant>): OAuthGrant {
  return {
    appId: 'A111',
    team: { id: 'T111', name: 'Northwind Test' },
    enterprise: null,
    isEnterpriseInstall: false,
    botUserId: 'U0BOT',
    authedUserId: 'U111',
    bot: {
      token: Secret.of('bot-1'),
      scopes: ['chat:write'],
      expiresAtMs: null,
      refreshToken: null,
    },
    user: null,
    webhook: null,
    isClassic: false,
    signIn: null,
    ...change,
  }
}

/** A new pair; `change` says what is different. */
export function refreshedOf(change: Partial<RefreshedToken>): RefreshedToken {
  return {
    token: Secret.of('bot-2'),
    refreshToken: Secret.of('refresh-2'),
    expiresAtMs: 0,
    scopes: ['chat:write'],
    kind: null,
    appId: null,
    teamId: null,
    enterpriseId: null,
    userId: null,
    ...change,
  }
}

/** What auth.test says of a working bot token in Northwind Test. */
export function tokenInfoOf(change: Partial<TokenInfo>): TokenInfo {
  return {
    teamId: 'T111',
    teamName: 'Northwind Test',
    teamDomain: 'northwind-test.slack.com',
    userId: 'U0BOT',
    userName: 'deploybot',
    botId: 'B111',
    appId: 'A111',
    appName: 'Deploy Bot',
    enterpriseId: null,
    isEnterpriseInstall: false,
    expiresAtMs: null,
    scopes: ['chat:write', 'commands'],
    isBot: true,
    ...change,
  }
}
