import { describe, expect, it } from 'vitest'
import { checkPastedUrl, checkRelayUrl } from '../../../main/workspaces/registered-url.ts'

const refused = expect.objectContaining({ code: 'INPUT_INVALID', field: 'redirectUrl' })

describe('a URL to paste from', () => {
  it.each(['https://example.com/back', 'https://localhost:3000/x', ' https://example.com/?a=1 '])(
    'takes %s as it is typed',
    (url) => {
      expect(checkPastedUrl(url)).toBe(url.trim())
    },
  )

  it.each([
    null,
    '',
    'example.com/back',
    'http://example.com/back',
    'http://localhost:3000/back',
    'https://example.com/#x',
    'https://me:pw@example.com/',
    'slack://back',
  ])('refuses %s', (url) => {
    expect(() => checkPastedUrl(url)).toThrow(refused)
  })
})

describe('a relay’s URL', () => {
  it.each([
    'https://relay.example.com/slack',
    'https://redirectmeto.com/http://localhost:17874/callback',
    'https://8.8.8.8/slack',
    'https://[2001:4860:4860::8888]/slack',
  ])('takes %s', (url) => {
    expect(checkRelayUrl(url)).toBe(url)
  })

  it.each([
    null,
    '',
    'http://relay.example.com/slack',
    'https://relay.example.com/#x',
    'https://me:pw@relay.example.com/',
    'https://localhost:17871/callback',
    'https://LOCALHOST./callback',
    'https://app.localhost/',
    'https://127.0.0.1/',
    'https://127.8.8.8/',
    'https://2130706433/',
    'https://0.0.0.0/',
    'https://10.1.2.3/',
    'https://172.20.0.1/',
    'https://192.168.1.20/',
    'https://100.64.0.1/',
    'https://169.254.169.254/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://intranet/slack',
    'https://printer.local/slack',
    'https://relay.internal/slack',
  ])('refuses %s', (url) => {
    expect(() => checkRelayUrl(url)).toThrow(refused)
  })
})
