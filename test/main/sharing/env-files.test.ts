import { sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEnvFiles } from '../../../main/sharing/env-files.ts'
import { openSharing } from './sharing-fixture.ts'

describe('env files', () => {
  it('gives one ID to one path, whatever asks for it', async () => {
    const { envFiles, at } = await openSharing()
    const { id } = envFiles.add(at('.env'))
    expect(envFiles.add(at('.env')).id).toBe(id)
    envFiles.remember('one', at('.env'))
    expect(envFiles.recent('one').map((file) => file.id)).toEqual([id])
    expect(envFiles.path(id)).toBe(at('.env'))
  })

  it.each(['', 'x', '/etc/passwd', '__proto__'])('knows no path for the ID “%s”', async (id) => {
    const { envFiles } = await openSharing()
    expect(() => envFiles.path(id)).toThrow(expect.objectContaining({ code: 'ENV_PREVIEW_GONE' }))
  })

  it('remembers five for each owner, last used first, each once, over a restart', async () => {
    const { envFiles, openOwnSettings, home, at } = await openSharing()
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'c']) envFiles.remember('one', at(name))
    envFiles.remember('two', at('z'))
    const again = createEnvFiles({ settings: openOwnSettings(), homeDirectory: home })
    const shown = (owner: string) => again.recent(owner).map((file) => file.displayPath)
    expect(shown('one')).toEqual(['~/c', '~/f', '~/e', '~/d', '~/b'])
    expect(shown('two')).toEqual(['~/z'])
    expect(shown('three')).toEqual([])
  })

  it('says whether the file is there', async () => {
    const { envFiles, at, put } = await openSharing()
    put('here', '')
    expect(envFiles.add(at('here')).exists).toBe(true)
    expect(envFiles.add(at('gone')).exists).toBe(false)
  })

  it('shortens the home folder alone', async () => {
    const { envFiles, home } = await openSharing()
    expect(envFiles.display(`${home}${sep}.env`)).toBe(`~${sep}.env`)
    expect(envFiles.display(`${home}-other${sep}.env`)).toBe(`${home}-other${sep}.env`)
  })
})
