/**
 * What is measured inside Electron's main process, in the runtime's own V8: an Electron app without a
 * window that prints one JSON line and ends.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app, safeStorage } from 'electron'
import { systemClock } from '../../../main/platform/clock.ts'
import { createElectronKeyring } from '../../../main/platform/electron-keyring.ts'
import { measureSetVariable } from './env-figures.ts'
import { measureRedirect } from './redirect-figures.ts'
import { measureVault } from './vault-figures.ts'

app.setName('Token Desk bench')
const userData = mkdtempSync(join(tmpdir(), 'token-desk-bench-data-'))
app.setPath('userData', userData)

app
  .whenReady()
  .then(measure)
  .then(
    (figures) => {
      process.stdout.write(`${JSON.stringify(figures)}\n`)
      leave(0)
    },
    (thrown) => {
      process.stderr.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`)
      leave(1)
    },
  )

async function measure() {
  const { electron, chrome, node } = process.versions
  const keyring = createElectronKeyring({
    safeStorage,
    platform: process.platform,
    isReady: () => app.isReady(),
    clock: systemClock,
  })
  if (!(await keyring.isAvailable())) throw new Error('there is no usable keyring')
  return {
    runtime: { electron, chrome, node, platform: `${process.platform} ${process.arch}` },
    ...(await measureRedirect(keyring)),
    setVariable10kLinesMs: measureSetVariable(),
    ...(await measureVault(keyring)),
  }
}

function leave(code: number): void {
  rmSync(userData, { recursive: true, force: true })
  app.exit(code)
}
