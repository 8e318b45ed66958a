import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'

const cost = { n: 2 ** 4, r: 8, p: 1 }
const protectorOf = (text: string) => createPassphraseProtector(Secret.of(text), { cost })
const dataKey = randomBytes(32)

describe('passphrase', () => {
  it('gives the key back', async () => {
    const wrapped = JSON.parse(JSON.stringify(await protectorOf('eight ch').wrap(dataKey)))
    expect(wrapped).toMatchObject({ kdf: 'scrypt', ...cost })
    expect(Buffer.from(await protectorOf('eight ch').unwrap(wrapped)).equals(dataKey)).toBe(true)
  })

  it('is salted', async () => {
    const [one, two] = [
      await protectorOf('eight ch').wrap(dataKey),
      await protectorOf('eight ch').wrap(dataKey),
    ]
    expect(one).not.toEqual(two)
  })

  it('takes composed and decomposed letters alike', async () => {
    const wrapped = await protectorOf('Schl\u00fcsselwort').wrap(dataKey)
    const key = await protectorOf('Schlu\u0308sselwort').unwrap(wrapped)
    expect(Buffer.from(key).equals(dataKey)).toBe(true)
  })

  it.each(['', '1234567', '😀😀😀😀', 'u\u0308'.repeat(7)])(
    'is refused when too short: %j',
    async (text) => {
      await expect(protectorOf(text).wrap(dataKey)).rejects.toMatchObject({
        code: 'VAULT_WEAK_PASSPHRASE',
        field: 'passphrase',
      })
    },
  )

  it.each(['Eight ch', 'eight ch ', 'eight c', ''])('is told to be wrong: %j', async (text) => {
    const wrapped = await protectorOf('eight ch').wrap(dataKey)
    await expect(protectorOf(text).unwrap(wrapped)).rejects.toMatchObject({
      code: 'VAULT_WRONG_PASSPHRASE',
    })
  })

  it('does not open with other parameters than it was made with', async () => {
    const wrapped = Object(await protectorOf('eight ch').wrap(dataKey))
    const weaker = protectorOf('eight ch').unwrap({ ...wrapped, n: 2 })
    await expect(weaker).rejects.toMatchObject({ code: 'VAULT_WRONG_PASSPHRASE' })
  })
})

describe('what the file says', () => {
  it.each([
    { name: 'nothing', change: null },
    { name: 'another function', change: { kdf: 'md5' } },
    { name: 'memory without end', change: { n: 2 ** 30 } },
    { name: 'twice the most', change: { n: 2 ** 19 } },
    { name: 'not a power of two', change: { n: 1000 } },
    { name: 'not whole', change: { n: 2.5 } },
    { name: 'wide blocks', change: { r: 2 ** 20 } },
    { name: 'work without end', change: { p: 2 ** 20 } },
    { name: 'zero', change: { n: 0 } },
    { name: 'negative', change: { r: -8 } },
    { name: 'no salt', change: { salt: '' } },
    { name: 'salt that is no base64', change: { salt: '!'.repeat(44) } },
    { name: 'sealed missing', change: { sealed: undefined } },
    { name: 'sealed too long', change: { sealed: 'A'.repeat(8192) } },
  ])('is refused before any work is done: $name', async ({ change }) => {
    const wrapped = Object(await protectorOf('eight ch').wrap(dataKey))
    const hostile = change === null ? null : { ...wrapped, ...change }
    await expect(protectorOf('eight ch').unwrap(hostile)).rejects.toMatchObject({
      code: 'VAULT_DAMAGED',
    })
  })
})

it('costs what design asks for when nothing else is said, and lets the app go on meanwhile', async () => {
  let turns = 0
  const turning = setInterval(() => {
    turns += 1
  }, 5)
  const wrapped = await createPassphraseProtector(Secret.of('correct horse')).wrap(dataKey)
  clearInterval(turning)
  expect(wrapped).toMatchObject({ n: 131072, r: 8, p: 1 })
  expect(turns).toBeGreaterThan(5)
}, 20_000)
