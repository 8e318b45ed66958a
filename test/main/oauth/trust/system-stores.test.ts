import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createLoopbackCertificate,
  type LoopbackCertificate,
} from '../../../../main/oauth/certificate.ts'
import { createTrustStores } from '../../../../main/oauth/trust/trust-stores.ts'
import { systemClock } from '../../../../main/platform/clock.ts'
import type { ProgramResult, RunProgram } from '../../../../main/platform/run-program.ts'

const PATH = 'the file'
let first: LoopbackCertificate
let second: LoopbackCertificate
let calls: string[][]
/** What the files that were handed over held. */
let files: { path: string; text: string }[]

beforeAll(async () => {
  first = await createLoopbackCertificate({ clock: systemClock })
  second = await createLoopbackCertificate({ clock: systemClock })
})

beforeEach(() => {
  calls = []
  files = []
})

const sha1 = ({ certPem }: LoopbackCertificate) =>
  new X509Certificate(certPem).fingerprint.replaceAll(':', '')
const ended = (stdout = '', code = 0): ProgramResult => ({
  kind: 'ended',
  code,
  stdout,
  stderr: '',
})

/** Notes the call with the name of the temporary file left out, then answers as `answer` does. */
function recording(answer: (args: readonly string[], text: string) => ProgramResult): RunProgram {
  return async (file, args, { limitMs }) => {
    const path = args.find((arg) => arg.endsWith('localhost.pem')) ?? ''
    const text = path === '' ? '' : readFileSync(path, 'utf8')
    if (path !== '') files.push({ path, text })
    calls.push([file, ...args.map((arg) => (arg === path ? PATH : arg)), `${limitMs / 1000} s`])
    return answer(args, text)
  }
}

const filesAreGone = () => files.every(({ path }) => !existsSync(path))

describe('the login keychain', () => {
  const KEYCHAIN = '/Users/ada/Library/Keychains/login.keychain-db'
  const SECURITY = '/usr/bin/security'
  const FIND = [SECURITY, 'find-certificate', '-a', '-c', 'localhost', '-p', KEYCHAIN, '10 s']
  const EXPORT = [SECURITY, 'trust-settings-export', PATH, '10 s']
  let kept: Map<string, string>
  let isUserWilling: boolean

  beforeEach(() => {
    kept = new Map()
    isUserWilling = true
  })

  /** Keeps certificates with their trust, as far as `security` is asked about them. */
  const run = recording((args, text) => {
    const [command] = args
    if (command === 'find-certificate') return ended([...kept.values()].join(''))
    if (command === 'trust-settings-export') {
      if (kept.size === 0) return ended('', 1)
      writeFileSync(args[1] ?? '', `<key>${[...kept.keys()].join('</key><key>')}</key>`)
      return ended()
    }
    if (!isUserWilling) return ended('', 1)
    if (command === 'add-trusted-cert') {
      kept.set(new X509Certificate(text).fingerprint.replaceAll(':', ''), text)
    }
    if (command === 'delete-certificate') kept.delete(args[2] ?? '')
    return ended()
  })
  const stores = createTrustStores({ platform: 'darwin', homeDirectory: '/Users/ada', run })

  it('is asked by exactly these commands, with the certificate alone in a file', async () => {
    await stores.trust(first)
    expect(calls).toEqual([
      FIND,
      [SECURITY, 'add-trusted-cert', '-p', 'ssl', '-k', KEYCHAIN, PATH, '180 s'],
      FIND,
      EXPORT,
    ])
    expect(files[0]?.text).toBe(first.certPem)
    expect(files.map(({ text }) => text).join('')).not.toContain('PRIVATE')
    expect(filesAreGone()).toBe(true)
    calls = []
    await stores.untrust(first)
    expect(calls).toEqual([
      [SECURITY, 'remove-trusted-cert', PATH, '180 s'],
      [SECURITY, 'delete-certificate', '-Z', sha1(first), KEYCHAIN, '180 s'],
      FIND,
    ])
    expect(kept.size).toBe(0)
  })

  it('is looked at without a question', async () => {
    const [state] = await stores.look(first)
    expect(state).toMatchObject({ name: 'Login keychain', state: 'untrusted' })
    await stores.trust(first)
    expect(await stores.look(first)).toMatchObject([{ state: 'trusted' }])
    expect(await stores.look(second)).toMatchObject([{ state: 'untrusted' }])
    expect(await stores.look(null)).toMatchObject([{ state: 'untrusted' }])
    expect(calls.filter(([, command]) => command === 'add-trusted-cert')).toHaveLength(1)
  })

  it('says so when the user declines', async () => {
    isUserWilling = false
    await expect(stores.trust(first)).rejects.toMatchObject({
      code: 'CERTIFICATE_TRUST_FAILED',
      message: 'The certificate is not trusted by: Login keychain',
    })
    isUserWilling = true
    await stores.trust(first)
    isUserWilling = false
    const failing = expect(stores.untrust(first)).rejects
    await failing.toMatchObject({ message: expect.stringContaining('still trusted') })
    expect(filesAreGone()).toBe(true)
  })

  it('gets a renewed certificate in place of the old one', async () => {
    await stores.replace(first, second)
    expect(kept.size).toBe(0)
    await stores.trust(first)
    await stores.replace(first, second)
    expect([...kept.keys()]).toEqual([sha1(second)])
  })

  it('has nothing to remove while there is no certificate', async () => {
    await stores.untrust(null)
    expect(calls).toEqual([FIND])
  })

  it('is unavailable where its program is not there', async () => {
    const without = createTrustStores({
      ...{ platform: 'darwin', homeDirectory: '/Users/ada' },
      run: async () => ({ kind: 'missing' }),
    })
    expect(await without.look(first)).toMatchObject([{ state: 'unavailable' }])
    await expect(without.trust(first)).rejects.toMatchObject({ code: 'CERTIFICATE_TRUST_FAILED' })
  })
})

