import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'playwright/test'
import { unlockKeyring } from '../../scripts/lib/keyring.mjs'
import type { TestBrowser } from './support/browser.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { connectPractice, copiedToken } from './support/main-job.ts'
import { callFromPage, snapshotOf } from './support/page-calls.ts'

/** A session bus and a keyring of the test's own: the one of the other tests has to live on. */
interface OwnKeyring {
  readonly env: Readonly<Record<string, string>>
  /** kill -9. */
  kill(): Promise<void>
  close(): Promise<void>
}

test('a keyring that dies midway costs nothing', async () => {
  const keyring = await startKeyring()
  const profile = await temporaryFolder('keyring-dies')
  let desk: Desk | null = null
  let browser: TestBrowser | null = null
  try {
    desk = await launchDesk({ profile, env: keyring.env })
    browser = await connectPractice(desk)
    const token = await copiedToken(desk, 'Bot token')
    const files = (await readdir(profile)).filter((name) => name.startsWith('vault'))
    const before = await readFile(join(profile, 'vault.json'), 'utf8')

    await keyring.kill()
    // What is open stays open: the data key is in memory, and the keyring is not needed for it.
    expect(await copiedToken(desk, 'Bot token')).toBe(token)

    await callFromPage(desk, 'vault/lock')
    await expect(desk.page.getByRole('heading', { name: 'Token Desk is locked' })).toBeVisible()
    // Chromium keeps the keyring's own key until its process ends, so the same process may open it again.
    const answer = await callFromPage(desk, 'vault/unlock', null)
    if (answer.ok) expect(await copiedToken(desk, 'Bot token')).toBe(token)
    else expect(answer.failure.code).toMatch(/^VAULT_KEYRING_/)
    await desk.close()

    // A start without the keyring says so, and leaves every file as it is.
    desk = await launchDesk({ profile, env: keyring.env })
    const { vault } = await snapshotOf(desk)
    expect(vault.state).not.toBe('ready')
    expect(vault.failure?.code ?? 'no failure').toMatch(/^VAULT_KEYRING_/)
    expect(await readFile(join(profile, 'vault.json'), 'utf8')).toBe(before)
    const left = (await readdir(profile)).filter((name) => name.startsWith('vault'))
    expect(left).toEqual(expect.arrayContaining(files))
  } finally {
    await desk?.close()
    await browser?.close()
    await keyring.close()
    await removeFolder(profile)
  }
})

/** A bus that starts no program by itself: what was killed stays away (dbus-daemon(1)). */
const BUS_CONFIG = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

async function startKeyring(): Promise<OwnKeyring> {
  const folder = await temporaryFolder('own-keyring')
  await mkdir(join(folder, 'data'))
  const config = join(folder, 'bus.conf')
  await writeFile(config, BUS_CONFIG.replace('FOLDER', folder))
  const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1'], {
    env: { ...process.env, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const env = {
    DBUS_SESSION_BUS_ADDRESS: await firstLine(bus),
    XDG_RUNTIME_DIR: folder,
    XDG_DATA_HOME: join(folder, 'data'),
  }
  await unlockKeyring({ ...process.env, ...env })
  return {
    env,
    kill: () => killDaemon(env),
    async close() {
      const ended = once(bus, 'exit')
      bus.kill()
      await ended
      await removeFolder(folder)
    },
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk)
    if (said.includes('\n')) break
  }
  return said.trim()
}

/** The process that owns the Secret Service's name on this bus. */
async function killDaemon(env: Readonly<Record<string, string>>): Promise<void> {
  const ask = ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/']
  const member = 'org.freedesktop.DBus.GetConnectionUnixProcessID'
  const { stdout } = await promisify(execFile)(
    'dbus-send',
    [...ask, member, 'string:org.freedesktop.secrets'],
    { env: { ...process.env, ...env } },
  )
  const pid = Number(/uint32 (\d+)/.exec(stdout)?.[1])
  expect(pid).toBeGreaterThan(1)
  process.kill(pid, 'SIGKILL')
  await expect
    .poll(() =>
      readFile(`/proc/${pid}/stat`, 'utf8').then(
        () => true,
        () => false,
      ),
    )
    .toBe(false)
}
