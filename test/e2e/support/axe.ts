import axe from 'axe-core'
import { expect, type Page } from 'playwright/test'
import type { Desk } from './desk.ts'

/** How a screen is looked at. */
export interface Look {
  readonly name: string
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
}

/** Both themes, at a width of each layout of the interface's specification (section 3). */
export const LOOKS: readonly Look[] = [1080, 880, 720].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    name: `${colorScheme}, ${width} wide`,
    width,
    colorScheme,
  })),
)

/** Looks at what the app shows now in every look. Goes on after a finding; the test fails at its end. */
export async function expectAccessible(desk: Desk, screen: string): Promise<void> {
  for (const look of LOOKS) {
    await resize(desk, look.width)
    await expectNoFindings(desk.page, `${screen}, ${look.name}`, look)
  }
  await resize(desk, 1080)
}

/** Looks at a page of the browser in light and in dark. */
export async function expectAccessiblePage(page: Page, screen: string): Promise<void> {
  for (const look of LOOKS) {
    await page.setViewportSize({ width: look.width, height: 720 })
    await expectNoFindings(page, `${screen}, ${look.name}`, look)
  }
}

async function expectNoFindings(page: Page, name: string, look: Look): Promise<void> {
  // Without motion nothing is half-way between two colours.
  await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' })
  expect.soft(await findings(page), name).toEqual([])
}

/** What axe finds with all of its rules, one line each. */
export async function findings(page: Page): Promise<string[]> {
  await loadAxe(page)
  const violations = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    })
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`),
    }))
  })
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node}`))
}

/** Through the debugging protocol: the page's own rules would let no foreign script in. */
async function loadAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in globalThis)) return
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: axe.source })
  await session.detach()
}

async function resize(desk: Desk, width: number): Promise<void> {
  await desk.app.evaluate(({ BrowserWindow }, size) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(size, 720)
  }, width)
  await expect.poll(() => desk.page.evaluate(() => innerWidth)).toBe(width)
}