describe('the Windows store', () => {
  const CERTUTIL = 'D:\\Windows\\System32\\certutil.exe'
  let kept: Set<string>
  let isUserWilling: boolean

  beforeEach(() => {
    kept = new Set()
    isUserWilling = true
  })

  const run = recording((args, text) => {
    const [, command, , what = ''] = args
    if (command === '-store') {
      // Older Windows puts spaces between the bytes.
      const bytes = what.toLowerCase().replace(/(..)(?!$)/g, '$1 ')
      return kept.has(what) ? ended(`Zertifikathash(sha1): ${bytes}\r\n`) : ended('', 0x8009)
    }
    if (!isUserWilling) return ended('', 0x800704c7)
    if (command === '-addstore') kept.add(new X509Certificate(text).fingerprint.replaceAll(':', ''))
    if (command === '-delstore') kept.delete(what)
    return ended()
  })
  const stores = createTrustStores({
    ...{ platform: 'win32', homeDirectory: 'C:\\Users\\ada', systemRoot: 'D:\\Windows', run },
  })

  it('is asked by exactly these commands, with the certificate alone in a file', async () => {
    const look = [CERTUTIL, '-user', '-store', 'Root', sha1(first), '10 s']
    await stores.trust(first)
    expect(calls).toEqual([look, [CERTUTIL, '-user', '-addstore', 'Root', PATH, '180 s'], look])
    expect(files.map(({ text }) => text)).toEqual([first.certPem])
    expect(filesAreGone()).toBe(true)
    calls = []
    await stores.untrust(first)
    const remove = [CERTUTIL, '-user', '-delstore', 'Root', sha1(first), '180 s']
    expect(calls).toEqual([remove, look])
  })

  it('is looked at without a question', async () => {
    await stores.trust(first)
    expect(await stores.look(first)).toMatchObject([
      { name: 'Windows certificate store', state: 'trusted' },
    ])
    expect(await stores.look(second)).toMatchObject([{ state: 'untrusted' }])
    expect(await stores.look(null)).toMatchObject([{ state: 'untrusted' }])
  })

  it('says so when the user declines', async () => {
    isUserWilling = false
    const failing = { code: 'CERTIFICATE_TRUST_FAILED' }
    await expect(stores.trust(first)).rejects.toMatchObject(failing)
    isUserWilling = true
    await stores.trust(first)
    isUserWilling = false
    await expect(stores.untrust(first)).rejects.toMatchObject(failing)
  })

  it('gets a renewed certificate in place of the old one', async () => {
    await stores.trust(first)
    await stores.replace(first, second)
    expect([...kept]).toEqual([sha1(second)])
  })
})

it.each(['darwin', 'win32', 'linux'] as const)('the plan on %s says all of it', (platform) => {
  const stores = createTrustStores({
    ...{ platform, homeDirectory: '/home/ada' },
    run: async () => ({ kind: 'stopped' }),
  })
  const plan = stores.plan().join(' ')
  expect(plan).toMatch(/^Adds the certificate to (your|the trusted certificates of your)/)
  expect(plan).toContain('Restart the browser')
  expect(plan).toContain('localhost alone')
  expect(plan).toContain('removes it from the same places')
})
