import { describe, expect, it } from 'vitest'
import known from '../../../main/contract/slack-scopes.json' with { type: 'json' }
import { nearestName } from '../../../main/slack/nearest-name.ts'

const NAMES = ['chat:write', 'chat:write.public', 'channels:read', 'channels:join', 'files:write']

describe('nearestName', () => {
  it.each([
    ['chat:wirte', 'chat:write'],
    ['chat:writ', 'chat:write'],
    ['chat:writes', 'chat:write'],
    ['chat:write.pubic', 'chat:write.public'],
    ['chanels:read', 'channels:read'],
    ['file:write', 'files:write'],
    ['channels:raed', 'channels:read'],
    ['chat.write', 'chat:write'],
  ])('takes %s for %s', (written, meant) => {
    expect(nearestName(written, NAMES)).toBe(meant)
  })

  it.each(['', 'x', 'bot', 'reactions:write', 'teleport:everywhere', 'x'.repeat(10_000)])(
    'takes %j for nothing',
    (written) => {
      expect(nearestName(written, NAMES)).toBeNull()
    },
  )

  it('finds every scope behind two neighbours that were swapped', () => {
    const names = known.bot.map((scope) => scope.name)
    for (const name of names) {
      const [first = '', second = ''] = name
      expect(nearestName(`${second}${first}${name.slice(2)}`, names)).toBe(name)
    }
  })
})
