import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { downloadOfficial, releasesUrl } from '../../scripts/runtime/official-download.mjs'

let cache = ''

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'download-'))
})
afterEach(() => rmSync(cache, { recursive: true }))

/** A machine on which the host answers or not, and the installer ends with a code. */
function machine({ answers, code = 1 }: { answers: boolean; code?: number }) {
  const asked: string[] = []
  const limits: (number | undefined)[] = []
  return {
    asked,
    limits,
    options: {
      cache,
      ask: async (url: string | URL | Request) => {
        asked.push(String(url))
        if (!answers) throw new TypeError('fetch failed')
        return new Response('', { status: 404 })
      },
      install: async (limitMs: number | undefined) => {
        limits.push(limitMs)
        return code
      },
    },
  }
}

describe('releasesUrl', () => {
  it.each([
    [{}, 'https://github.com/electron/electron/releases/download/'],
    [{ ELECTRON_MIRROR: 'https://mirror.example/e/' }, 'https://mirror.example/e/'],
    [{ npm_config_electron_mirror: 'https://npm.example/' }, 'https://npm.example/'],
    [{ ELECTRON_MIRROR: '' }, 'https://github.com/electron/electron/releases/download/'],
  ])('%j gives %s', (env, url) => expect(releasesUrl(env)).toBe(url))
})

describe('downloadOfficial', () => {
  it('asks an unreachable host once and then remembers it', async () => {
    const { asked, limits, options } = machine({ answers: false })
    expect(await downloadOfficial({ ...options, env: {} })).toBeNull()
    expect(await downloadOfficial({ ...options, env: {} })).toBeNull()
    expect(asked).toHaveLength(1)
    expect(limits).toEqual([])
  })

  it('asks again when a mirror is set', async () => {
    const { asked, options } = machine({ answers: false })
    await downloadOfficial({ ...options, env: {} })
    await downloadOfficial({ ...options, env: { ELECTRON_MIRROR: 'https://mirror.example/' } })
    expect(asked.at(-1)).toBe('https://mirror.example/')
  })

  it('asks every time where there is nothing to fall back on', async () => {
    const { asked, options } = machine({ answers: false })
    await downloadOfficial({ ...options, env: {}, patient: true })
    await downloadOfficial({ ...options, env: {}, patient: true })
    expect(asked).toHaveLength(2)
  })

  it('limits the download, unless there is nothing to fall back on', async () => {
    const { limits, options } = machine({ answers: true })
    await downloadOfficial({ ...options, env: {} })
    await downloadOfficial({ ...options, env: {}, patient: true })
    expect(limits).toEqual([300_000, undefined])
  })

  it('behind a proxy leaves the asking to the installer', async () => {
    const { asked, limits, options } = machine({ answers: false })
    await downloadOfficial({ ...options, env: { HTTPS_PROXY: 'http://proxy.example' } })
    expect(asked).toEqual([])
    expect(limits).toEqual([60_000])
  })

  it('remembers a download that failed', async () => {
    const { limits, options } = machine({ answers: true, code: 1 })
    await downloadOfficial({ ...options, env: {} })
    await downloadOfficial({ ...options, env: {} })
    expect(limits).toHaveLength(1)
  })

  it.each(['', 'null', '{"url":', '{"url":"x","until":9e15}'])(
    'asks when its memory is %j',
    async (text) => {
      writeFileSync(join(cache, 'unreachable.json'), text)
      const { asked, options } = machine({ answers: false })
      await downloadOfficial({ ...options, env: {} })
      expect(asked).toHaveLength(1)
    },
  )
})
