import { chmod, chown, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createLoopbackCertificate,
  type LoopbackCertificate,
} from '../../../../main/oauth/certificate.ts'
import { ENTRY_NAME } from '../../../../main/oauth/trust/trust-store.ts'
import type { TrustStores } from '../../../../main/oauth/trust/trust-stores.ts'
import { systemClock } from '../../../../main/platform/clock.ts'
import { createRunProgram, type RunProgram } from '../../../../main/platform/run-program.ts'
import {
  certutil,
  createDatabase,
  createFirefox,
  run,
  said,
  storesOf,
  temporaryHome,
  writeText,
} from './support.ts'

// Every step runs certutil, which a busy machine slows down.
vi.setConfig({ testTimeout: 30_000 })

/** `nobody`. */
const ORDINARY_USER = 65534

let first: LoopbackCertificate
let second: LoopbackCertificate
let home: string
let temporary: string
let remove: () => Promise<void>
let database: string
let stores: TrustStores

beforeAll(async () => {
  first = await createLoopbackCertificate({ clock: systemClock })
  second = await createLoopbackCertificate({ clock: systemClock })
})

beforeEach(async () => {
  const made = await temporaryHome()
  home = join(made.home, 'home')
  temporary = join(made.home, 'tmp')
  remove = made.remove
  for (const folder of [home, temporary]) await mkdir(folder)
  vi.stubEnv('TMPDIR', temporary)
  database = join(home, '.pki/nssdb')
  stores = storesOf(home)
})

afterEach(async () => {
  // No file with the certificate is left behind.
  expect(await readdir(temporary)).toEqual([])
  vi.unstubAllEnvs()
  await remove()
})

/** Another program's certificate in a database. */
async function addOther(folder: string, name: string, certificate = second): Promise<void> {
  const file = join(home, 'other.pem')
  await writeFile(file, certificate.certPem)
  await certutil(folder, '-A', '-t', 'CT,C,', '-n', name, '-i', file)
}

/** A certificate of another subject than ours, made by NSS itself. */
async function makeOther(folder: string, name: string, subject: string): Promise<void> {
  const noise = join(home, 'noise')
  await writeFile(noise, `${name} ${'n'.repeat(80)}`)
  const self = ['-S', '-x', '-k', 'ec', '-q', 'nistp256', '-z', noise]
  await certutil(folder, ...self, '-n', name, '-s', subject, '-t', 'CTu,,')
}

const exported = (folder: string, name = ENTRY_NAME) => certutil(folder, '-L', '-n', name, '-a')

describe('Chromium’s store', () => {
  it('is made when there is none, without a password, and only by trusting', async () => {
    expect(said(await stores.look(first))).toEqual(['Chromium and Chrome: untrusted'])
    await stores.untrust(first)
    expect(await readdir(home)).toEqual([])
    await stores.trust(first)
    expect(said(await stores.look(first))).toEqual(['Chromium and Chrome: trusted'])
    expect(await certutil(database, '-L')).toMatch(/^Token Desk for Slack \(localhost\) +P,, *$/m)
  })

  it('trusted, trusted again, undone, undone again', async () => {
    await stores.trust(first)
    const once = await certutil(database, '-L')
    await stores.trust(first)
    expect(await certutil(database, '-L')).toBe(once)
    await stores.untrust(first)
    await stores.untrust(first)
    expect(said(await stores.look(first))).toEqual(['Chromium and Chrome: untrusted'])
    expect(await certutil(database, '-L')).not.toContain(ENTRY_NAME)
  })

  it('keeps every other entry as it was', async () => {
    await createDatabase(database)
    await makeOther(database, 'company authority', 'CN=Company,O=Company')
    await makeOther(database, 'mkcert development', 'CN=localhost')
    await makeOther(database, 'Token Desk for Slack', 'CN=Other,O=Other')
    const before = await certutil(database, '-L')
    const others = ['company authority', 'mkcert development', 'Token Desk for Slack']
    const pems = () => Promise.all(others.map((name) => exported(database, name)))
    const pemsBefore = await pems()
    await stores.trust(first)
    expect(await pems()).toEqual(pemsBefore)
    await stores.trust(second)
    await stores.untrust(second)
    expect(await certutil(database, '-L')).toBe(before)
    expect(await pems()).toEqual(pemsBefore)
  })

  it('an older certificate of our name is replaced, and removed by undoing', async () => {
    await stores.trust(first)
    expect(said(await stores.look(second))).toEqual(['Chromium and Chrome: untrusted'])
    await stores.trust(second)
    expect(said(await stores.look(first))).toEqual(['Chromium and Chrome: untrusted'])
    expect(said(await stores.look(second))).toEqual(['Chromium and Chrome: trusted'])
    expect((await exported(database)).match(/BEGIN/g)).toHaveLength(1)
    await stores.untrust(first)
    expect(await certutil(database, '-L')).not.toContain(ENTRY_NAME)
  })

  it('several of our name, and none known: all are removed', async () => {
    await createDatabase(database)
    await addOther(database, ENTRY_NAME, first)
    await addOther(database, ENTRY_NAME, second)
    await stores.untrust(null)
    expect(await certutil(database, '-L')).not.toContain(ENTRY_NAME)
  })

  it('one of our name with another subject is replaced too', async () => {
    await createDatabase(database)
    await makeOther(database, ENTRY_NAME, 'CN=localhost')
    await stores.trust(first)
    expect(said(await stores.look(first))).toEqual(['Chromium and Chrome: trusted'])
    expect((await exported(database)).match(/BEGIN/g)).toHaveLength(1)
  })

  it('an entry that shares our subject under another name is never removed', async () => {
    await createDatabase(database)
    await addOther(database, 'somebody else’s', second)
    await stores.trust(first)
    const failing = expect(stores.untrust(first)).rejects
    await failing.toMatchObject({ code: 'CERTIFICATE_TRUST_FAILED' })
    expect((await exported(database)).match(/BEGIN/g)).toHaveLength(2)
  })

  it('our certificate without its trust counts as untrusted, and is mended', async () => {
    await stores.trust(first)
    await certutil(database, '-M', '-t', ',,', '-n', ENTRY_NAME)
    expect(said(await stores.look(first))).toEqual(['Chromium and Chrome: untrusted'])
    await stores.trust(first)
    expect(said(await stores.look(first))).toEqual(['Chromium and Chrome: trusted'])
  })

  it('with no certificate made yet nothing is trusted', async () => {
    await stores.trust(first)
    expect(said(await stores.look(null))).toEqual(['Chromium and Chrome: untrusted'])
  })

  it('two calls at once do not get in each other’s way', async () => {
    await Promise.all([stores.trust(first), stores.trust(second), stores.look(first)])
    expect(said(await stores.look(second))).toEqual(['Chromium and Chrome: trusted'])
  })

  it('of Snap is another one, where its folder is', async () => {
    await createDatabase(join(home, 'snap/chromium/2000/.pki/nssdb'))
    await symlink('2000', join(home, 'snap/chromium/current'))
    await stores.trust(first)
    const trusted = ['Chromium and Chrome: trusted', 'Chromium from Snap: trusted']
    expect(said(await stores.look(first))).toEqual(trusted)
    await stores.untrust(first)
    expect(said(await stores.look(first)).join()).not.toContain(': trusted')
  })
})

