import { expect, it } from 'vitest'
import { strengthOf } from '../../../../renderer/views/locked/passphrase-strength.ts'

it.each([
  ['', 'Too short'],
  ['123456789', 'Too short'],
  ['👍👍👍👍👍', 'Too short'],
  ['aaaaaaaaaaaaaaaaaaaaaaaa', 'Weak'],
  ['1212121212', 'Weak'],
  ['abcdefghij', 'Fair'],
  ['correct horse', 'Good'],
  ['correct horse battery staple', 'Strong'],
])('%j is %s', (passphrase, word) => {
  expect(strengthOf(passphrase).word).toBe(word)
})
