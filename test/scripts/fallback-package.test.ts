import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { placeOf, requireSum } from '../../scripts/runtime/fallback-package.mjs'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fallback-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('placeOf', () => {
  it.each([
    ['Cypress/Cypress', 'electron'],
    ['Cypress/resources.pak', 'resources.pak'],
    ['Cypress/locales/en-US.pak', 'locales/en-US.pak'],
    ['Cypress/chrome-sandbox', 'chrome-sandbox'],
    ['Cypress/resources/app/package.json', null],
    ['Cypress/resources/app-update.yml', null],
    ['Cypress/browser_v8_context_snapshot.bin', null],
    ['Other/electron', null],
    ['electron', null],
  ])('%s goes to %s', (name, place) => expect(placeOf(name)).toBe(place))
})

describe('requireSum', () => {
  // FIPS 180-4's example: the sum of "abc".
  const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

  it('lets the expected bytes pass', async () => {
    writeFileSync(join(folder, 'file'), 'abc')
    await expect(requireSum(join(folder, 'file'), 'sha256', ABC, 'hex')).resolves.toBeUndefined()
  })

  it.each(['abd', '', 'abc\n'])('refuses %j', async (content) => {
    writeFileSync(join(folder, 'file'), content)
    const check = requireSum(join(folder, 'file'), 'sha256', ABC, 'hex')
    await expect(check).rejects.toMatchObject({ code: 'FALLBACK_MISMATCH' })
  })
})
