/**
 * Loaded into either app before its own code (`electron -r`): tells on stdout when the window could be
 * shown and when the first-run page was painted. What is made of it stands in start-up.ts.
 */
const { app } = require('electron')

/** Runs in the page, in a world of its own; it changes nothing there. */
const WATCH = `new Promise((resolve) => {
  const isDone = () =>
    document.querySelector('h1')?.textContent === 'Connect a Slack workspace' &&
    document.activeElement?.tagName === 'BUTTON' &&
    document.activeElement.textContent === 'Try the practice workspace'
  new PerformanceObserver((list) => {
    const [paint] = list.getEntriesByName('first-contentful-paint')
    if (!paint) return
    if (isDone()) return resolve(performance.timeOrigin + paint.startTime)
    const timer = setInterval(() => {
      if (!document.documentElement.dataset.ready || !isDone()) return
      clearInterval(timer)
      resolve(performance.timeOrigin + performance.now())
    }, 5)
  }).observe({ type: 'paint', buffered: true })
})`

/** Any number that no other world has. */
const WORLD = 1979

function tell(mark, atMs = performance.timeOrigin + performance.now()) {
  process.stdout.write(`TOKEN_DESK_BENCH ${mark} ${atMs}\n`)
}

app.once('browser-window-created', (_event, window) => {
  window.once('ready-to-show', () => tell('ready-to-show'))
  if (process.env.TOKEN_DESK_BENCH_PAGE !== 'first-run') return
  window.webContents.once('dom-ready', async () => {
    const code = [{ code: WATCH }]
    tell('painted', await window.webContents.executeJavaScriptInIsolatedWorld(WORLD, code))
  })
})
