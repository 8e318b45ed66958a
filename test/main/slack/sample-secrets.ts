/** Values with the shapes of live secrets, put together at run time so that no scanner sees one here. */
import { randomBytes } from 'node:crypto'

const hex = (length: number) => randomBytes(length).toString('hex').slice(0, length)
const token = (prefix: string, ...rest: string[]) => [prefix, ...rest].join('-')
const NUMBERS = ['1'.repeat(11), '2'.repeat(13)]

export const sample = {
  bot: () => token('xoxb', ...NUMBERS, hex(24)),
  user: () => token('xoxp', ...NUMBERS, '3'.repeat(13), hex(32)),
  rotatingBot: () => token('xoxe.xoxb', '1', hex(160)),
  rotatingUser: () => token('xoxe.xoxp', '1', hex(160)),
  refresh: () => token('xoxe', '1', hex(146)),
  app: () => token('xapp', '1', 'A0123456789', '4'.repeat(13), hex(64)),
  workflow: () => token('xwfp', hex(40)),
  session: (letter: 'c' | 'd' | 's') => token(`xox${letter}`, ...NUMBERS, hex(64)),
  legacy: (letter: 'o' | 'a' | 'r') => token(`xox${letter}`, ...NUMBERS, hex(32)),
  code: () => `${NUMBERS.join('.')}.${hex(64)}`,
  clientSecret: () => hex(32),
  verifier: () => randomBytes(32).toString('base64url'),
  webhook: (host = 'https://hooks.slack.com') =>
    `${host}/${['services', 'T0123456789', 'B0123456789', hex(24)].join('/')}`,
}
