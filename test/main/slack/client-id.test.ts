import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { checkClientId } from '../../../main/slack/client-id.ts'
import { sample } from './sample-secrets.ts'

const CLIENT_ID = '1234567890.0987654321'

describe('checkClientId', () => {
  it.each([[CLIENT_ID], [`  ${CLIENT_ID}\n`], ['1.2']])('takes %j', (typed) => {
    expect(checkClientId(typed)).toBe(typed.trim())
  })

  it.each([
    ['', 'The client ID is missing'],
    ['  ', 'The client ID is missing'],
    ['A0123456789', 'This is an app ID'],
    ['T0123456789', 'This is the ID of a workspace'],
    ['E0123456789', 'This is the ID of a workspace'],
    [sample.bot(), 'This is a token'],
    [sample.app(), 'This is a token'],
    [sample.webhook(), 'This is a webhook URL'],
    [sample.clientSecret(), 'This looks like a secret'],
    ['1234567890', 'This is not a client ID'],
    ['1234567890.', 'This is not a client ID'],
    ['.1234567890', 'This is not a client ID'],
    ['1234.5678.9012', 'This is not a client ID'],
    ['1234,5678', 'This is not a client ID'],
    ['1234 .5678', 'This is not a client ID'],
    ['١٢٣.٤٥٦', 'This is not a client ID'],
    ['1234.5678&scope=admin', 'This is not a client ID'],
    ['12\n34.5678', 'This is not a client ID'],
  ])('says what %j is', (typed, message) => {
    expect(() => checkClientId(typed)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', field: 'clientId', message }),
    )
  })

  it('is taken out of a pasted line', () => {
    expect(checkClientId(`SLACK_CLIENT_ID="${CLIENT_ID}"`)).toBe(CLIENT_ID)
  })

  it.each(['SLACK_CLIENT_SECRET', 'SLACK_SIGNING_SECRET', 'SLACK_VERIFICATION_TOKEN'])(
    'says that a line with %s holds a secret',
    (name) => {
      expect(() => checkClientId(`${name}=${sample.clientSecret()}`)).toThrow(
        expect.objectContaining({ message: 'This looks like a secret' }),
      )
    },
  )

  it('says what a client ID looks like', () => {
    expect(() => checkClientId('A0123456789')).toThrow(
      expect.objectContaining({
        advice: expect.stringContaining('two numbers with a dot between them'),
      }),
    )
  })

  it('keeps a secret that was typed here out of what it says', () => {
    const secret = sample.clientSecret()
    let printed = ''
    try {
      checkClientId(secret)
    } catch (thrown) {
      printed = inspect(thrown, { depth: 10 })
    }
    expect(printed).toContain('This looks like a secret')
    expect(printed).not.toContain(secret)
  })
})