describe('a store that cannot be changed', () => {
  it('with a password: says which, and leaves nothing in it', async () => {
    const password = join(home, 'password')
    await writeText(password, 'a password\n')
    await writeText(join(database, 'x'), '')
    await certutil(database, '-N', '-f', password)
    await expect(stores.trust(first)).rejects.toMatchObject({
      code: 'CERTIFICATE_TRUST_FAILED',
      message: 'The certificate is not trusted by: Chromium and Chrome',
    })
    expect(await certutil(database, '-L')).not.toContain(ENTRY_NAME)
  })

  it('damaged: unavailable, and left as it is', async () => {
    await writeText(join(database, 'cert9.db'), 'not a database, and long enough to be none')
    await writeText(join(database, 'key4.db'), 'neither')
    expect(said(await stores.look(first))).toEqual(['Chromium and Chrome: unavailable'])
    const failing = expect(stores.trust(first)).rejects
    await failing.toMatchObject({ code: 'CERTIFICATE_TRUST_FAILED' })
  })

  it('in a folder that cannot be made', async () => {
    await writeText(join(home, '.pki'), 'a file where the folder would be')
    await expect(stores.trust(first)).rejects.toMatchObject({ code: 'CERTIFICATE_TRUST_FAILED' })
    const cause = { cause: expect.objectContaining({ code: 'ENOTDIR' }) }
    await expect(stores.trust(first)).rejects.toMatchObject(cause)
  })

  it('read-only: neither trusted nor undone, and it says so', async () => {
    const asUser = await asOrdinaryUser()
    await createDatabase(database)
    await letRead(database)
    const failing = { code: 'CERTIFICATE_TRUST_FAILED' }
    await expect(storesOf(home, asUser).trust(first)).rejects.toMatchObject(failing)
    await letWrite(database)
    await stores.trust(first)
    await letRead(database)
    await expect(storesOf(home, asUser).untrust(first)).rejects.toMatchObject({
      ...failing,
      message: 'The certificate is still trusted by: Chromium and Chrome',
    })
    expect(said(await storesOf(home, asUser).look(first))).toEqual(['Chromium and Chrome: trusted'])
    await letWrite(database)
  })

  it('does not keep the others from being changed', async () => {
    const [profile = ''] = await createFirefox(join(home, '.mozilla/firefox'), ['default'])
    await writeText(join(home, '.pki'), '')
    await expect(stores.trust(first)).rejects.toMatchObject({
      message: 'The certificate is not trusted by: Chromium and Chrome',
    })
    expect(await certutil(profile, '-L')).toContain(ENTRY_NAME)
  })
})

