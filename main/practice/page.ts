/**
 * The frame of every page: the strip that says this is not Slack, one card. No script, nothing
 * loaded, one style by its hash. Texts and colours: the interface specification, 5.11 and section 2.
 */
import { createHash } from 'node:crypto'
import type { Reply } from './messages.ts'
import { PAGE_STYLE } from './page-style.ts'

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64')

/**
 * Without form-action: Chromium and Safari would hold the redirect after the form against it, and with
 * it every https://localhost callback. The referrer stays on this origin, where the form's Origin
 * header needs it; `no-referrer` would make that header `null`. Source: Fetch standard, "append a
 * request Origin header".
 */
const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

const FLASK =
  '<svg width="18" height="18" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M5.5 1.5h5M6.5 1.5v4.6l-3.9 6.6a1.2 1.2 0 0 0 1 1.8h8.8a1.2 1.2 0 0 0 1-1.8L9.5 6.1V1.5M4.6 10h6.8"/></svg>'

/**
 * @param title plain text
 * @param content HTML, escaped by its maker
 */
export function pageReply(title: string, content: string, status = 200): Reply {
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Practice Slack</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><p>${FLASK}<span><strong>Practice.</strong> This is not Slack: the page comes from Token Desk on this computer.</span></p></header>
<main>
${content}
</main>
</body>
</html>
`
  return { status, headers: PAGE_HEADERS, body }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for HTML, between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => ESCAPES[one] ?? '')
}
