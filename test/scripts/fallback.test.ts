import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { extractFile } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepareFallback } from '../../scripts/runtime/fallback.mjs'

let cache = ''

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'prepare-'))
})
afterEach(() => rmSync(cache, { recursive: true }))

/** The fuse wire as it stands in a binary: sentinel, version 1, eight fuses (Electron, "Electron Fuses"). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const WIRE = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, 8]), Buffer.from('10100011')])

async function unpack(target: string): Promise<void> {
  await mkdir(join(target, 'resources'))
  await writeFile(
    join(target, 'electron'),
    Buffer.concat([Buffer.alloc(64), WIRE, Buffer.alloc(64)]),
  )
}

describe('prepareFallback', () => {
  it('makes a stock distribution of what was unpacked', async () => {
    const { executable, version } = await prepareFallback({ cache, unpack })
    const folder = dirname(executable)
    expect(await readFile(join(folder, 'version'), 'utf8')).toBe(version)
    const archive = join(folder, 'resources/default_app.asar')
    const { main } = JSON.parse(extractFile(archive, 'package.json').toString())
    expect(extractFile(archive, main).toString()).toContain('await import(')
    const fuses = await getCurrentFuseWire(executable)
    expect(fuses[FuseV1Options.EnableNodeCliInspectArguments]).toBe(FuseState.ENABLE)
    expect(fuses[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]).toBe(FuseState.DISABLE)
  })

  it('prepares once', async () => {
    await prepareFallback({ cache, unpack })
    const again = () => Promise.reject(new Error('unpacked again'))
    await expect(prepareFallback({ cache, unpack: again })).resolves.toBeDefined()
  })

  it('leaves nothing when it is refused, so that the next start tries again', async () => {
    const refuse = async (target: string) => {
      await unpack(target)
      throw new Error('mismatch')
    }
    await expect(prepareFallback({ cache, unpack: refuse })).rejects.toThrow('mismatch')
    expect(readdirSync(cache)).toEqual([])
    await expect(prepareFallback({ cache, unpack })).resolves.toBeDefined()
  })

  it('lets two processes prepare at once', async () => {
    const both = await Promise.all([
      prepareFallback({ cache, unpack }),
      prepareFallback({ cache, unpack }),
    ])
    expect(both[0]).toEqual(both[1])
    expect(existsSync(both[0].executable)).toBe(true)
    expect(readdirSync(cache)).toHaveLength(1)
  })

  it('removes what a killed preparation left days ago, and only that', async () => {
    await mkdir(join(cache, 'building-old'))
    await mkdir(join(cache, 'building-now'))
    writeFileSync(join(cache, 'unreachable.json'), '{}')
    utimesSync(join(cache, 'building-old'), 0, 0)
    await prepareFallback({ cache, unpack })
    expect(readdirSync(cache)).toEqual(expect.arrayContaining(['building-now', 'unreachable.json']))
    expect(existsSync(join(cache, 'building-old'))).toBe(false)
  })
})
