/**
 * Takes pictures of the renderer with a fake main, under the app's own content security policy.
 *   node test/renderer/harness/shoot.mjs --scenario=six,locked --scheme=dark --width=720 --height=520
 * Also: --contrast=more --forced --reduced --keys=Tab,Enter --click="Button name" --fill="Label=text"
 * --then="click=Button name" --then="fill=Label=text" --then="keys=Tab,Enter" --then="check=…" (in order, waits for each)
 * --axe (prints what axe finds) --keep (does not build again) --out=<folder> --scale=2
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import axe from 'axe-core'
import { chromium } from 'playwright'
import { build } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const built = fileURLToPath(new URL('../../../out/harness', import.meta.url))
const ORIGIN = 'http://desk.test'
const NONCE = 'aGFybmVzcw=='
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${NONCE}'`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const text = (name, value) => ({ [name]: { type: 'string', default: value } })
const flag = (name) => ({ [name]: { type: 'boolean', default: false } })
const { values: options } = parseArgs({
  options: {
    ...text('scenario', 'first-run'),
    ...text('scheme', 'light'),
    ...text('contrast', 'no-preference'),
    ...text('width', '1080'),
    ...text('height', '720'),
    ...text('scale', '1'),
    ...text('keys', ''),
    ...text('out', fileURLToPath(new URL('../../../out/shots', import.meta.url))),
    ...text('chromium', '/usr/bin/chromium'),
    ...text('name', ''),
    click: { type: 'string', multiple: true, default: [] },
    fill: { type: 'string', multiple: true, default: [] },
    // biome-ignore lint/suspicious/noThenProperty: the name of an option, awaited by nobody
    then: { type: 'string', multiple: true, default: [] },
    ...flag('forced'),
    ...flag('reduced'),
    ...flag('axe'),
    ...flag('keep'),
  },
})

if (!options.keep) await build({ configFile: join(here, 'vite.config.mjs') })
await mkdir(options.out, { recursive: true })
const browser = await chromium.launch({
  env: { ...process.env, FONTCONFIG_FILE: await fontConfig() },
  executablePath: options.chromium,
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
})
try {
  const context = await browser.newContext({
    viewport: { width: Number(options.width), height: Number(options.height) },
    deviceScaleFactor: Number(options.scale),
    colorScheme: options.scheme,
    contrast: options.contrast,
    forcedColors: options.forced ? 'active' : 'none',
    reducedMotion: options.reduced ? 'reduce' : 'no-preference',
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  await context.route(`${ORIGIN}/**`, serve)
  for (const scenario of options.scenario.split(',')) await shoot(context, scenario)
} finally {
  await browser.close()
}

async function shoot(context, scenario) {
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() !== 'debug') console.log(`${scenario}: ${message.text()}`)
  })
  page.on('pageerror', (fault) => console.log(`${scenario}: ${fault.message}`))
  await page.clock.setFixedTime(new Date('2026-11-23T14:52:00Z'))
  await page.goto(`${ORIGIN}/index.html?scenario=${scenario}`)
  await page.waitForSelector('[data-ready]', { timeout: 5000 })
  await act(page)
  const theme = options.forced
    ? 'forced'
    : `${options.scheme}-${options.contrast === 'more' ? 'more-' : ''}`
  const size = `${options.width}x${options.height}`
  const name = options.name || `${scenario}-${theme}-${size}`.replaceAll('--', '-')
  await page.screenshot({ path: join(options.out, `${name}.png`) })
  if (options.axe) await check(page, name)
  await page.close()
}

/** The pictures use Inter and JetBrains Mono as stand-ins for the system's fonts. */
async function fontConfig() {
  const file = join(options.out, 'fonts.conf')
  const alias = (
    from,
    to,
  ) => `<match target="pattern"><test name="family"><string>${from}</string></test>
    <edit name="family" mode="assign" binding="strong"><string>${to}</string></edit></match>`
  const aliases = ['system-ui', 'sans-serif'].map((from) => alias(from, 'Inter')).join('')
  const mono = ['ui-monospace', 'monospace'].map((from) => alias(from, 'JetBrains Mono')).join('')
  await writeFile(
    file,
    `<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>${aliases}${mono}</fontconfig>`,
  )
  return file
}

async function act(page) {
  for (const pair of options.fill) await step(page, `fill=${pair}`)
  for (const name of options.click) await step(page, `click=${name}`)
  await step(page, `keys=${options.keys}`)
  for (const one of options.then) await step(page, one)
  // What fades in has to have done so.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => one.effect?.getTiming().iterations !== Infinity)
        .map((one) => one.finished),
    ),
  )
}

async function step(page, text) {
  const [kind, what, value] = text.split('=')
  if (kind === 'fill') await page.getByLabel(what, { exact: true }).fill(value)
  if (kind === 'click') await page.getByRole('button', { name: what, exact: true }).first().click()
  if (kind === 'check') await page.getByRole('checkbox', { name: what }).click()
  if (kind === 'switch') await page.getByRole('switch', { name: what }).click()
  if (kind !== 'keys') return
  for (const key of what.split(',').filter(Boolean)) await page.keyboard.press(key)
}

/** Everything that axe knows of WCAG 2.2 AA and of good practice. */
async function check(page, name) {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate('axe.run(document)')
  for (const { id, help, nodes } of violations) {
    console.log(`${name}: ${id}: ${help}`)
    for (const node of nodes.slice(0, 4)) console.log(`  ${node.target} ${node.failureSummary}`)
  }
  if (violations.length === 0) console.log(`${name}: axe finds nothing`)
}

async function serve(route) {
  const { pathname } = new URL(route.request().url())
  const type = TYPES[extname(pathname)]
  if (!type) return route.fulfill({ status: 404 })
  const body = await readFile(join(built, pathname), 'utf8')
  await route.fulfill({
    body: body.replaceAll('__CSP_NONCE__', NONCE),
    headers: { 'content-type': type, 'content-security-policy': POLICY },
  })
}
