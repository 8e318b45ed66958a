import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { createBox } from './vault-fixture.ts'

const WORDS = 'correct horse'
const outDir = mkdtempSync(join(tmpdir(), 'vault-crash-'))

/** Plain Node runs no TypeScript, so the child is built first. */
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: new URL('crash-child.ts', import.meta.url).pathname,
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  })
}, 60_000)

afterAll(() => rmSync(outDir, { recursive: true, force: true }))

/** Lets the child save, kills it `delayMs` after a save, and gives the last number that it called durable. */
async function saveUntilKilled(directory: string, delayMs: number): Promise<number> {
  const args = [join(outDir, 'child.mjs'), directory, WORDS]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  let isKilling = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (isKilling || said.split('\n').length < 4) return
    isKilling = true
    setTimeout(() => child.kill('SIGKILL'), delayMs)
  })
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)))
  expect(signal).toBe('SIGKILL')
  return Number(said.trimEnd().split('\n').at(-1))
}

it('opens whole after kill -9 in the middle of saving, with all that was durable', async () => {
  const box = createBox()
  const protector = createPassphraseProtector(Secret.of(WORDS), { cost: { n: 16, r: 8, p: 1 } })
  let before = 0
  for (let round = 0; round < 12; round += 1) {
    const durable = await saveUntilKilled(box.directory, round * 0.7)
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
}, 60_000)
