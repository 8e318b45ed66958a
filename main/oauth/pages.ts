/**
 * The pages that the loopback server shows in the browser: no script, nothing loaded, nothing of the
 * request echoed. What they say stands in page-texts.ts.
 */
import { createHash } from 'node:crypto'
import { PAGE_TEXTS, type PageName, type PageText } from './page-texts.ts'

/** Colours and sizes are those of the interface specification; system light, dark and contrast are followed. */
const STYLE = `
:root{color-scheme:light dark;--ground:#f1f3f6;--card:#fff;--edge:#dee2e8;--text:#191c22;--text-2:#434b58;--done:#125a33;--done-soft:#e6f4eb;--failed:#9a1717;--failed-soft:#fceceb;--neutral:#434b58;--neutral-soft:#e8ebf0}
@media (prefers-color-scheme:dark){:root{--ground:#0f1115;--card:#20242c;--edge:#2d333d;--text:#eceff4;--text-2:#bbc3d0;--done:#82dba8;--done-soft:#132b1f;--failed:#ffa59d;--failed-soft:#381a19;--neutral:#bbc3d0;--neutral-soft:#2d333d}}
@media (prefers-contrast:more){:root{--ground:#fff;--edge:#4a515c;--text:#000;--text-2:#1c2027;--done:#0a4424;--done-soft:#fff;--failed:#7c0d0d;--failed-soft:#fff;--neutral:#1c2027;--neutral-soft:#fff;--mark-edge:currentColor}}
@media (prefers-contrast:more) and (prefers-color-scheme:dark){:root{--ground:#000;--card:#0a0c10;--edge:#a9b2c0;--text:#fff;--text-2:#edf0f5;--done:#a6f0c5;--done-soft:#000;--failed:#ffc4bf;--failed-soft:#000;--neutral:#edf0f5;--neutral-soft:#000;--mark-edge:currentColor}}
*{box-sizing:border-box;margin:0}
body{min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--ground);color:var(--text);font:400 15px/24px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{width:100%;max-width:440px;padding:32px;background:var(--card);border:1px solid var(--edge);border-radius:12px}
.mark{display:grid;place-items:center;width:48px;height:48px;border:1px solid var(--mark-edge,transparent);border-radius:50%}
.done{color:var(--done);background:var(--done-soft)}
.failed{color:var(--failed);background:var(--failed-soft)}
.neutral{color:var(--neutral);background:var(--neutral-soft)}
h1{margin:19px 0 5px;font-size:24px;line-height:34px;font-weight:650;letter-spacing:-.01em}
p{color:var(--text-2);text-wrap:pretty}
p+p{margin-top:6px}
p.code{margin-top:20px;font-size:12px;line-height:16px}
code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-variant-ligatures:none}
footer{display:flex;align-items:center;gap:8px;margin-top:20px;padding-top:16px;border-top:1px solid var(--edge);color:var(--text-2);font-size:12px;line-height:16px}
svg{display:block}
`.trim()

const MARKS: Readonly<Record<PageText['mark'], string>> = {
  done: '<path d="m5 12.5 4.5 4.5L19 7"/>',
  failed: '<path d="M6 6l12 12M18 6 6 18"/>',
  neutral: '<path d="M12 10.5V18M12 6v.1"/>',
}

/** The app's icon, build/icon.svg, without its size and label: the words beside it say the same. */
const ICON =
  '<svg width="18" height="18" viewBox="0 0 512 512" aria-hidden="true"><defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#3F6BE0"/><stop offset="1" stop-color="#1C3C94"/></linearGradient></defs><rect x="32" y="32" width="448" height="448" rx="104" fill="url(#g)"/><path fill="#fff" d="M236 120h40v80h-40z"/><rect x="206" y="104" width="100" height="36" rx="18" fill="#fff"/><path d="M112 322a144 144 0 0 1 288 0 10 10 0 0 1-10 10H122a10 10 0 0 1-10-10z" fill="#fff"/><rect x="88" y="352" width="336" height="44" rx="22" fill="#B9CEFF"/><path d="M256 218a32 32 0 0 1 17 59.1l8.7 34.6a5 5 0 0 1-4.9 6.3h-41.6a5 5 0 0 1-4.9-6.3l8.7-34.6A32 32 0 0 1 256 218z" fill="#2449AE"/></svg>'

/** The whole document of one page. */
export function renderPage(name: PageName): string {
  const text = PAGE_TEXTS[name]
  const paragraphs = text.paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('')
  const code =
    text.slackCode === undefined
      ? ''
      : `<p class="code">Slack’s code: <code>${text.slackCode}</code></p>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.heading} · Token Desk for Slack</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<div class="mark ${text.mark}"><svg width="26" height="26" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${MARKS[text.mark]}</svg></div>
<h1>${text.heading}</h1>
${paragraphs}${code}
<footer>${ICON}Token Desk for Slack, on this computer</footer>
</main>
</body>
</html>
`
}

/** The fixed path of a page, such as `/complete`: no query, so nothing stays in the address bar. */
export function pagePath(name: PageName): string {
  return `/${name}`
}

/** The page that stands at a path, or null. */
export function pageAt(path: string): PageName | null {
  const name = path.slice(1)
  return path.startsWith('/') && Object.hasOwn(PAGE_TEXTS, name) ? (name as PageName) : null
}

/**
 * Headers of every answer, refusals and redirects too: nothing runs, loads, frames, is kept or sent
 * on as a referrer. No Strict-Transport-Security: it would hold for every other server on localhost.
 * Source: RFC 9700 sections 4.2.4 and 4.16.
 */
export function securityHeaders(): Readonly<Record<string, string>> {
  const styleHash = createHash('sha256').update(STYLE).digest('base64')
  return {
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    Connection: 'close',
  }
}