describe('without certutil', () => {
  it('everything is unavailable, and the package to install is named', async () => {
    await createFirefox(join(home, '.mozilla/firefox'), ['default'])
    const without = storesOf(home, createRunProgram({ PATH: home }))
    const missing = {
      code: 'CERTIFICATE_TOOL_MISSING',
      advice: expect.stringMatching(/libnss3-tools .*nss-tools .*nss \(Arch\)/),
    }
    expect(said(await without.look(first))).toEqual([
      'Chromium and Chrome: unavailable',
      'Firefox Profile “default”. unavailable',
    ])
    expect(await without.obstacle()).toMatchObject(missing)
    await expect(without.trust(first)).rejects.toMatchObject(missing)
    await expect(without.untrust(null)).rejects.toMatchObject(missing)
    expect(await stores.obstacle()).toBeNull()
  })

  it('that goes away halfway: said too', async () => {
    const going: RunProgram = async (file, args, options) =>
      args[0] === '-H' ? run(file, args, options) : { kind: 'missing' }
    const failing = expect(storesOf(home, going).trust(first)).rejects
    await failing.toMatchObject({ code: 'CERTIFICATE_TOOL_MISSING' })
  })
})

describe('Firefox', () => {
  it('each closed profile trusts the leaf by C, and is undone', async () => {
    const folders = await createFirefox(join(home, '.mozilla/firefox'), ['default', 'work'])
    await stores.trust(first)
    for (const folder of folders) {
      expect(await certutil(folder, '-L')).toMatch(/^Token Desk for Slack \(localhost\) +C,, *$/m)
    }
    expect(said(await stores.look(first)).slice(1)).toEqual([
      'Firefox Profile “default”. trusted',
      'Firefox Profile “work”. trusted',
    ])
    await stores.untrust(first)
    for (const folder of folders) {
      expect(await certutil(folder, '-L')).not.toContain(ENTRY_NAME)
    }
  })

  it('an open profile is left alone, and the others are not', async () => {
    const names = ['closed', 'open']
    const [closed = '', open = ''] = await createFirefox(join(home, '.mozilla/firefox'), names)
    await symlink(`127.0.1.1:+${process.pid}`, join(open, 'lock'))
    await stores.trust(first)
    expect(said(await stores.look(first)).slice(1)).toEqual([
      'Firefox Profile “closed”. trusted',
      'Firefox Profile “open”. running',
    ])
    expect(await certutil(open, '-L')).not.toContain(ENTRY_NAME)
    await addOther(open, ENTRY_NAME, first)
    await stores.untrust(first)
    expect(await certutil(open, '-L')).toContain(ENTRY_NAME)
    expect(await certutil(closed, '-L')).not.toContain(ENTRY_NAME)
  })
})

describe('a renewed certificate', () => {
  it('takes the place of the old one in the stores that trusted it, and no others', async () => {
    const names = ['with', 'without']
    const [withIt = '', without = ''] = await createFirefox(join(home, '.mozilla/firefox'), names)
    await stores.trust(first)
    await certutil(without, '-D', '-n', ENTRY_NAME)
    await stores.replace(first, second)
    expect(said(await stores.look(second))).toEqual([
      'Chromium and Chrome: trusted',
      'Firefox Profile “with”. trusted',
      'Firefox Profile “without”. untrusted',
    ])
    for (const folder of [database, withIt]) {
      expect((await exported(folder)).match(/BEGIN/g)).toHaveLength(1)
    }
  })

  it('is trusted nowhere when the old one was not', async () => {
    await stores.replace(first, second)
    expect(await readdir(home)).toEqual([])
  })
})

it('the plan says what, where, how it is undone, and what it cannot do', () => {
  const plan = stores.plan().join(' ')
  expect(plan).toContain('Chromium and Chrome')
  expect(plan).toContain('.pki/nssdb')
  expect(plan).toContain('Firefox')
  expect(plan).toContain('Restart the browser')
  expect(plan).toContain('localhost alone')
  expect(plan).toContain('removes it from the same places')
})

/** Root may write everywhere: then certutil is run as a user who may not. */
async function asOrdinaryUser(): Promise<RunProgram> {
  if (process.getuid?.() !== 0) return run
  for (const folder of [dirname(home), home, temporary]) await chmod(folder, 0o755)
  return async (file, args, options) => {
    const pem = args[args.indexOf('-i') + 1]
    // The certificate is for the user who runs the program, so it is given to that one here.
    if (args.includes('-i') && pem !== undefined) {
      for (const path of [dirname(pem), pem]) await chown(path, ORDINARY_USER, ORDINARY_USER)
    }
    const as = [`--reuid=${ORDINARY_USER}`, '--clear-groups', '--']
    return run('setpriv', [...as, file, ...args], options)
  }
}

async function letRead(folder: string): Promise<void> {
  for (const file of await readdir(folder)) await chmod(join(folder, file), 0o444)
  await chmod(folder, 0o555)
}

async function letWrite(folder: string): Promise<void> {
  await chmod(folder, 0o700)
  for (const file of await readdir(folder)) await chmod(join(folder, file), 0o600)
}
