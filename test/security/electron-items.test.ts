/** Every item of Electron's security list (docs: tutorial/security, 20 items) has a test at run time. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const ITEMS = [
  'load only secure content',
  'no Node in pages',
  'context isolation',
  'sandbox',
  'permission requests are handled',
  'web security stays on',
  'a content security policy',
  'no insecure content on secure pages',
  'no experimental features',
  'no Blink features switched on',
  'no webview with popups',
  'options of webviews are verified',
  'navigation is limited',
  'new windows are limited',
  'openExternal gets only trusted addresses',
  'a current Electron',
  'the sender of each message is checked',
  'a custom protocol instead of file://',
  'fuses are checked',
  'no raw Electron API for the page',
] as const

/** Where they are tried: the packaged app, and the built one where a test must look from inside. */
const FILES = ['test/smoke/security.smoke.ts', 'test/e2e/hardening.e2e.ts']

/** `test('items 8, 9 and 10: …` → 8, 9, 10. */
function itemsIn(file: string): number[] {
  const text = readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8')
  return [...text.matchAll(/\btest\(\s*['"`]items? ([\d, and]+):/g)].flatMap((match) =>
    [...(match[1] ?? '').matchAll(/\d+/g)].map(Number),
  )
}

it.each(ITEMS.map((item, index) => ({ number: index + 1, item })))(
  'item $number has a test at run time: $item',
  ({ number }) => {
    expect(FILES.flatMap(itemsIn)).toContain(number)
  },
)

it('no test names an item that the list does not have', () => {
  const known = ITEMS.map((_, index) => index + 1)
  expect(FILES.flatMap(itemsIn).filter((number) => !known.includes(number))).toEqual([])
})
