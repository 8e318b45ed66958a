import type {
  ConfigurationTokenView,
  ManifestComparison,
  ManifestView,
} from '../../main/contract/views.ts'
import { SAMPLE_NOW_MS, SLACK } from './sample-snapshot.ts'

const HOUR = 3_600_000

const JSON_LINES = [
  '{',
  '  "display_information": {',
  '    "name": "Deploy Bot",',
  '    "description": "Announces deploys in a channel"',
  '  },',
  '  "features": {',
  '    "bot_user": { "display_name": "Deploy Bot" }',
  '  },',
  '  "oauth_config": {',
  '    "redirect_urls": [',
  '      "https://localhost:17871/callback",',
  '      "https://localhost:17872/callback",',
  '      "https://localhost:17873/callback"',
  '    ],',
  '    "scopes": {',
  '      "bot": ["chat:write", "commands", "files:wirte"]',
  '    }',
  '  },',
  '  "settings": { "token_rotation_enabled": true }',
  '}',
]

const YAML_LINES = [
  'display_information:',
  '  name: Deploy Bot',
  '  description: Announces deploys in a channel',
  'features:',
  '  bot_user:',
  '    display_name: Deploy Bot',
  'oauth_config:',
  '  redirect_urls:',
  '    - https://localhost:17871/callback',
  '    - https://localhost:17872/callback',
  '    - https://localhost:17873/callback',
  '  scopes:',
  '    bot:',
  '      - chat:write',
  '      - commands',
  '      - files:wirte',
  'settings:',
  '  token_rotation_enabled: true',
]

/** Deploy Bot's, with one scope misspelt and nothing said about it yet. */
export function sampleManifest(over: Partial<ManifestView> = {}): ManifestView {
  return {
    json: JSON_LINES.join('\n'),
    yaml: YAML_LINES.join('\n'),
    problems: [],
    turnsOnPkce: false,
    turnsOnRotation: false,
    ...over,
  }
}

/** The misspelt scope is all that is wrong with a text. */
export function readSample(text: string): ManifestView {
  const line = text.split('\n').findIndex((one) => one.includes('files:wirte')) + 1
  const unknown = {
    severity: 'warning',
    line,
    message: 'unknown scope files:wirte',
    advice: 'Did you mean files:write? You can keep it, but Slack may refuse it.',
    replace: { from: 'files:wirte', to: 'files:write' },
  } as const
  return sampleManifest({ problems: line === 0 ? [] : [unknown] })
}

export function sampleComparison(over: Partial<ManifestComparison> = {}): ManifestComparison {
  return {
    id: 'comparison-1',
    lines: [
      { sign: 'same', before: 15, after: 15, text: '    "scopes": {' },
      { sign: 'removed', before: 16, after: null, text: '      "bot": ["chat:write", "commands"]' },
      {
        sign: 'added',
        before: null,
        after: 16,
        text: '      "bot": ["chat:write", "commands", "files:write"]',
      },
      { sign: 'same', before: 17, after: 17, text: '    }' },
    ],
    addedCount: 1,
    removedCount: 1,
    turnsOnPkce: false,
    turnsOnRotation: false,
    ...over,
  }
}

export function sampleConfigurationToken(
  over: Partial<ConfigurationTokenView> = {},
): ConfigurationTokenView {
  return {
    id: 'config-1',
    environment: SLACK,
    teamId: 'T0C4Q7ZL2',
    teamName: 'Northwind Test',
    userId: 'U04EXAMPLE1',
    masked: 'xoxe.xoxp-1-…m2Rs',
    expiresAtMs: SAMPLE_NOW_MS + 7 * HOUR + 20 * 60_000,
    canRefresh: true,
    state: 'working',
    slackCode: null,
    ...over,
  }
}
