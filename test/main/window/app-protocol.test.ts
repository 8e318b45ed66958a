import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { respond } from '../../../main/window/app-protocol.ts'

describe('app protocol', () => {
  let outer = ''
  let dir = ''

  beforeAll(async () => {
    outer = await mkdtemp(join(tmpdir(), 'app-protocol-'))
    dir = join(outer, 'renderer')
    await import('node:fs/promises').then((fs) => fs.mkdir(dir))
    await writeFile(join(dir, 'index.html'), '<meta nonce="__CSP_NONCE__">')
    await writeFile(join(dir, 'page.js'), 'let a = 1')
    await writeFile(join(dir, 'notes.txt'), 'not served')
    await writeFile(join(outer, 'secret.js'), 'outside')
  })

  afterAll(() => rm(outer, { recursive: true }))

  it('serves the page with a policy that allows no inline script and no connection', async () => {
    const response = await respond(dir, new Request('app://desk/index.html'))
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(response.status).toBe(200)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("connect-src 'none'")
    expect(policy).not.toContain('unsafe')
  })

  it('gives each load a nonce of its own, in the page and in the policy', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await respond(dir, new Request('app://desk/index.html'))
        const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1] ?? ''
        expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
        return nonce
      }),
    )
    expect(nonces[0]).not.toBe(nonces[1])
    expect(nonces[0]).toMatch(/^[\w+/=]{20,}$/)
  })

  it('serves a script with its type, and forbids guessing another', async () => {
    const response = await respond(dir, new Request('app://desk/page.js'))
    expect(response.headers.get('content-type')).toContain('text/javascript')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    { name: 'another host', url: 'app://other/index.html' },
    { name: 'a file outside, escaped', url: 'app://desk/%2e%2e%2fsecret.js' },
    { name: 'a file outside, with backslashes', url: 'app://desk/..%5csecret.js' },
    { name: 'a type that is not served', url: 'app://desk/notes.txt' },
    { name: 'a file that is not there', url: 'app://desk/other.js' },
    { name: 'the folder itself', url: 'app://desk/' },
    { name: 'a query', url: 'app://desk/index.html?x=1' },
    { name: 'a malformed escape', url: 'app://desk/%E0%A4%A.js' },
    { name: 'a NUL byte', url: 'app://desk/page.js%00.js' },
  ])('answers 404 and nothing else for $name', async ({ url }) => {
    const response = await respond(dir, new Request(url))
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('')
  })

  it('answers GET alone', async () => {
    const response = await respond(dir, new Request('app://desk/index.html', { method: 'POST' }))
    expect(response.status).toBe(404)
  })
})
