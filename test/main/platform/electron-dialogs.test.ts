import type { Dialog } from 'electron'
import { describe, expect, it } from 'vitest'
import { createElectronDialogs } from '../../../main/platform/electron-dialogs.ts'

interface Asked {
  readonly dialog: string
  readonly defaultPath: string
  readonly properties: string[]
}

function createDialogs(platform: NodeJS.Platform, chosen: string | null) {
  const asked: Asked[] = []
  const ask = (name: string, args: unknown[]) => {
    const { defaultPath, properties } = args.at(-1) as Asked
    asked.push({ dialog: name, defaultPath, properties })
    return {
      canceled: chosen === null,
      filePath: chosen ?? '',
      filePaths: chosen === null ? [] : [chosen],
    }
  }
  const dialog = {
    showSaveDialog: async (...args: unknown[]) => ask('save', args),
    showOpenDialog: async (...args: unknown[]) => ask('open', args),
  } as unknown as Dialog
  return { asked, dialogs: createElectronDialogs({ dialog, platform, parent: () => null }) }
}

describe.each([
  { platform: 'linux', dialog: 'save' },
  { platform: 'darwin', dialog: 'save' },
  { platform: 'win32', dialog: 'open' },
] as const)('choosing an env file on $platform', ({ platform, dialog }) => {
  it('takes old and new names, shows hidden files, and asks for no overwriting', async () => {
    const { asked, dialogs } = createDialogs(platform, '/home/a/.env')
    expect(await dialogs.chooseEnvFile('/home/a/.env')).toBe('/home/a/.env')
    expect(asked).toMatchObject([{ dialog, defaultPath: '/home/a/.env' }])
    expect(asked[0]?.properties).toContain('showHiddenFiles')
    expect(asked[0]?.properties).not.toContain('showOverwriteConfirmation')
    expect(asked[0]?.properties.includes('promptToCreate')).toBe(dialog === 'open')
  })

  it('answers null when the user cancelled', async () => {
    expect(await createDialogs(platform, null).dialogs.chooseEnvFile('/a/.env')).toBeNull()
  })
})

describe('choosing a file to import', () => {
  it('takes one file that exists, hidden ones too', async () => {
    const { asked, dialogs } = createDialogs('linux', '/home/a/.env')
    expect(await dialogs.chooseImportFile()).toBe('/home/a/.env')
    expect(asked).toEqual([
      {
        dialog: 'open',
        defaultPath: undefined,
        properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
      },
    ])
  })

  it('answers null when the user cancelled', async () => {
    expect(await createDialogs('darwin', null).dialogs.chooseImportFile()).toBeNull()
  })
})
