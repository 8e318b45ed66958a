import { randomBytes } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import {
  checkCopyReveal,
  choosePassphrase,
  copyDiagnostics,
  revokeAndRemove,
  unlock,
  writeUndoWrite,
} from './support/every-act.ts'
import { type FullRun, startFullRun } from './support/full-run.ts'
import { formsOf, needlesOf, searchBytes, searchFolder } from './support/needles.ts'
import { isHere, openNetworkRecord } from './support/network-record.ts'
import { pageMemory } from './support/page-memory.ts'
import { openWatch, type Watch } from './support/watched-desk.ts'

test('the search finds a secret in every spelling, in the middle of other bytes, and cut off', async () => {
  const folder = await temporaryFolder('planted')
  try {
    const secret = { name: 'planted', value: `wäre "so" – ${randomBytes(24).toString('hex')}` }
    const forms = formsOf(secret.value)
    for (const [form, bytes] of forms) {
      await writeFile(join(folder, form), Buffer.concat([randomBytes(4099), bytes, randomBytes(5)]))
    }
    const base64 = Buffer.from(`"token":"${secret.value}"`).toString('base64')
    await writeFile(join(folder, 'inside base64'), base64)
    await writeFile(join(folder, 'cut off'), secret.value.slice(-20))
    const { leaks, files } = await searchFolder(folder, needlesOf([secret]))
    expect(files).toHaveLength(forms.length + 2)
    expect(new Set(leaks.map(({ place }) => place)).size).toBe(files.length)
    const others = needlesOf([{ name: 'other', value: randomBytes(24).toString('hex') }])
    expect((await searchFolder(folder, others)).leaks).toEqual([])
  } finally {
    await removeFolder(folder)
  }
})

test('the record of the network sees whoever is reached, by Chromium and by Node', async () => {
  const folder = await temporaryFolder('network')
  try {
    const network = openNetworkRecord(folder)
    const desk = await launchDesk({ switches: network.switches(), env: network.env })
    await desk.app.evaluate(async ({ net, session }) => {
      const quietly = (asking: Promise<unknown>) => asking.catch(() => {})
      await quietly(net.fetch('http://chromium.invalid/'))
      await quietly(
        session
          .fromPartition('other')
          .fetch('http://192.0.2.1:1/', { signal: AbortSignal.timeout(500) }),
      )
      await quietly(process.getBuiltinModule('node:dns').promises.lookup('lookup.invalid'))
      await quietly(fetch('http://node.invalid/'))
      const socket = process
        .getBuiltinModule('node:net')
        .connect({ host: 'socket.invalid', port: 1 })
      await new Promise((resolve) => socket.once('error', resolve))
    })
    await desk.close()
    await removeFolder(desk.profile)
    const elsewhere = (await network.attempts()).filter((one) => !isHere(one))
    const names = ['chromium', 'lookup', 'node', 'socket'].map((name) => `${name}.invalid`)
    const reached = new Set(elsewhere.map(({ where }) => where))
    for (const name of [...names, '192.0.2.1']) expect(reached).toContain(name)
  } finally {
    await removeFolder(folder)
  }
})

/**
 * Electron makes `Crashpad/client_id` for its command lines on Linux, whether or not there is a crash
 * reporter: a random name that goes nowhere without one (electron_browser_client.cc).
 */
function isDumpOrDictionary(path: string): boolean {
  if (path.endsWith('/Crashpad/client_id')) return false
  return /\/crashpad\/|\.dmp$|\.bdic$/i.test(path)
}

test('a page that crashes leaves no picture of its memory', async () => {
  const desk = await launchDesk()
  try {
    const reason = await desk.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const gone = new Promise<string>((resolve) => {
        contents?.once('render-process-gone', (_event, details) => resolve(details.reason))
      })
      contents?.forcefullyCrashRenderer()
      return gone
    })
    expect(['crashed', 'killed']).toContain(reason)
    await desk.close()
    const files = await readdir(desk.profile, { recursive: true })
    expect(files.length).toBeGreaterThan(5)
    expect(files.map((name) => `/${name}`).filter(isDumpOrDictionary)).toEqual([])
  } finally {
    await desk.close()
    await removeFolder(desk.profile)
  }
})

