import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { VaultLocked } from '../../../main/vault/errors.ts'
import { deleteEverything } from '../../../main/workspaces/delete-everything.ts'
import type { TrustCertificateService } from '../../../main/workspaces/trust-certificate.ts'
import { untrustEverywhere } from '../../../main/workspaces/untrust-everywhere.ts'

function createOptions() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'delete-everything-'))
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }))
  writeFileSync(join(dataFolder, 'vault.json'), '')
  const steps: string[] = []
  const step = (name: string) => async () => {
    steps.push(`${name}${existsSync(join(dataFolder, 'vault.json')) ? '' : ' after the vault'}`)
    return true
  }
  const options = {
    dataFolder,
    untrust: step('untrust'),
    close: async () => void (await step('close')()),
    removeKeyringItem: step('keyring'),
  }
  return { options, steps }
}

describe('delete everything', () => {
  it('untrusts while the vault is open, ends all that writes, then deletes', async () => {
    const { options, steps } = createOptions()
    expect(await deleteEverything(options)).toEqual([])
    expect(steps).toEqual(['untrust', 'close', 'keyring'])
    expect(existsSync(join(options.dataFolder, 'vault.json'))).toBe(false)
  })

  it('goes on whatever fails, and says what is left', async () => {
    const { options } = createOptions()
    const { dataFolder } = options
    mkdirSync(join(dataFolder, 'practice'))
    writeFileSync(join(dataFolder, 'practice/mine.md'), '')
    writeFileSync(join(dataFolder, 'notes.txt'), '')
    const fail = async (): Promise<never> => {
      throw new VaultLocked()
    }
    const left = await deleteEverything({
      ...{ dataFolder, untrust: fail, close: fail, removeKeyringItem: async () => false },
    })
    expect(left).toEqual([
      { what: 'certificate-trust', path: null },
      { what: 'keyring-item', path: null },
      { what: 'files', path: join(dataFolder, 'notes.txt') },
      { what: 'practice', path: join(dataFolder, 'practice') },
    ])
    expect(existsSync(join(dataFolder, 'vault.json'))).toBe(false)
  })
})

type View = Awaited<ReturnType<TrustCertificateService['look']>>

/** Stores that answer this before and after. */
function createTrust(before: Partial<View>, after: Partial<View>, isTrusted = true) {
  const calls: string[] = []
  const trust = {
    async look() {
      calls.push('look')
      return { fingerprint: 'AB', stores: [], failure: null, ...before }
    },
    async untrust() {
      calls.push('untrust')
      return { fingerprint: 'AB', stores: [], failure: null, ...after }
    },
    isTrusted: () => isTrusted,
  } as unknown as TrustCertificateService
  return { calls, trust }
}

const store = (state: View['stores'][number]['state']) => ({
  ...{ id: state, name: '', detail: '', state },
})
const failure = (code: 'CERTIFICATE_TOOL_MISSING' | 'CERTIFICATE_TRUST_FAILED') => ({
  ...{ code, message: '', advice: '', remedy: 'none' as const },
})

describe('the certificate', () => {
  it('needs no untrusting where none was ever made', async () => {
    const { trust, calls } = createTrust({ fingerprint: null }, {})
    expect(await untrustEverywhere(trust)).toBe(true)
    expect(calls).toEqual(['look'])
  })

  it.each([
    { what: 'every store let it go', after: { stores: [store('untrusted')] }, is: true },
    {
      what: 'a Firefox is open',
      after: { stores: [store('untrusted'), store('running')] },
      is: false,
    },
    { what: 'a store still has it', after: { stores: [store('trusted')] }, is: false },
    { what: 'a store failed', after: { failure: failure('CERTIFICATE_TRUST_FAILED') }, is: false },
    {
      what: 'the tool is gone',
      after: { failure: failure('CERTIFICATE_TOOL_MISSING') },
      is: false,
    },
  ])('is $is when $what', async ({ after, is }) => {
    const { trust, calls } = createTrust({}, after)
    expect(await untrustEverywhere(trust)).toBe(is)
    expect(calls).toEqual(['look', 'untrust'])
  })

  it('was never trusted where the tool was never there', async () => {
    const after = { failure: failure('CERTIFICATE_TOOL_MISSING') }
    expect(await untrustEverywhere(createTrust({}, after, false).trust)).toBe(true)
  })
})
