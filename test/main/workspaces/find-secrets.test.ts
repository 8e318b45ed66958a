import { describe, expect, it } from 'vitest'
import { findSecrets } from '../../../main/workspaces/find-secrets.ts'

const TOKEN = ['xoxb', '1234567890', 'abcdefghijklmnopqrstuvwx'].join('-')

describe('a text that somebody else chose', () => {
  it.each([
    ['comments', `${' #'.repeat(500_000)}\u2028x`],
    ['addresses', `https://hooks.slack.com${'/triggers'.repeat(110_000)}/-`],
    ['words of a name', `${'slack_'.repeat(170_000)}x=${'ab01'.repeat(7)}`],
  ])('takes no time for a line of 1 MB of %s, and hides no other line', (_name, line) => {
    const startedAtMs = performance.now()
    const found = findSecrets(`${line.slice(0, 1_000_000)}\nTOKEN=${TOKEN}\n`, 'slack.com')
    expect(found.map(({ kind, line }) => [kind, line])).toEqual([['bot', 2]])
    expect(performance.now() - startedAtMs).toBeLessThan(2000)
  })

  it('is looked at as far as a file may reach', () => {
    const filler = '# nothing\n'.repeat(500)
    expect(findSecrets(`${filler}${TOKEN}`, 'slack.com')).toHaveLength(1)
    const far = `${' '.repeat(1024 * 1024)}\n${TOKEN}`
    expect(findSecrets(far, 'slack.com')).toEqual([])
  })
})