for (const protection of ['keyring', 'passphrase'] as const) {
  test.describe(`every act, sealed with a ${protection}`, () => {
    test.describe.configure({ mode: 'serial', timeout: 120_000 })
    const keyring = protection === 'keyring'
    /** With characters that each spelling writes differently. */
    const passphrase = keyring ? null : `Öl & “Feder” ${randomBytes(12).toString('base64')} 50 %`
    let watch: Watch
    let run: FullRun
    let desk: Desk
    let file = ''
    let revealed = ''

    test.beforeAll(async () => {
      watch = await openWatch()
      run = await startFullRun()
      desk = await watch.launch({ keyring })
      file = join(watch.project, '.env')
    })

    test.afterAll(async () => {
      await desk.close()
      await run.close()
      await watch.close()
    })

    test('leaves no secret in the page, in the diagnostics, or over a lock', async () => {
      if (passphrase !== null) {
        await choosePassphrase(desk, run.know('the passphrase', passphrase))
      }
      await run.collectTokens(desk)
      revealed = await checkCopyReveal(desk)
      await writeFile(file, '# Slack\nSLACK_USER_TOKEN=old\nPORT=3000\n', { mode: 0o600 })
      await writeUndoWrite(desk, file)
      await revokeAndRemove(desk)
      const needles = needlesOf(run.secrets())
      const diagnostics = await copyDiagnostics(desk)
      expect(diagnostics).toContain('Electron')
      expect(searchBytes(Buffer.from(diagnostics), needles, 'the diagnostics')).toEqual([])
      expect(searchBytes(await pageMemory(desk.page), needles, 'the page')).toEqual([])
      await desk.page.getByRole('button', { name: 'Lock', exact: true }).first().click()
      await unlock(desk, passphrase)
    })

    test('has a look into the page that would see a secret there', async () => {
      const secret = { name: 'planted', value: randomBytes(32).toString('hex') }
      await desk.page.evaluate((value) => {
        Object.assign(globalThis, { planted: `${'-'.repeat(5000)}${value}` })
      }, secret.value)
      const leaks = searchBytes(await pageMemory(desk.page), needlesOf([secret]), 'the page')
      expect(leaks.length).toBeGreaterThan(0)
    })

    test('leaves none on disk, in a log or stream, in the process list or in a message', async () => {
      await desk.close()
      desk = await watch.launch({ keyring })
      if (passphrase !== null) await unlock(desk, passphrase)
      await desk.page.getByRole('option', { name: /Practice Studio.*Deploy Bot/ }).click()
      await desk.page.getByRole('button', { name: 'Check token' }).click()
      await expect(desk.page.getByText(/^All \d tokens work\.$/)).toBeVisible()
      await desk.close()

      const secrets = run.secrets()
      const hidden = needlesOf(secrets.filter(({ value }) => value !== revealed))
      const found = await watch.search(hidden)
      expect(found.leaks).toEqual([])
      // A nonce has to stand in the ID token again: Slack keeps it as it is.
      const hashed = needlesOf(secrets.filter(({ name }) => name !== 'a nonce'))
      expect((await searchFolder(run.slack.folder, hashed)).leaks).toEqual([])

      // All of this was looked at, and held what it should.
      expect(new Set(secrets.map(({ value }) => value)).size).toBeGreaterThan(70)
      expect(found.files.map((path) => path.slice(watch.root.length))).toEqual(
        expect.arrayContaining(['/profile/vault.json', '/profile/logs/token-desk.log']),
      )
      expect(found.commandLines.some((line) => line.includes(watch.root))).toBe(true)
      expect(found.messageCount).toBeGreaterThan(50)
    })

    test('reached nobody but the Slack environments in use, and this computer', async () => {
      const attempts = await watch.reached()
      // Both kinds of records saw the run: Chromium's calls of Slack, and Node's own sockets.
      const requests = attempts.filter(({ what }) => what === 'chromium:URL_REQUEST_START_JOB')
      expect(requests.filter(({ where }) => where === 'localhost').length).toBeGreaterThan(20)
      expect(attempts.filter(({ what }) => what.startsWith('node:')).length).toBeGreaterThan(0)
      // Every Slack of this run is on this computer, so whatever is elsewhere is too much.
      const programs = attempts.filter(({ what }) => what === 'node:program')
      const elsewhere = attempts.filter((one) => !programs.includes(one) && !isHere(one))
      expect([...new Set(elsewhere.map(({ what, where }) => `${what} ${where}`))]).toEqual([])
      // No crash reporter and no spell checker either.
      const { files, commandLines } = await watch.search([])
      const own = commandLines.filter((line) => line.includes(watch.root))
      expect(own.filter((line) => /crashpad-handler|crashpad_handler/.test(line))).toEqual([])
      expect(files.filter(isDumpOrDictionary)).toEqual([])
      // The last takes the locks between two processes.
      const known = /^(?:git|certutil|secret-tool|(?:\/usr)?\/bin\/flock)$/
      expect(programs.filter(({ where }) => !known.test(where))).toEqual([])
    })

    test('shows the one secret that was revealed in the answer to that click alone', async () => {
      const messages = await watch.handedToPage()
      const needles = needlesOf([{ name: 'the revealed token', value: revealed }])
      const channels = messages
        .filter((one) => searchBytes(Buffer.from(JSON.stringify(one)), needles, '').length > 0)
        .map(({ channel }) => channel)
      expect(channels).toEqual(['sharing/reveal'])
      const { leaks } = await watch.search(needles)
      expect(new Set(leaks.map(({ place }) => place))).toEqual(
        new Set(['what the page was handed']),
      )
    })

    test('puts one secret into the env file, and nothing beside it', async () => {
      expect(await readdir(watch.project)).toEqual(['.env'])
      const text = await readFile(file, 'utf8')
      const [, token] = /^# Slack\nSLACK_USER_TOKEN=(\S+)\nPORT=3000\n$/.exec(text) ?? []
      const there = run.secrets().filter(({ value }) => text.includes(value))
      expect(new Set(there.map(({ value }) => value))).toEqual(new Set([token]))
      const { leaks } = await searchFolder(watch.project, needlesOf(run.secrets()))
      expect(new Set(leaks.map(({ place }) => place))).toEqual(new Set([file]))
    })
  })
}
