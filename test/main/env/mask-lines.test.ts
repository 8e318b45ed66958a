import { describe, expect, it } from 'vitest'
import { HIDDEN, maskStatement, redactComment } from '../../../main/env/mask-lines.ts'
import { scanEnv } from '../../../main/env/scan-env.ts'

const bot = ['xoxb', '1'.repeat(11), '2'.repeat(11), 'aB3'.repeat(8)].join('-')
const mask = (text: string) => (text.startsWith('xoxb-') ? 'xoxb-…MASK' : null)

function masked(text: string): string[] {
  return scanEnv(Buffer.from(text).toString('latin1')).flatMap((statement) =>
    maskStatement(Buffer.from(text).toString('latin1'), statement, mask),
  )
}

describe('maskStatement', () => {
  it.each([
    { text: 'DATABASE_URL=postgres://u:p@h/db', lines: [`DATABASE_URL=${HIDDEN}`] },
    { text: '  export A = "x y" # note', lines: [`  export A = ${HIDDEN} # note`] },
    { text: 'A=', lines: ['A='] },
    { text: 'A=x#note', lines: [`A=${HIDDEN}#note`] },
    { text: 'a: x', lines: [`a: ${HIDDEN}`] },
    { text: `A=${bot}`, lines: [`A=${HIDDEN}`] },
    { text: 'A="one\ntwo\nthree" # end', lines: [`A=${HIDDEN}`, HIDDEN, `${HIDDEN} # end`] },
    { text: 'MIIEvQIBADANBgkqhkiG9w0B', lines: [HIDDEN] },
    { text: 'MIIEvQIBADANBgkqhkiG9w0B=', lines: ['••••••='] },
    { text: `${bot}=`, lines: ['xoxb-…MASK='] },
    { text: '# grün', lines: ['# grün'] },
    { text: '', lines: [] },
    { text: '  ', lines: ['  '] },
  ])('shows $text', ({ text, lines }) => {
    expect(masked(text)).toEqual(lines)
  })

  it('marks bytes that are not UTF-8', () => {
    const text = '# \xfc'
    expect(scanEnv(text).flatMap((statement) => maskStatement(text, statement, mask))).toEqual([
      '# \ufffd',
    ])
  })
})

describe('redactComment', () => {
  it.each([
    { comment: '# Slack, for local work', shown: '# Slack, for local work' },
    { comment: '# SLACK_BOT_TOKEN=x', shown: '# SLACK_BOT_TOKEN=••••••' },
    { comment: '# A=', shown: '# A=' },
    { comment: `# the old one was ${bot}`, shown: '# the old one was xoxb-…MASK' },
    { comment: '# password: tiger', shown: '# password: ••••••' },
    { comment: '# token is below', shown: '# token ••••••' },
    { comment: '# hunter2hunter2', shown: '# ••••••' },
    { comment: '# dGhpcyBpcyBhIHNlY3JldA', shown: '# ••••••' },
    { comment: `# ${'a'.repeat(40)}`, shown: '# ••••••' },
    { comment: '# see https://example.com/setup', shown: '# see https://example.com/setup' },
    {
      comment: '# -----------------------------------------------',
      shown: '# -----------------------------------------------',
    },
  ])('$comment', ({ comment, shown }) => {
    expect(redactComment(comment, mask)).toBe(shown)
  })
})
