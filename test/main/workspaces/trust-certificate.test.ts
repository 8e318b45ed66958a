import { describe, expect, it } from 'vitest'
import { openCertificate } from '../../../main/oauth/certificate.ts'
import { CertificateToolMissing, CertificateTrustFailed } from '../../../main/oauth/errors.ts'
import type { StoreState, TrustStores } from '../../../main/oauth/trust/trust-stores.ts'
import type { Log } from '../../../main/platform/log.ts'
import { createCertificateStore } from '../../../main/workspaces/certificate-store.ts'
import {
  createTrustCertificateService,
  moveTrust,
} from '../../../main/workspaces/trust-certificate.ts'
import { openWorkspaces } from './workspaces-fixture.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Stores in memory: by their ID, the fingerprint that each trusts. */
function createFakeStores(ids: readonly string[]) {
  const trusted = new Map<string, string>()
  const odd = new Map<string, StoreState['state']>()
  let failure: Error | null = null
  const act = (change: () => void) => {
    change()
    if (failure !== null) throw failure
  }
  const stateOf = (id: string, fingerprint: string | undefined): StoreState['state'] =>
    odd.get(id) ?? (fingerprint && trusted.get(id) === fingerprint ? 'trusted' : 'untrusted')
  const changeable = () => ids.filter((id) => !odd.has(id))
  const stores: TrustStores = {
    look: async (certificate) =>
      ids.map((id) => ({ id, name: id, detail: '', state: stateOf(id, certificate?.fingerprint) })),
    trust: async ({ fingerprint }) =>
      act(() => {
        for (const id of changeable()) trusted.set(id, fingerprint)
      }),
    untrust: async () =>
      act(() => {
        for (const id of changeable()) trusted.delete(id)
      }),
    replace: async (old, next) =>
      act(() => {
        const moved = changeable().filter((id) => trusted.get(id) === old.fingerprint)
        for (const id of moved) trusted.set(id, next.fingerprint)
      }),
    plan: () => ['What it will do.'],
    obstacle: async () => (failure instanceof CertificateToolMissing ? failure : null),
  }
  const fail = (next: Error | null) => {
    failure = next
  }
  return { stores, trusted, odd, fail }
}

async function start(ids: readonly string[] = ['chromium', 'firefox']) {
  const desk = await openWorkspaces()
  const fake = createFakeStores(ids)
  const store = createCertificateStore(() => desk.vault)
  const logged: string[] = []
  const say = (said: string) => logged.push(said)
  const log: Log = { debug: say, info: say, error: say }
  let changes = 0
  const onChange = () => {
    changes += 1
  }
  const parts = { store, stores: async () => fake.stores, log, onChange }
  const certificate = openCertificate({ store, clock: desk.clock, onRenewed: moveTrust(parts) })
  const trust = createTrustCertificateService({ ...parts, certificate })
  return { ...desk, ...fake, store, trust, certificate, logged, changeCount: () => changes }
}

describe('looking', () => {
  it('makes nothing, and says what trusting would do', async () => {
    const { trust, store } = await start()
    const view = await trust.look()
    expect(view).toMatchObject({ fingerprint: null, expiresAtMs: null, failure: null })
    expect(view.names).toEqual(['localhost', '127.0.0.1', '::1'])
    expect(view.plan).toEqual(['What it will do.'])
    expect(view.stores.map(({ state }) => state)).toEqual(['untrusted', 'untrusted'])
    expect(await store.load()).toBeNull()
    expect(trust.isTrusted()).toBe(false)
  })

  it('finds out what was changed elsewhere', async () => {
    const { trust, trusted, changeCount } = await start()
    await trust.trust()
    trusted.clear()
    expect(trust.isTrusted()).toBe(true)
    const before = changeCount()
    await trust.look()
    expect(trust.isTrusted()).toBe(false)
    expect(changeCount()).toBeGreaterThan(before)
  })

  it('says what is missing', async () => {
    const { trust, fail } = await start()
    fail(new CertificateToolMissing())
    expect((await trust.look()).failure).toMatchObject({ code: 'CERTIFICATE_TOOL_MISSING' })
  })
})

