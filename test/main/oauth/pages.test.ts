import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/errors.ts'
import { CallbackInvalid, OAuthDenied } from '../../../main/oauth/errors.ts'
import { failedPage, PAGE_TEXTS, type PageName } from '../../../main/oauth/page-texts.ts'
import { pageAt, pagePath, renderPage, securityHeaders } from '../../../main/oauth/pages.ts'

const names = Object.keys(PAGE_TEXTS) as PageName[]

describe('each page', () => {
  it.each(names)('%s runs nothing, loads nothing, and its style is the one allowed', (name) => {
    const html = renderPage(name)
    expect(html).not.toMatch(/<script|<iframe|<img|<form|\son\w+=|\sstyle=|https?:\/\/|url\((?!#)/i)
    expect(html.match(/<link[^>]*>/g)).toEqual(['<link rel="icon" href="data:,">'])
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(securityHeaders()['Content-Security-Policy']).toContain(`style-src 'sha256-${hash}'`)
  })

  it.each(names)('%s stands at its own path', (name) => {
    expect(pagePath(name)).toMatch(/^\/[A-Za-z_/-]+$/)
    expect(pageAt(pagePath(name))).toBe(name)
  })

  it('says what the specification says', () => {
    expect(renderPage('complete')).toContain('<h1>Auth complete</h1>')
    expect(renderPage('complete')).toContain('You can close this tab and go back to Token Desk.')
    expect(renderPage('nothing-to-do')).toContain('<h1>Nothing to do here</h1>')
    expect(renderPage('failed/access_denied')).toContain('Slack’s code: <code>access_denied</code>')
  })
})

it.each(['/', '/callback', '/toString', '/__proto__', '/failed', '/failed/', 'complete', ''])(
  'has no page at %j',
  (path) => {
    expect(pageAt(path)).toBeNull()
  },
)

describe('failedPage', () => {
  const refusedWith = (slackCode: string) =>
    new AppError('SLACK_REFUSED', { message: 'm', advice: 'a', slackCode })

  it.each([
    { name: 'denied', thrown: new OAuthDenied('access_denied'), page: 'failed/access_denied' },
    { name: 'denied oddly', thrown: new OAuthDenied('odd'), page: 'failed/OAUTH_ACCESS_DENIED' },
    { name: 'secret', thrown: refusedWith('bad_client_secret'), page: 'failed/bad_client_secret' },
    { name: 'unknown refusal', thrown: refusedWith('<b>'), page: 'failed/SLACK_REFUSED' },
    { name: 'prototype name', thrown: refusedWith('toString'), page: 'failed/SLACK_REFUSED' },
    { name: 'own without a page', thrown: new CallbackInvalid(), page: 'failed/UNEXPECTED' },
    { name: 'defect', thrown: new Error('xoxb'), page: 'failed/UNEXPECTED' },
    { name: 'no error at all', thrown: null, page: 'failed/UNEXPECTED' },
  ])('$name → $page', ({ thrown, page }) => {
    expect(failedPage(thrown)).toBe(page)
  })
})
