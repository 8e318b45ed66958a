import { resolve } from 'node:path'
import { expect, test } from 'playwright/test'
import { CALL_NAMES, EVENT_NAMES } from '../../main/contract/names.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'

/** Electron's security checklist, tried on the running page (docs: security, items 2 to 20). */
test.describe('the page can do nothing but call main', () => {
  let desk: Desk

  test.beforeAll(async () => {
    desk = await launchDesk()
  })

  test.afterAll(async () => {
    await desk.close()
    await removeFolder(desk.profile)
  })

  test('it has no Node, and of main only the contract', async () => {
    const seen = await desk.page.evaluate(() => ({
      node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
      api: Object.fromEntries(
        Object.entries(Reflect.get(window, 'tokenDesk') as Record<string, object>).map(
          ([part, names]) => [part, Object.keys(names).sort()],
        ),
      ),
    }))
    expect(seen.node).toEqual(['undefined', 'undefined'])
    expect(seen.api).toEqual({ call: [...CALL_NAMES].sort(), on: [...EVENT_NAMES].sort() })
  })

  test('its preferences are the safe ones', async () => {
    const preferences = await desk.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const contents = window?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      const all = contents.getLastWebPreferences()
      const names = ['sandbox', 'contextIsolation', 'nodeIntegration', 'webviewTag', 'spellcheck']
      return Object.fromEntries(names.map((name) => [name, all[name] ?? false]))
    })
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    })
  })

  test('inline scripts and connections are stopped by its policy', async () => {
    const stopped = await desk.page.evaluate(async () => {
      const violated = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          if (event.effectiveDirective === 'connect-src') resolve(event.effectiveDirective)
        })
      })
      const script = document.createElement('script')
      let wasTaken = true
      try {
        script.textContent = 'window.wasRun = true'
        document.body.append(script)
      } catch {
        // Trusted Types refuse the text before it gets near the document.
        wasTaken = false
      }
      const fetched = await fetch('https://localhost:1/').then(
        () => 'answered',
        () => 'stopped',
      )
      return { violated: await violated, fetched, wasTaken, wasRun: 'wasRun' in window }
    })
    expect(stopped).toEqual({
      violated: 'connect-src',
      fetched: 'stopped',
      wasTaken: false,
      wasRun: false,
    })
  })

  test('it opens no window, goes nowhere, and gets no permission', async () => {
    const got = await desk.page.evaluate(async () => {
      const opened = window.open('https://example.com/') === null ? 'none' : 'a window'
      location.href = 'https://example.com/'
      const permission = await Notification.requestPermission()
      return { opened, permission }
    })
    expect(got).toEqual({ opened: 'none', permission: 'denied' })
    expect(desk.page.url()).toBe('app://desk/index.html')
    const count = await desk.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
    )
    expect(count).toBe(1)
  })

  test('a call from another window is refused as data', async () => {
    const preload = resolve(import.meta.dirname, '../../out/preload/index.cjs')
    const answer = await desk.app.evaluate(async ({ BrowserWindow }, preload) => {
      const session = BrowserWindow.getAllWindows()[0]?.webContents.session
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload, ...(session ? { session } : {}) },
      })
      try {
        await other.loadURL('app://desk/index.html')
        const code = "window.tokenDesk.call['desk/load']()"
        return (await other.webContents.executeJavaScript(code)) as unknown
      } finally {
        other.destroy()
      }
    }, preload)
    expect(answer).toMatchObject({ ok: false, failure: { code: 'IPC_UNKNOWN_SENDER' } })
  })
})
