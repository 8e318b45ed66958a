import { describe, expect, it } from 'vitest'
import { parseCallback, parsePastedAddress } from '../../../main/oauth/parse-callback.ts'
import { codeOf } from './support.ts'

const at = (query: string) => new URL(`https://localhost:17871/callback${query}`)

describe('parseCallback', () => {
  it('reads a code and keeps it from being printed', () => {
    const answer = parseCallback(at('?code=123.456.abc&state=st'))
    expect(answer).toMatchObject({ kind: 'code', state: 'st' })
    expect(answer.kind === 'code' && answer.code.expose()).toBe('123.456.abc')
    expect(JSON.stringify(answer)).not.toContain('123.456')
  })

  it('reads a refusal', () => {
    expect(parseCallback(at('?error=access_denied&error_description=no&state=st'))).toEqual({
      kind: 'denied',
      state: 'st',
      slackCode: 'access_denied',
    })
  })

  it('ignores parameters that it does not know', () => {
    expect(parseCallback(at('?code=c&state=s&nonce=n&future=1')).kind).toBe('code')
  })

  it.each([
    { name: 'no query', query: '' },
    { name: 'no state', query: '?code=c' },
    { name: 'empty state', query: '?code=c&state=' },
    { name: 'empty code', query: '?code=&state=s' },
    { name: 'neither code nor refusal', query: '?state=s' },
    { name: 'code beside a refusal', query: '?code=c&error=access_denied&state=s' },
    { name: 'state twice', query: '?code=c&state=s&state=s' },
    { name: 'code twice', query: '?code=c&code=d&state=s' },
    { name: 'refusal twice', query: '?error=a&error=a&state=s' },
    { name: 'unknown parameter twice', query: '?code=c&state=s&x=1&x=2' },
    { name: 'name hidden by escapes, twice', query: '?code=c&state=s&%73tate=t' },
    { name: 'overlong state', query: `?code=c&state=${'s'.repeat(513)}` },
    { name: 'overlong code', query: `?code=${'c'.repeat(2049)}&state=s` },
    { name: 'overlong refusal', query: `?error=${'e'.repeat(101)}&state=s` },
    { name: 'overlong query', query: `?code=c&state=s&x=${'y'.repeat(8192)}` },
    { name: 'control character', query: '?code=c%0d%0aX&state=s' },
    { name: 'NUL', query: '?code=c%00&state=s' },
    { name: 'broken UTF-8', query: '?code=c%ff&state=s' },
    { name: 'markup in the refusal', query: '?error=%3Cscript%3E&state=s' },
    { name: 'in the fragment', query: '#code=c&state=s' },
  ])('refuses $name', async ({ query }) => {
    expect(await codeOf(() => parseCallback(at(query)))).toBe('OAUTH_CALLBACK_INVALID')
  })
})

describe('parsePastedAddress', () => {
  const address = 'https://localhost:17871/callback?code=c&state=s'

  it.each([
    { name: 'bare', text: address },
    { name: 'spaces around', text: `  ${address}\n` },
    { name: 'angle brackets', text: `<${address}>` },
    { name: 'double quotes', text: `"${address}"` },
    { name: 'single quotes', text: `'${address}'` },
    { name: 'curly quotes', text: `“${address}”` },
    { name: 'broken into lines', text: address.replace('code', '\r\n  code') },
    { name: 'capital scheme', text: address.replace('https', 'HTTPS') },
  ])('reads: $name', ({ text }) => {
    expect(parsePastedAddress(text).href).toBe(address)
  })

  it.each([
    '',
    'localhost:17871/callback?code=c&state=s',
    'ftp://localhost/callback',
    'javascript:alert(1)//https://localhost',
    'file:///callback?code=c&state=s',
    'https://',
    'https://user@localhost:17871/callback',
    `see ${address}`,
    `https://localhost/${'a'.repeat(10_000)}`,
  ])('refuses %j', async (text) => {
    expect(await codeOf(() => parsePastedAddress(text))).toBe('OAUTH_CALLBACK_INVALID')
  })
})
