import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { MANIFEST, manifestCall } from './manifest-client.ts'
import { authorize, type Bench, formTokenOf, openBench, register } from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const page = async (path: string) => (await fetch(`${bench.practice.url}${path}`)).text()

function post(form: string): Promise<Response> {
  const body = new URLSearchParams({ form })
  return fetch(`${bench.practice.url}/apps`, { method: 'POST', body })
}

/** The value beside a name on a page. */
function shownAs(text: string, name: string): string {
  return new RegExp(`>${name}</dt><dd><code>([^<]+)`).exec(text)?.[1] ?? ''
}

describe('the prefilled link', () => {
  it.each([
    ['manifest_json', JSON.stringify(MANIFEST)],
    ['manifest_yaml', stringify(MANIFEST)],
  ])('by %s makes the app, and shows its credentials once', async (name, text) => {
    const link = `/apps?${new URLSearchParams({ new_app: '1', [name]: text })}`
    const asked = await page(link)
    expect(asked).toContain('Create <bdi>Manifest Bot</bdi>?')
    const form = formTokenOf(asked)
    const made = await (await post(form)).text()
    const client = {
      client_id: shownAs(made, 'Client ID'),
      client_secret: shownAs(made, 'Client Secret'),
    }
    expect(shownAs(made, 'Signing Secret')).toMatch(/^[0-9a-f]{32}$/)
    expect(shownAs(made, 'Verification Token')).toMatch(/^\w{24}$/)
    expect(await authorize(bench.practice, client)).toMatchObject({ ok: true })
    const again = await post(form)
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('used')])
  })

  it.each([
    ['a broken rule', { manifest_json: '{"display_information":{}}' }, '/display_information/name'],
    ['no JSON', { manifest_json: '{' }, 'This manifest cannot be used'],
    ['no YAML', { manifest_yaml: '{a: [' }, 'This manifest cannot be used'],
    ['nothing', {}, 'This manifest cannot be used'],
  ])('says why %s cannot be used', async (_name, query, said) => {
    const link = `/apps?${new URLSearchParams({ new_app: '1', ...query })}`
    const text = await page(link)
    expect(text).toContain(said)
    expect(text).not.toContain('name="form"')
  })

  it.each(['[', '- ', '{a: ', '? '])('survives a text of 30,000 characters of %s', async (part) => {
    // Written out, since encoding would make it longer than a request may be.
    const text = part.repeat(30_000 / part.length).replaceAll(' ', '+')
    expect(await page(`/apps?new_app=1&manifest_yaml=${text}`)).toContain('cannot be used')
    expect(await page('/apps')).toContain('Slack apps')
  })

  it('escapes what the manifest says', async () => {
    const manifest = { display_information: { name: '<script>x</script>' } }
    const link = { new_app: '1', manifest_json: JSON.stringify(manifest) }
    expect(await page(`/apps?${new URLSearchParams(link)}`)).not.toContain('<script')
  })
})

describe('the button for configuration tokens', () => {
  it('shows a fresh pair once, which works', async () => {
    const form = formTokenOf(await page('/apps'))
    const shown = await (await post(form)).text()
    const token = shownAs(shown, 'Access token')
    expect(shownAs(shown, 'Refresh token')).toMatch(/^xoxe-1-/)
    const validated = await manifestCall(bench.practice, 'validate', token, { manifest: MANIFEST })
    expect(validated).toMatchObject({ ok: true })
    expect((await post(form)).status).toBe(400)
    expect(await page('/apps')).not.toContain('xoxe')
  })

  it('needs the form of the page, sent by the page', async () => {
    expect((await post('x')).status).toBe(400)
    const form = formTokenOf(await page('/apps'))
    const headers = { Origin: 'https://evil.example' }
    const body = new URLSearchParams({ form })
    const init = { method: 'POST', headers, body }
    expect((await fetch(`${bench.practice.url}/apps`, init)).status).toBe(403)
  })

  it('takes no form of another page', async () => {
    const form = formTokenOf(await page('/practice/answers'))
    expect((await post(form)).status).toBe(400)
  })
})

describe('the settings of an app', () => {
  it('show what it is, without a secret', async () => {
    const app = await register(bench.practice, {
      name: 'A & B',
      botScopes: ['chat:write'],
      userScopes: ['search:read'],
    })
    const paths = ['', '/oauth', '/install-on-team']
    const pages = await Promise.all(paths.map((path) => page(`/apps/${app.appId}${path}`)))
    expect(pages[0]).toContain(app.client_id)
    expect(pages[1]).toContain('chat:write')
    expect(pages[1]).toContain('https://localhost:17871/callback')
    const link = /href="(\/oauth\/v2\/authorize[^"]+)"/.exec(pages[2] ?? '')?.[1] ?? ''
    expect(await page(link.replaceAll('&amp;', '&'))).toContain('As a bot')
    for (const text of pages) {
      expect(text).toContain('A &amp; B')
      expect(text).not.toContain(app.client_secret)
    }
    expect(await page('/apps')).toContain(`href="/apps/${app.appId}"`)
  })

  it.each(['/apps/A0UNKNOWN00', '/apps/', '/apps/x/oauth'])('%s is nowhere', async (path) => {
    expect((await fetch(`${bench.practice.url}${path}`)).status).toBe(404)
  })
})
