import { describe, expect, it } from 'vitest'
import { credentialKind } from '../../../main/contract/views.ts'
import {
  checkVariableName,
  defaultVariable,
  isPublicName,
} from '../../../main/env/variable-name.ts'

describe('checkVariableName', () => {
  it.each(['A', '_', '_a1', 'SLACK_BOT_TOKEN', 'slack_token', 'A'.repeat(200)])(
    'takes %s',
    (name) => {
      expect(() => checkVariableName(name)).not.toThrow()
    },
  )

  it.each([
    { name: 'empty', value: '' },
    { name: 'digit first', value: '1A' },
    { name: 'dot', value: 'A.B' },
    { name: 'dash', value: 'A-B' },
    { name: 'blank', value: 'A B' },
    { name: 'equal sign', value: 'A=B' },
    { name: 'line break at the end', value: 'A\n' },
    { name: 'NUL', value: 'A\0' },
    { name: 'letter beyond ASCII', value: 'Ä' },
    { name: 'hash', value: '#A' },
    { name: 'lost by plain objects', value: '__proto__' },
    { name: 'too long', value: 'A'.repeat(201) },
  ])('refuses: $name', ({ value }) => {
    expect(() => checkVariableName(value)).toThrow(
      expect.objectContaining({ code: 'ENV_NAME_INVALID', field: 'variable' }),
    )
  })
})

describe('isPublicName', () => {
  it.each([
    'VITE_X',
    'NEXT_PUBLIC_X',
    'REACT_APP_X',
    'EXPO_PUBLIC_X',
    'NUXT_PUBLIC_X',
    'PUBLIC_X',
    'GATSBY_X',
    'VUE_APP_X',
  ])('%s is published', (name) => {
    expect(isPublicName(name)).toBe(true)
  })

  it.each(['SLACK_BOT_TOKEN', 'VITE', 'MY_VITE_X', 'NEXT_X', 'vite_x'])('%s is not', (name) => {
    expect(isPublicName(name)).toBe(false)
  })
})

it('proposes a name that may be written for every kind', () => {
  const kinds = ['configuration', 'configuration-refresh', ...credentialKind.options] as const
  const names = kinds.map((kind) => defaultVariable(kind))
  expect(names).toEqual([
    'SLACK_CONFIG_TOKEN',
    'SLACK_CONFIG_REFRESH_TOKEN',
    'SLACK_BOT_TOKEN',
    'SLACK_USER_TOKEN',
    'SLACK_APP_TOKEN',
    'SLACK_WEBHOOK_URL',
    'SLACK_SIGN_IN_TOKEN',
    'SLACK_ID_TOKEN',
    'SLACK_SIGNING_SECRET',
    'SLACK_VERIFICATION_TOKEN',
    'SLACK_CLIENT_ID',
    'SLACK_CLIENT_SECRET',
  ])
  for (const name of names) expect(() => checkVariableName(name)).not.toThrow()
})
