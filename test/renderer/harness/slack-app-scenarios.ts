import type { Snapshot } from '../../../main/contract/views.ts'
import { ok } from '../fake-api.ts'
import { sampleComparison, sampleConfigurationToken } from '../sample-manifest.ts'
import { sampleInstallation, sampleSlackApp, sampleSnapshot } from '../sample-snapshot.ts'
import { type Scenario, scenario } from './scenario.ts'

const deploy = { screen: 'slack-apps', slackAppId: 'app-deploy', isDetailOpen: true } as const
const newApp = { screen: 'slack-apps', isAddingSlackApp: true, addingBy: 'manifest' } as const

/** With a configuration token for slack.com, and Deploy Bot as given. */
function apps(over: Parameters<typeof sampleSlackApp>[0] = {}): Snapshot {
  const base = sampleSnapshot(6, { configurationTokens: [sampleConfigurationToken()] })
  const [, ...others] = base.slackApps
  return { ...base, slackApps: [sampleSlackApp(over), ...others] }
}

/** Two workspaces that granted less and more than Deploy Bot asks for. */
function drifting(): Snapshot {
  const missing = [{ side: 'bot', scope: 'commands' }] as const
  const extra = [{ side: 'bot', scope: 'files:read' }] as const
  return {
    ...apps({ optionalScopes: ['users:read'] }),
    installations: [
      sampleInstallation({ drift: { missing: [...missing], extra: [...extra] } }),
      sampleInstallation({ id: 'inst-acme', name: 'Acme Sandbox' }),
    ],
  }
}

/** The pages of Slack apps, their manifests, and configuration tokens. */
export const SLACK_APP_SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  'edit-relay-sign-in': () =>
    scenario(
      apps({
        flow: 'openid',
        strategy: 'relay',
        redirectUrls: ['https://relay.example.com/slack'],
        botScopes: [],
        userScopes: ['openid', 'email'],
      }),
      { screen: 'slack-apps', slackAppId: 'app-deploy', isEditingSlackApp: true },
    ),
  'app-overview': () =>
    scenario(
      apps({
        verificationTokenMasked: '…9c1b',
        isUnfinished: true,
        strategy: 'relay',
        redirectUrls: ['https://relay.example.com/slack'],
      }),
      deploy,
    ),
  'app-long-name': () =>
    scenario(
      apps({
        name: 'Deploy Bot of the release engineering department, second generation',
        redirectUrls: ['https://relay.example.com/slack/oauth/callback/for/the/release/department'],
        strategy: 'relay',
      }),
      deploy,
    ),
  'app-scopes': () => scenario(drifting(), { ...deploy, slackAppSegment: 'scopes' }),
  'app-manifest': () => scenario(apps(), { ...deploy, slackAppSegment: 'manifest' }),
  'app-manifest-no-token': () =>
    scenario(sampleSnapshot(6), { ...deploy, slackAppSegment: 'manifest' }),
  'app-manifest-one-way': () =>
    scenario(
      apps(),
      { ...deploy, slackAppSegment: 'manifest' },
      { 'manifests/compare': ok(sampleComparison({ turnsOnPkce: true, turnsOnRotation: true })) },
    ),
  'app-manifest-same': () =>
    scenario(
      apps(),
      { ...deploy, slackAppSegment: 'manifest' },
      { 'manifests/compare': ok(sampleComparison({ lines: [], addedCount: 0, removedCount: 0 })) },
    ),
  'app-manifest-refused': () =>
    scenario(
      apps(),
      { ...deploy, slackAppSegment: 'manifest' },
      {
        'manifests/update': ok({
          kind: 'refused',
          problems: [
            {
              severity: 'problem',
              line: 11,
              message: 'invalid redirect URL',
              advice: 'Slack said: redirect_urls must be https.',
              replace: null,
            },
          ],
        }),
      },
    ),
  'configuration-tokens': () =>
    scenario(
      sampleSnapshot(6, {
        configurationTokens: [
          sampleConfigurationToken(),
          sampleConfigurationToken({
            id: 'config-2',
            teamName: null,
            teamId: null,
            userId: null,
            expiresAtMs: null,
            canRefresh: false,
            state: 'unchecked',
          }),
          sampleConfigurationToken({
            id: 'config-3',
            teamName: 'Acme Sandbox',
            state: 'revoked',
            canRefresh: false,
            slackCode: 'token_revoked',
          }),
        ],
      }),
      deploy,
    ),
  'new-app': () => scenario(apps(), newApp),
  'new-app-no-token': () => scenario(sampleSnapshot(6), newApp),
}