describe('trusting', () => {
  it('makes the certificate where there is none, and remembers who trusts it', async () => {
    const { trust, store, certificate, trusted, vault } = await start()
    const view = await trust.trust()
    const kept = await store.load()
    expect(view.fingerprint).toBe(kept?.fingerprint)
    expect(view.expiresAtMs).toBe(kept?.expiresAtMs)
    expect(view.stores.map(({ state }) => state)).toEqual(['trusted', 'trusted'])
    expect([...trusted.values()]).toEqual([kept?.fingerprint, kept?.fingerprint])
    expect(trust.isTrusted()).toBe(true)
    expect(store.trustedIn()).toEqual(['chromium', 'firefox'])
    // What was seen is in the same record as the certificate, and its key is still there.
    expect((await certificate()).keyPem.expose()).toBe(kept?.keyPem.expose())
    expect(vault.records('certificate')).toHaveLength(1)
  })

  it('is undone', async () => {
    const { trust, trusted } = await start()
    await trust.trust()
    const view = await trust.untrust()
    expect(view.stores.map(({ state }) => state)).toEqual(['untrusted', 'untrusted'])
    expect(trusted.size).toBe(0)
    expect(trust.isTrusted()).toBe(false)
  })

  it('can be undone where the certificate itself is lost', async () => {
    const { trust, trusted } = await start()
    trusted.set('chromium', 'an earlier one')
    expect((await trust.untrust()).fingerprint).toBeNull()
    expect(trusted.size).toBe(0)
  })

  it('says in the view what one store had against it, beside what is the case', async () => {
    const { trust, fail, odd } = await start()
    odd.set('firefox', 'unavailable')
    fail(new CertificateTrustFailed('trust', ['Firefox']))
    const view = await trust.trust()
    expect(view.failure).toMatchObject({ code: 'CERTIFICATE_TRUST_FAILED' })
    expect(view.stores.map(({ state }) => state)).toEqual(['trusted', 'unavailable'])
    expect(trust.isTrusted()).toBe(true)
  })

  it('takes an open Firefox for what it was', async () => {
    const { trust, store, odd } = await start(['firefox'])
    odd.set('firefox', 'running')
    await trust.trust()
    expect(trust.isTrusted()).toBe(false)
    odd.clear()
    await trust.trust()
    odd.set('firefox', 'running')
    await trust.look()
    expect(store.trustedIn()).toEqual(['firefox'])
  })

  it('hides no defect', async () => {
    const { trust, fail } = await start()
    fail(new RangeError('a defect'))
    await expect(trust.trust()).rejects.toThrow(RangeError)
  })

  it('says that the vault is locked', async () => {
    const { trust, vault } = await start()
    vault.lock()
    await expect(trust.look()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    await expect(trust.trust()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(() => trust.isTrusted()).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }))
  })
})

describe('a renewed certificate', () => {
  it('takes the trust of the old one along', async () => {
    const { trust, trusted, certificate, clock, store } = await start()
    const old = (await trust.trust()).fingerprint
    trusted.delete('firefox')
    clock.advance(390 * DAY_MS)
    const renewed = await certificate()
    expect(renewed.fingerprint).not.toBe(old)
    expect([...trusted]).toEqual([['chromium', renewed.fingerprint]])
    expect(store.trustedIn()).toEqual(['chromium'])
    expect(trust.isTrusted()).toBe(true)
  })

  it('is not taken for trusted where the move failed, and is used all the same', async () => {
    const { trust, certificate, clock, fail, stores, logged } = await start()
    await trust.trust()
    clock.advance(390 * DAY_MS)
    stores.replace = async () => {
      throw new CertificateTrustFailed('trust', ['Chromium'])
    }
    fail(null)
    const renewed = await certificate()
    expect(trust.isTrusted()).toBe(false)
    expect((await trust.look()).fingerprint).toBe(renewed.fingerprint)
    expect(logged).toContain('trust not moved to the renewed certificate')
  })
})
