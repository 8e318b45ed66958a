/**
 * Electron's security list (docs: tutorial/security) at run time, on the packaged and fused app, driven
 * over the debugging port that only the smoke variant keeps. Items that cannot be seen from outside are
 * in test/e2e/hardening.e2e.ts; test/security/electron-items.test.ts counts all twenty.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, type Page, test } from 'playwright/test'
import type { Api } from '../../main/contract/api.ts'
import { CALL_NAMES, EVENT_NAMES } from '../../main/contract/names.ts'
import { type PackagedApp, packagedExecutable, startPackagedApp } from './packaged-app.ts'
import { installSystemBrowser, type SystemBrowser } from './system-browser.ts'

const OWN = /^(app:\/\/desk\/|data:)/

/** The page reaches Electron by this name alone. */
declare const tokenDesk: Api

test.describe('Electron’s security list, packaged', () => {
  let folder = ''
  let system: SystemBrowser
  let app: PackagedApp
  let page: Page
  let web: { readonly server: Server; readonly url: string; readonly asked: string[] }

  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'token-desk-smoke-security-'))
    system = await installSystemBrowser(folder)
    web = await openForeignSite()
    app = await startPackagedApp(packagedExecutable('TOKEN_DESK_SMOKE_APP'), {
      profile: join(folder, 'profile'),
      env: system.env,
    })
    page = await app.page()
    await expect(page.getByRole('heading', { name: 'Connect a Slack workspace' })).toBeVisible()
  })

  test.afterAll(async () => {
    await app.close()
    web.server.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  test('item 1: nothing is loaded but the app’s own files', async () => {
    const loaded = await page.evaluate(() => [
      location.href,
      ...performance.getEntries().map(({ name }) => name),
      ...[...document.querySelectorAll('[src], link[href]')].map(
        (one) => (one as HTMLImageElement).src ?? (one as HTMLLinkElement).href,
      ),
    ])
    const addresses = loaded.filter((name) => /^[a-z][a-z0-9+.-]*:/i.test(name ?? ''))
    expect(addresses.length).toBeGreaterThan(2)
    expect(addresses.filter((name) => !OWN.test(name))).toEqual([])
  })

  test('item 2: the page has no Node', async () => {
    const kinds = await page.evaluate(() =>
      [
        'require',
        'process',
        'module',
        'exports',
        'Buffer',
        'global',
        'setImmediate',
        '__dirname',
      ].map((name) => typeof Reflect.get(globalThis, name)),
    )
    expect(new Set(kinds)).toEqual(new Set(['undefined']))
  })

  test('item 3: the preload script lives in a world of its own, and what it hands over is frozen', async () => {
    const session = await page.context().newCDPSession(page)
    const worlds: string[] = []
    session.on('Runtime.executionContextCreated', ({ context }) => {
      worlds.push(`${context.auxData?.type}: ${context.name}`)
    })
    await session.send('Runtime.enable')
    expect(worlds).toContain('isolated: Electron Isolated Context')
    await session.detach()
    const changed = await page.evaluate(() => {
      const before = tokenDesk.call['desk/load']
      Reflect.set(tokenDesk.call, 'desk/load', () => 'stolen')
      Reflect.set(globalThis, 'tokenDesk', 'stolen')
      return tokenDesk.call['desk/load'] !== before
    })
    expect(changed).toBe(false)
  })

  test('item 4: every page is sandboxed, and no switch of ours says otherwise', async () => {
    const renderers = (await processesOf(app.profile)).filter(({ line }) =>
      line.includes('--type=renderer'),
    )
    expect(renderers.length).toBeGreaterThan(0)
    if (process.getuid?.() === 0) {
      // Chromium does not start as root unless it is told to go without: the app never says so itself.
      const { code, output } = await startAsItIs(join(folder, 'as-root'))
      expect(output).toContain('Running as root without --no-sandbox is not supported')
      expect(code).not.toBe(0)
      return
    }
    for (const { line, status } of renderers) {
      expect(line).not.toContain('--no-sandbox')
      expect(status).toMatch(/^Seccomp:\s+2$/m)
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
    }
  })

  test('item 5: every permission is denied', async () => {
    const answers = await page.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'midi',
        'clipboard-read',
      ]
      const states = await Promise.all(
        names.map((name) =>
          navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state),
        ),
      )
      const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        () => 'denied',
      )
      const place = await new Promise<string>((answer) =>
        navigator.geolocation.getCurrentPosition(
          () => answer('granted'),
          () => answer('denied'),
        ),
      )
      const clipboard = await navigator.clipboard.readText().then(
        () => 'granted',
        () => 'denied',
      )
      return [...states, media, place, clipboard, await Notification.requestPermission()]
    })
    expect(new Set(answers)).toEqual(new Set(['denied']))
  })

  test('item 7: the policy stops inline scripts, eval, foreign scripts and connections', async () => {
    const asked = web.asked.length
    const stopped = await page.evaluate(async (url) => {
      const violated: string[] = []
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        violated.push(effectiveDirective),
      )
      const refused = (run: () => unknown) => {
        try {
          run()
          return 'taken'
        } catch {
          return 'refused'
        }
      }
      const texts = [
        () => document.createElement('button').setAttribute('onclick', 'globalThis.wasRun = true'),
        () => Object.assign(document.createElement('script'), { textContent: 'wasRun = true' }),
        () => Object.assign(document.createElement('script'), { src: url }),
        () => Object.assign(document.createElement('div'), { innerHTML: '<b>x</b>' }),
        () => new Function('return 1')(),
      ]
      // In a turn of its own: the debugger lets what it evaluates itself pass (allowUnsafeEvalBlockedByCSP).
      await new Promise((resolve) => setTimeout(resolve))
      const evaluated = texts.map(refused)
      const failed = await fetch(url).then(
        () => 'answered',
        () => 'stopped',
      )
      const image = new Image()
      const noImage = new Promise((done) => image.addEventListener('error', done))
      image.src = url
      await noImage
      return { failed, evaluated, violated, wasRun: 'wasRun' in globalThis }
    }, web.url)
    expect(stopped).toMatchObject({ failed: 'stopped', wasRun: false })
    expect(new Set(stopped.evaluated)).toEqual(new Set(['refused']))
    const directives = ['connect-src', 'img-src', 'require-trusted-types-for']
    expect(stopped.violated).toEqual(expect.arrayContaining(directives))
    expect(web.asked).toHaveLength(asked)
  })

  test('items 8, 9 and 10: no process was started with insecure content or experiments', async () => {
    const lines = (await processesOf(app.profile)).map(({ line }) => line)
    expect(lines.length).toBeGreaterThan(1)
    const switches =
      /--(allow-running-insecure-content|enable-experimental-web-platform-features|enable-blink-features|disable-web-security|node-integration|enable-experimental)/
    expect(lines.filter((line) => switches.test(line))).toEqual([])
  })

  test('item 11: a webview is a name without a meaning', async () => {
    const kinds = await page.evaluate(() => {
      const view = document.createElement('webview')
      view.setAttribute('allowpopups', '')
      view.setAttribute('src', 'https://example.com/')
      document.body.append(view)
      const kind = [typeof Reflect.get(view, 'loadURL'), view.shadowRoot, view.childElementCount]
      view.remove()
      return kind
    })
    expect(kinds).toEqual(['undefined', null, 0])
  })

  test('item 13: the page goes nowhere', async () => {
    const asked = web.asked.length
    await page.evaluate((url) => {
      location.href = url
      location.assign('file:///etc/passwd')
      const link = Object.assign(document.createElement('a'), { href: url })
      document.body.append(link)
      link.click()
      link.remove()
      const form = Object.assign(document.createElement('form'), { action: url })
      document.body.append(form)
      form.submit()
      form.remove()
    }, web.url)
    const frame = await page.evaluate(async (url) => {
      const frame = document.createElement('iframe')
      frame.src = url
      const seen = new Promise((done) => frame.addEventListener('load', done))
      document.body.append(frame)
      await seen
      const inside = (() => {
        try {
          return typeof Reflect.get(frame.contentWindow ?? {}, 'tokenDesk')
        } catch {
          return 'another origin'
        }
      })()
      frame.remove()
      return inside
    }, web.url)
    expect(['undefined', 'another origin']).toContain(frame)
    expect(page.url()).toBe('app://desk/index.html')
    expect(web.asked).toHaveLength(asked)
  })

  test('item 14: the page opens no window', async () => {
    const opened = await page.evaluate((url) => {
      const targets = [url, 'about:blank', 'app://desk/index.html', 'file:///etc/passwd']
      return targets.map((target) => window.open(target) === null)
    }, web.url)
    expect(opened).toEqual([true, true, true, true])
    expect(page.context().pages()).toHaveLength(1)
  })

  test('item 15: no address of the page’s choice reaches the system', async () => {
    const codes = await page.evaluate(async () => {
      const targets = [
        'file:///etc/passwd',
        'smb://host/share',
        'javascript:0',
        'http://evil.example',
      ]
      const codes: string[] = []
      for (const baseUrl of targets) {
        const answer = await tokenDesk.call['slack-apps/open-settings']({ kind: 'custom', baseUrl })
        codes.push(answer.ok ? 'opened' : answer.failure.code)
      }
      return codes
    })
    expect(new Set(codes)).toEqual(new Set(['INPUT_INVALID']))
    // What may be opened is: so the record above would have seen the others.
    await page.evaluate(() => tokenDesk.call['slack-apps/open-settings']({ kind: 'slack' }))
    expect(await system.opened()).toBe('https://api.slack.com/apps')
  })

  test('item 16: it is the Electron that is pinned, or says that it is not', async () => {
    const text = await readFile(resolve(import.meta.dirname, '../../package.json'), 'utf8')
    const pinned = (JSON.parse(text) as { devDependencies: { electron: string } }).devDependencies
    expect(pinned.electron).toMatch(/^\d+\.\d+\.\d+$/)
    // Supported at the time of writing: 43, 44 and 45 (Electron: release timelines).
    expect(Number(pinned.electron.split('.')[0])).toBeGreaterThanOrEqual(43)
    const { electron, isTestRuntime } = await page.evaluate(async () => {
      const answer = await tokenDesk.call['desk/load']()
      return answer.ok ? answer.value.info : { electron: '', isTestRuntime: false }
    })
    expect(isTestRuntime || electron === pinned.electron).toBe(true)
    expect(electron).toMatch(/^\d+\.\d+\.\d+/)
  })

  test('item 18: the page comes over a scheme of its own, and no file can be read', async () => {
    const read = await page.evaluate(async () => {
      const targets = [
        'file:///etc/passwd',
        'app://desk/../../package.json',
        'app://other/index.html',
      ]
      const bodies = targets.map((url) =>
        fetch(url).then(
          () => 'read',
          () => 'stopped',
        ),
      )
      return { protocol: location.protocol, bodies: await Promise.all(bodies) }
    })
    expect(read).toEqual({ protocol: 'app:', bodies: ['stopped', 'stopped', 'stopped'] })
  })

  test('item 19: the fuses that let in another program are off', async () => {
    const wire = await getCurrentFuseWire(packagedExecutable('TOKEN_DESK_PRODUCT'))
    const off = [
      'RunAsNode',
      'EnableNodeOptionsEnvironmentVariable',
      'EnableNodeCliInspectArguments',
    ]
    for (const name of [
      ...off,
      'GrantFileProtocolExtraPrivileges',
    ] as (keyof typeof FuseV1Options)[]) {
      expect(wire[FuseV1Options[name] as unknown as FuseV1Options.RunAsNode], name).toBe(
        FuseState.DISABLE,
      )
    }
    // It was started with ELECTRON_RUN_AS_NODE, NODE_OPTIONS and --inspect, and is the app all the same.
    expect(app.output()).not.toMatch(/Debugger listening|no\/such\/file/)
  })

  test('item 20: the page has the contract, and nothing of Electron', async () => {
    const seen = await page.evaluate(() => ({
      parts: Object.keys(tokenDesk).sort(),
      calls: Object.keys(tokenDesk.call).sort(),
      events: Object.keys(tokenDesk.on).sort(),
      kinds: [...new Set(Object.values(tokenDesk.call).map((one) => typeof one))],
      electron: ['electron', 'ipcRenderer', 'ipc', 'contextBridge', 'webFrame'].filter(
        (name) => name in globalThis,
      ),
    }))
    expect(seen).toEqual({
      parts: ['call', 'on'],
      calls: [...CALL_NAMES].sort(),
      events: [...EVENT_NAMES].sort(),
      kinds: ['function'],
      electron: [],
    })
  })

  // The last, since the page runs without its policy from here on.
  test('item 6: the same-origin rule holds, also where no policy stops the page', async () => {
    const session = await page.context().newCDPSession(page)
    await session.send('Page.setBypassCSP', { enabled: true })
    await page.reload()
    const read = (path: string) =>
      page.evaluate(
        (url) =>
          fetch(url).then(
            (answer) => answer.text(),
            () => 'stopped',
          ),
        web.url + path,
      )
    expect(await read('/open')).toBe('for all')
    const asked = web.asked.length
    expect(await read('/closed')).toBe('stopped')
    expect(web.asked.slice(asked)).toEqual(['/closed'])
    await session.detach()
  })
})

/** A site of somebody else on this computer: it sees whether the page came by. */
async function openForeignSite() {
  const asked: string[] = []
  const server = createServer(({ url = '' }, response) => {
    asked.push(url)
    const headers = url === '/open' ? { 'Access-Control-Allow-Origin': '*' } : {}
    response.writeHead(200, headers).end('for all')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** All processes of the app that uses this profile, as the system shows them. */
async function processesOf(profile: string): Promise<{ line: string; status: string }[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const all = await Promise.all(
    ids.map(async (id) => {
      // One that ended meanwhile is none of them.
      const read = (name: string) => readFile(`/proc/${id}/${name}`, 'utf8').catch(() => '')
      return { line: (await read('cmdline')).replaceAll('\0', ' '), status: await read('status') }
    }),
  )
  return all.filter(({ line }) => line.includes(profile))
}

/** The product with no switch but its profile. */
async function startAsItIs(profile: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(packagedExecutable('TOKEN_DESK_PRODUCT'), ['--profile', profile], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}
