import { expect, type Locator, type Page } from 'playwright/test'

/**
 * Presses Tab until that control has the focus, as one who sees it would: not before it is there, or the
 * dialog that is about to open would give the focus back to another place.
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toHaveCount(1)
  for (let count = 0; count < 60; count += 1) {
    if (await hasFocus(target)) return expectFocus(page, target)
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}`)
}

/** The control has the focus, and the user sees where it is. */
export async function expectFocus(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeFocused()
  const stop = () => page.evaluate(focusedStop)
  await expect.poll(stop).toMatchObject({ hasRing: true, isInView: true })
}

/** One round with Tab: what each stop is called, in order. Each is in view, ringed and named. */
export async function walk(page: Page): Promise<string[]> {
  const names: string[] = []
  await page.evaluate(forgetWalk)
  for (let count = 0; count < 80; count += 1) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(focusedStop)
    // Between the last stop and the first one the focus may be on the document itself.
    if (stop === null) continue
    if (await page.evaluate(wasWalked)) return names
    expect(stop, stop.name).toMatchObject({ hasRing: true, isInView: true })
    await expect(page.locator(':focus'), stop.name).toHaveAccessibleName(/\S/)
    names.push(stop.name)
  }
  throw new Error(`Tab does not come round: ${names.join(', ')}`)
}

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) === 1 && target.evaluate((one) => one === document.activeElement)
}

function forgetWalk(): void {
  for (const one of document.querySelectorAll('[data-walked]')) one.removeAttribute('data-walked')
}

/** Marks the focused element; true when it was marked before. */
function wasWalked(): boolean {
  const wasMarked = document.activeElement?.hasAttribute('data-walked') === true
  document.activeElement?.setAttribute('data-walked', '')
  return wasMarked
}

/**
 * The focused element, or null for the document itself. A ring is an outline of 2 px on the element or
 * on the part that stands for it: the card of a door, the box of a field, the label of a hidden radio.
 */
function focusedStop() {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body) return null
  const parts: Element[] = [element, ...element.querySelectorAll('*')]
  for (let up = element.parentElement; up !== null; up = up.parentElement) {
    if (up.matches('section, main, nav, [role=dialog], [role=alertdialog], body')) break
    parts.push(up)
  }
  const hasRing = parts.some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(part)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  })
  const box = (element.closest('label, .door') ?? element).getBoundingClientRect()
  const isInView = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth
  const label = element.getAttribute('aria-label') ?? element.getAttribute('name')
  const name = label ?? element.textContent?.trim() ?? ''
  return { hasRing, isInView, name: name.slice(0, 60) }
}
