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

  test('items 2 and 20: it has no Node, and of main only the contract', async () => {
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

  test('items 3, 4, 6, 8, 9 and 10: its preferences are the safe ones', async () => {
    const preferences = await desk.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const contents = window?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      return contents.getLastWebPreferences()
    })
    const on = ['sandbox', 'contextIsolation', 'webSecurity']
    const off = [
      ...['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'webviewTag'],
      ...['allowRunningInsecureContent', 'experimentalFeatures', 'plugins', 'spellcheck'],
      ...['navigateOnDragDrop', 'enableBlinkFeatures', 'enableDeprecatedPaste'],
    ]
    expect(on.filter((name) => preferences[name] !== true)).toEqual([])
    expect(off.filter((name) => preferences[name])).toEqual([])
  })

  test('item 7: inline scripts and connections are stopped by its policy', async () => {
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

  test('items 5, 13 and 14: it opens no window, goes nowhere, and gets no permission', async () => {
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

  test('item 12: no webview is attached, not even where a window would allow them', async () => {
    const attached = await desk.app.evaluate(async ({ app, BrowserWindow }) => {
      let count = 0
      app.on('web-contents-created', (_event, contents) => {
        if (contents.getType() === 'webview') count += 1
      })
      const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } })
      try {
        let asked = 0
        window.webContents.on('will-attach-webview', () => {
          asked += 1
        })
        window.webContents.on('did-attach-webview', () => {
          count += 1
        })
        const page = '<webview src="about:blank" allowpopups nodeintegration></webview>'
        await window.loadURL(`data:text/html,${encodeURIComponent(page)}`)
        while (asked === 0) await new Promise((resolve) => setTimeout(resolve, 20))
        // What follows from it has been told by the time the page answers.
        await window.webContents.executeJavaScript('1')
        return { asked, count }
      } finally {
        window.destroy()
      }
    })
    expect(attached).toEqual({ asked: 1, count: 0 })
  })

  test('item 17: every call from another window is refused as data', async () => {
    const preload = resolve(import.meta.dirname, '../../out/preload/index.cjs')
    const codes = await desk.app.evaluate(
      async ({ BrowserWindow }, { preload, names }) => {
        const session = BrowserWindow.getAllWindows()[0]?.webContents.session
        const other = new BrowserWindow({
          show: false,
          webPreferences: { preload, ...(session ? { session } : {}) },
        })
        try {
          await other.loadURL('app://desk/index.html')
          const code = `Promise.all(${JSON.stringify(names)}.map(async (name) => {
            const answer = await window.tokenDesk.call[name]('id', null, [])
            return name + ': ' + (answer.ok ? 'ok' : answer.failure.code)
          }))`
          return (await other.webContents.executeJavaScript(code)) as string[]
        } finally {
          other.destroy()
        }
      },
      { preload, names: CALL_NAMES },
    )
    expect(codes).toEqual(CALL_NAMES.map((name) => `${name}: IPC_UNKNOWN_SENDER`))
  })

  test('item 17: every call from a frame of a page is refused as data', async () => {
    const preload = resolve(import.meta.dirname, '../../out/preload/index.cjs')
    const codes = await desk.app.evaluate(
      async ({ BrowserWindow }, { preload, names }) => {
        // A window with which everything went wrong: its preload script runs in every frame.
        const other = new BrowserWindow({
          show: false,
          webPreferences: { preload, nodeIntegrationInSubFrames: true },
        })
        try {
          const page = '<iframe srcdoc="a frame"></iframe>'
          await other.loadURL(`data:text/html,${encodeURIComponent(page)}`)
          const frame = other.webContents.mainFrame.frames[0]
          const code = `Promise.all(${JSON.stringify(names)}.map(async (name) => {
            const answer = await window.tokenDesk.call[name]('id', null, [])
            return name + ': ' + (answer.ok ? 'ok' : answer.failure.code)
          }))`
          return ((await frame?.executeJavaScript(code)) ?? []) as string[]
        } finally {
          other.destroy()
        }
      },
      { preload, names: CALL_NAMES },
    )
    expect(codes).toEqual(CALL_NAMES.map((name) => `${name}: IPC_UNKNOWN_SENDER`))
  })

  test('item 17: a frame inside the page itself has no way to main', async () => {
    const kinds = await desk.page.evaluate(() => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      const inside = frame.contentWindow as unknown as Record<string, unknown>
      const kinds = [typeof inside.tokenDesk, typeof inside.require, typeof inside.process]
      frame.remove()
      return kinds
    })
    expect(kinds).toEqual(['undefined', 'undefined', 'undefined'])
  })
})
