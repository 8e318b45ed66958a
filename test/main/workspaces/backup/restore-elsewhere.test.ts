import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import { expect, it } from 'vitest'
import { backUp, createFolder, fill, openComputer, WORDS } from './backup-fixture.ts'

it('opens in another process, with another data folder and another key', async () => {
  const computer = await openComputer()
  await fill(computer.state.vault)
  const path = await backUp(computer)
  const outDir = createFolder('restore-child')
  // Plain Node runs no TypeScript, so the child is built first.
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: new URL('restore-child.ts', import.meta.url).pathname,
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  })
  const args = [join(outDir, 'child.mjs'), path, createFolder('other-data'), WORDS.expose()]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(JSON.parse(stdout)).toEqual({
    report: { added: 3, updated: 0, kept: 0 },
    secrets: [
      ...['client-1', 'sign-1', 'bot-1', 'refresh-1', 'user-1'],
      ...['configuration-refresh-1', 'configuration-1'],
    ],
  })
}, 60_000)
