import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasDisplay } from '../../../scripts/lib/display.mjs'
import { cacheFolder } from '../../../scripts/lib/paths.mjs'
import { outFolder, variantOf } from '../../../scripts/lib/variant.mjs'
import { packageName } from '../../../scripts/package.mjs'

describe('hasDisplay', () => {
  it.each([
    [{}, 'linux', false],
    [{ DISPLAY: '' }, 'linux', false],
    [{ DISPLAY: ':0' }, 'linux', true],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
    [{}, 'darwin', true],
    [{}, 'win32', true],
  ] as const)('%j on %s: %s', (env, platform, expected) => {
    expect(hasDisplay(env, platform)).toBe(expected)
  })
})

describe('cacheFolder', () => {
  it.each([
    [{ XDG_CACHE_HOME: '/cache' }, '/cache/slack-token-desk'],
    [{ XDG_CACHE_HOME: 'relative' }, join(homedir(), '.cache/slack-token-desk')],
    [{}, join(homedir(), '.cache/slack-token-desk')],
  ])('with %j is %s', (env, folder) => expect(cacheFolder(env)).toBe(folder))
})

describe('variantOf', () => {
  it.each([
    [{}, 'development'],
    [{ TOKEN_DESK_VARIANT: '' }, 'development'],
    [{ TOKEN_DESK_VARIANT: 'smoke' }, 'smoke'],
  ])('of %j is %s', (env, variant) => expect(variantOf(env)).toBe(variant))

  it('refuses one that it does not know', () => {
    const find = () => variantOf({ TOKEN_DESK_VARIANT: 'Production' })
    expect(find).toThrow(expect.objectContaining({ code: 'UNKNOWN_VARIANT' }))
  })

  it('keeps variants apart', () => {
    const folders = (['development', 'production', 'smoke'] as const).map(outFolder)
    expect(new Set(folders).size).toBe(3)
  })
})

describe('packageName', () => {
  it('says when the runtime is not one for users', () => {
    expect(packageName(false, '1.2.3')).toMatch(/^slack-token-desk-1\.2\.3-/)
    expect(packageName(true, '1.2.3')).toBe(`${packageName(false, '1.2.3')}-test-runtime`)
  })
})
