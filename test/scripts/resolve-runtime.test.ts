import { afterEach, describe, expect, it, vi } from 'vitest'
import { resolveRuntime } from '../../scripts/resolve-runtime.mjs'
import { pinnedVersion } from '../../scripts/runtime/installed.mjs'

const current = { executable: '/current/electron', version: pinnedVersion() }
const old = { executable: '/old/electron', version: '33.2.1' }

/** Ways that each note that they were tried. */
function ways(found: {
  overridden?: typeof current
  installed?: typeof current
  download?: typeof current
  hasFallback?: boolean
}) {
  const tried: string[] = []
  const note = <T>(name: string, result: T): T => {
    tried.push(name)
    return result
  }
  return {
    tried,
    overridden: () => note('overridden', found.overridden ?? null),
    installed: () => note('installed', found.installed ?? null),
    download: async ({ patient }: { patient: boolean }) =>
      note(patient ? 'patient download' : 'download', found.download ?? null),
    fallback: async () => note('fallback', old),
    hasFallback: found.hasFallback ?? true,
  }
}

afterEach(() => vi.unstubAllEnvs())

describe('resolveRuntime', () => {
  it.each([
    {
      name: 'what the user named, before all',
      found: { overridden: old, installed: current },
      source: 'override',
      isFallback: true,
      tried: ['overridden'],
    },
    {
      name: 'what is installed, without asking the network',
      found: { installed: current, download: current },
      source: 'installed',
      isFallback: false,
      tried: ['overridden', 'installed'],
    },
    {
      name: 'the official download',
      found: { download: current },
      source: 'download',
      isFallback: false,
      tried: ['overridden', 'installed', 'download'],
    },
    {
      name: 'the replacement when nothing else can be had',
      found: {},
      source: 'fallback',
      isFallback: true,
      tried: ['overridden', 'installed', 'download', 'fallback'],
    },
  ])('takes $name', async ({ found, source, isFallback, tried }) => {
    const all = ways(found)
    expect(await resolveRuntime(all)).toMatchObject({ source, isFallback })
    expect(all.tried).toEqual(tried)
  })

  it('waits for the download where there is no replacement, and names the host when it fails', async () => {
    vi.stubEnv('ELECTRON_MIRROR', 'https://mirror.example/electron/')
    vi.stubEnv('npm_config_electron_mirror', '')
    const all = ways({ hasFallback: false })
    await expect(resolveRuntime(all)).rejects.toMatchObject({
      code: 'RUNTIME_UNREACHABLE',
      message: expect.stringContaining('mirror.example'),
      advice: expect.stringContaining('ELECTRON_MIRROR'),
    })
    expect(all.tried).toEqual(['overridden', 'installed', 'patient download'])
  })

  it('hides no failure of a way', async () => {
    const failing = { ...ways({}), fallback: () => Promise.reject(new Error('disk full')) }
    await expect(resolveRuntime(failing)).rejects.toThrow('disk full')
  })
})
