import { expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { builtChild } from '../built-child.ts'
import { createBox } from './vault-fixture.ts'

const WORDS = 'correct horse'
const saving = builtChild(new URL('crash-child.ts', import.meta.url))

/** Lets the child save, kills it `delayMs` after a save, and gives the last number that it called durable. */
async function saveUntilKilled(directory: string, delayMs: number, how: string): Promise<number> {
  const child = saving(directory, WORDS, how)
  let isKilling = false
  child.process.stdout.on('data', () => {
    if (isKilling || child.said().split('\n').length < 4) return
    isKilling = true
    setTimeout(() => child.process.kill('SIGKILL'), delayMs)
  })
  expect(await child.ended()).toBe('SIGKILL')
  return Number(child.said().trimEnd().split('\n').at(-1))
}

it.each([
  { name: 'conf as it is', how: 'as-is' },
  { name: 'conf under SNAP, which writes in place', how: 'snap' },
])(
  'opens whole after kill -9 in the middle of saving, with all that was durable: $name',
  async ({ how }) => {
    const box = createBox()
    const protector = createPassphraseProtector(Secret.of(WORDS), { cost: { n: 16, r: 8, p: 1 } })
    let before = 0
    for (let round = 0; round < 12; round += 1) {
      const durable = await saveUntilKilled(box.directory, round * 0.7, how)
      expect(durable).toBeGreaterThan(before)
      const { vault, recovery } = await box.open({ protector })
      const count = Number(vault.record('counter')?.meta)
      expect(vault.secret('counter', 'token').expose()).toBe(`secret ${count}`)
      vault.close()
      expect(recovery).toBeNull()
      // One more may have been on disk already when the process ended before it could say so.
      expect([durable, durable + 1]).toContain(count)
      expect(box.list()).toEqual(['vault.json', 'vault.last-good.json'])
      before = count
    }
  },
  60_000,
)
