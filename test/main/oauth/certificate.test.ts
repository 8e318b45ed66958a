import { createPrivateKey, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type CertificateStore,
  createLoopbackCertificate,
  type LoopbackCertificate,
  needsRenewal,
  openCertificate,
} from '../../../main/oauth/certificate.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { codeOf } from './support.ts'

const DAY_MS = 24 * 60 * 60 * 1000

describe('createLoopbackCertificate', () => {
  const clock = createFakeClock()
  let made: LoopbackCertificate
  let x509: X509Certificate
  beforeAll(async () => {
    made = await createLoopbackCertificate({ clock })
    x509 = new X509Certificate(made.certPem)
  })

  it('is a leaf for localhost alone', () => {
    expect(x509.ca).toBe(false)
    expect(x509.subjectAltName?.split(', ')).toEqual([
      'DNS:localhost',
      'IP Address:127.0.0.1',
      'IP Address:0:0:0:0:0:0:0:1',
    ])
    expect(x509.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
    expect(x509.checkHost('localhost')).toBe('localhost')
    expect(x509.checkHost('example.com')).toBeUndefined()
  })

  it('is told from other certificates for localhost by its subject', () => {
    expect(x509.subject.split('\n')).toEqual(['CN=localhost', 'O=Token Desk for Slack'])
  })

  it('has a P-256 key of its own, signed by it', () => {
    expect(x509.publicKey.asymmetricKeyType).toBe('ec')
    expect(x509.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
    expect(x509.checkPrivateKey(createPrivateKey(made.keyPem.expose()))).toBe(true)
    expect(x509.verify(x509.publicKey)).toBe(true)
  })

  it('lives no more than 398 days and is valid now', () => {
    const fromMs = Date.parse(x509.validFrom)
    expect(made.expiresAtMs - fromMs).toBeLessThanOrEqual(398 * DAY_MS)
    expect(fromMs).toBeLessThan(clock.now())
    expect(made.expiresAtMs).toBe(Date.parse(x509.validTo))
    expect(made.fingerprint).toBe(x509.fingerprint256)
  })

  it('does not print its key', () => {
    expect(JSON.stringify(made)).not.toContain('PRIVATE')
  })
})

it('says so when none can be made', async () => {
  const clock = { ...createFakeClock(), now: () => Number.NaN }
  expect(await codeOf(() => createLoopbackCertificate({ clock }))).toBe('OAUTH_CERTIFICATE_FAILED')
})

describe('needsRenewal', () => {
  const nowMs = Date.UTC(2026, 10, 23)
  it.each([
    { name: 'fresh', leftDays: 396, expected: false },
    { name: '15 days left', leftDays: 15, expected: false },
    { name: '13 days left', leftDays: 13, expected: true },
    { name: 'over', leftDays: -1, expected: true },
    { name: 'made when the clock was wrong', leftDays: 500, expected: true },
  ])('$name: $expected', ({ leftDays, expected }) => {
    expect(needsRenewal(certificateUntil(nowMs + leftDays * DAY_MS), nowMs)).toBe(expected)
  })
})

describe('openCertificate', () => {
  it('makes one when asked twice at the same time, and keeps it', async () => {
    const store = createMemoryStore()
    const certificate = openCertificate({ store, clock: createFakeClock() })
    const [first, second] = await Promise.all([certificate(), certificate()])
    expect(second).toBe(first)
    expect(store.saved).toEqual([first])
    expect(await certificate()).toBe(first)
    expect(store.saved).toHaveLength(1)
  })

  it('renews before the end', async () => {
    const store = createMemoryStore()
    const clock = createFakeClock()
    const certificate = openCertificate({ store, clock })
    const first = await certificate()
    clock.advance(383 * DAY_MS)
    const second = await certificate()
    expect(second.fingerprint).not.toBe(first.fingerprint)
    expect(needsRenewal(second, clock.now())).toBe(false)
    expect(store.saved).toHaveLength(2)
  })

  it('tells of a renewal once it is kept, and of nothing else', async () => {
    const store = createMemoryStore()
    const clock = createFakeClock()
    const told: (readonly [old: string, renewed: string, savedCount: number])[] = []
    const certificate = openCertificate({
      ...{ store, clock },
      onRenewed: async (old, renewed) => {
        told.push([old.fingerprint, renewed.fingerprint, store.saved.length])
      },
    })
    const first = await certificate()
    await certificate()
    expect(told).toEqual([])
    clock.advance(383 * DAY_MS)
    const [second] = await Promise.all([certificate(), certificate()])
    await certificate()
    expect(told).toEqual([[first.fingerprint, second.fingerprint, 2]])
  })

  it('passes a failure of the store on, and tries again when asked again', async () => {
    const store = createMemoryStore()
    const certificate = openCertificate({ store, clock: createFakeClock() })
    store.isBroken = true
    await expect(certificate()).rejects.toThrow('broken')
    store.isBroken = false
    expect((await certificate()).certPem).toContain('BEGIN CERTIFICATE')
  })
})

function createMemoryStore(): CertificateStore & {
  saved: LoopbackCertificate[]
  isBroken: boolean
} {
  return {
    saved: [],
    isBroken: false,
    async load() {
      return this.saved.at(-1) ?? null
    },
    async save(certificate) {
      if (this.isBroken) throw new Error('broken')
      this.saved.push(certificate)
    },
  }
}

function certificateUntil(expiresAtMs: number): LoopbackCertificate {
  // needsRenewal looks at the end alone.
  return { expiresAtMs } as LoopbackCertificate
}
