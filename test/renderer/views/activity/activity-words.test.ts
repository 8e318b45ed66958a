import { describe, expect, it } from 'vitest'
import { ACTIVITY_KINDS } from '../../../../main/contract/activity-views.ts'
import { ERROR_CODES } from '../../../../main/contract/errors.ts'
import { ICON_PATHS } from '../../../../renderer/parts/icon-paths.ts'
import {
  aboutOf,
  credentialWords,
  iconOf,
  sentenceOf,
} from '../../../../renderer/views/activity/activity-words.ts'
import { sampleEntry } from '../../sample-activity.ts'

const blank = { workspace: null, slackApp: null, installationId: null, credentials: [] }

describe('every kind has words', () => {
  it.each(ACTIVITY_KINDS)('%s', (what) => {
    for (const outcome of ['done', 'warning', 'failed'] as const) {
      for (const over of [
        {},
        blank,
        { file: '~/a/.env', variable: 'A', detail: 'b', code: 'SLACK_REFUSED' as const },
      ]) {
        const entry = sampleEntry({ what, outcome, ...over })
        const sentence = sentenceOf(entry)
        expect(sentence).toMatch(/^[A-Z][^\n]+[^.\s:,]$/)
        expect(sentence).not.toMatch(/undefined|null|\[|please|success|!|error/i)
        expect(ICON_PATHS[iconOf(entry)]).toBeTruthy()
      }
    }
  })

  it.each(ERROR_CODES)('%s is a reason or left out', (code) => {
    const sentence = sentenceOf(sampleEntry({ what: 'checked', outcome: 'failed', code }))
    expect(sentence).toMatch(/^Check failed(: [a-z.S‘nN].*[^.])?$/)
  })
})

it.each([
  [{ what: 'refreshed', credentials: ['bot', 'user'] }, 'Refreshed bot and user token'],
  [{ what: 'copied', variable: 'SLACK_APP_TOKEN' }, 'Copied env line SLACK_APP_TOKEN'],
  [{ what: 'copied', variable: 'A, B' }, 'Copied env lines A, B'],
  [{ what: 'copied' }, 'Copied bot token'],
  [{ what: 'written', variable: 'A', file: '~/.env' }, 'Wrote A to ~/.env'],
  [
    { what: 'written', variable: 'A', file: '~/.env', outcome: 'warning', detail: 'tracked' },
    'Wrote A to ~/.env, which git tracks',
  ],
  [
    { what: 'written', variable: 'A', file: '~/.env', outcome: 'warning', detail: 'not-ignored' },
    'Wrote A to ~/.env, which git does not ignore',
  ],
  [
    { what: 'written', variable: 'A', file: 'b', outcome: 'warning', code: 'ENV_GITIGNORE_FAILED' },
    'Wrote A to b: .gitignore could not be changed',
  ],
  [{ what: 'write-undone', variable: 'A', file: '~/.env' }, 'Took A back from ~/.env'],
  [
    { what: 'refreshed', outcome: 'failed', code: 'SLACK_NO_ANSWER' },
    'Refresh failed: Slack did not answer',
  ],
  [
    { what: 'refreshed', outcome: 'warning', code: 'SLACK_NO_ANSWER' },
    'Refresh postponed: Slack did not answer',
  ],
  [
    { what: 'checked', outcome: 'failed', code: 'SLACK_REFUSED', slackCode: 'token_revoked' },
    'Check failed: the token was revoked',
  ],
  [
    { what: 'checked', outcome: 'failed', code: 'SLACK_REFUSED', slackCode: 'new_code' },
    'Check failed: Slack says new_code',
  ],
  [{ what: 'checked' }, 'Checked the tokens'],
  [
    { what: 'checked', installationId: null, detail: '6 checked, 1 failed', outcome: 'warning' },
    'Checked all workspaces: 6 checked, 1 failed',
  ],
  [{ what: 'locked', detail: 'screen-lock' }, 'Locked because the screen was locked'],
  [
    { what: 'unlock-refused', outcome: 'failed', code: 'VAULT_WRONG_PASSPHRASE' },
    'Unlocking failed: wrong passphrase',
  ],
  [
    { what: 'authorized', credentials: ['bot', 'webhook'] },
    'Authorized with Deploy Bot: bot token, webhook URL',
  ],
  [
    { what: 'settings-changed', detail: 'clipboardSeconds, notifies' },
    'Changed settings: clear the clipboard, notifications',
  ],
] as const)('%j is said as: %s', (over, words) => {
  expect(
    sentenceOf(
      sampleEntry({
        ...over,
        credentials: [...('credentials' in over ? over.credentials : ['bot' as const])],
      }),
    ),
  ).toBe(words)
})

it('names what has no workspace', () => {
  expect(aboutOf(sampleEntry({}))).toBe('Northwind Test')
  expect(aboutOf(sampleEntry({ workspace: null }))).toBe('Deploy Bot')
  expect(aboutOf(sampleEntry({ what: 'locked', ...blank }))).toBe('Vault')
  expect(aboutOf(sampleEntry({ what: 'checked', ...blank }))).toBe('')
  expect(credentialWords([])).toBe('tokens')
})
