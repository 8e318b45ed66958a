import { inspect } from 'node:util'
import type { Shell } from 'electron'
import { describe, expect, it } from 'vitest'
import { createElectronBrowser } from '../../../main/platform/electron-browser.ts'

function createBrowser(openExternal: (url: string) => Promise<void>) {
  return createElectronBrowser({ openExternal } as unknown as Shell)
}

describe('opening an address', () => {
  it.each([
    'https://slack.com/oauth/v2/authorize?client_id=1.2&state=x',
    'https://northwind.test:8443/a',
    'http://localhost:17870/consent?a=b',
    'http://127.0.0.1:17870/',
    'http://[::1]:17870/',
  ])('opens %s', async (url) => {
    const opened: string[] = []
    await createBrowser(async (target) => void opened.push(target)).open(url)
    expect(opened).toEqual([url])
  })

  it.each([
    '',
    'slack.com',
    'http://slack.com/',
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'http://127.0.0.1@example.com/',
    'https://slack.com@example.com/',
    'https://user:word@slack.com/',
    'http://0.0.0.0:80/',
    'file:///etc/passwd',
    'FILE:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://host/share',
    'ms-msdt:/id',
    'slack://open',
    'blob:https://slack.com/x',
    'view-source:https://slack.com',
    '\\\\host\\share',
    '--version',
  ])('refuses %j', async (url) => {
    const opened: string[] = []
    const opening = createBrowser(async (target) => void opened.push(target)).open(url)
    await expect(opening).rejects.toMatchObject({ code: 'OAUTH_BROWSER_FAILED' })
    expect(opened).toEqual([])
  })

  it('says that the system opened nothing, without repeating the address', async () => {
    const url = 'https://slack.com/?state=hidden'
    const opening = createBrowser(async () => {
      throw new Error(`Failed to open: ${url}`)
    }).open(url)
    const failure = await opening.catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ code: 'OAUTH_BROWSER_FAILED' })
    expect(inspect(failure)).not.toContain('hidden')
  })
})
