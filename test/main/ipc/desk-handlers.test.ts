import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../main/contract/views.ts'
import { deskHandlers } from '../../../main/ipc/desk-handlers.ts'
import { type Settings, settings as settingsSchema } from '../../../main/platform/settings.ts'
import { createFakeClipboard } from '../../fakes/fake-clipboard.ts'

/** Names, IDs and paths that no report may hold. */
const PRIVATE = ['Northwind Test', 'T0PLACE', 'Deploy Bot', '/home/someone', 'damaged-file-place']

function snapshotOf(change: Partial<Snapshot> = {}): Snapshot {
  return {
    info: {
      version: '1.2.3',
      electron: '42.0.0',
      chrome: '150',
      node: '24',
      isTestRuntime: false,
      platform: 'linux x64',
      dataFolder: '/home/someone/.config/Token Desk for Slack',
      theme: 'system',
    },
    vault: {
      state: 'ready',
      protection: 'keyring',
      failure: null,
      recovery: { opened: 'empty', damagedFile: '/home/someone/damaged-file-place' },
    },
    slackApps: [{ name: 'Deploy Bot' }],
    installations: [
      { name: 'Northwind Test', teamId: 'T0PLACE' },
      { name: 'Northwind Test', teamId: 'T0PLACE' },
    ],
    authorizations: [],
    ...change,
  } as unknown as Snapshot
}

function start({ snapshot = snapshotOf(), started = Promise.resolve() } = {}) {
  const did: unknown[] = []
  const clipboard = createFakeClipboard()
  const settings: Settings = settingsSchema.parse({})
  const handlers = deskHandlers({
    started,
    snapshot: () => snapshot,
    settings: { get: () => settings, update: (change) => void did.push(['saved', change]) },
    clipboard,
    applyTheme: (theme) => void did.push(['applied', theme]),
    onInfoChange: () => void did.push('told'),
    openFolder: async (path) => void did.push(['opened', path]),
    quit: () => void did.push('quit'),
  })
  return { handlers, did, clipboard, snapshot }
}

describe('the calls about the app itself', () => {
  it('answer the desk once the vault was looked for', async () => {
    let begin: () => void = () => {}
    const started = new Promise<void>((resolve) => {
      begin = resolve
    })
    const { handlers, snapshot } = start({ started })
    let answer: Snapshot | null = null
    const loading = Promise.resolve(handlers['desk/load']()).then((loaded) => {
      answer = loaded
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(answer).toBeNull()
    begin()
    await loading
    expect(answer).toBe(snapshot)
  })

  it('save a theme, apply it, and tell', async () => {
    const { handlers, did } = start()
    await handlers['desk/set-theme']('dark')
    expect(did).toEqual([['saved', { theme: 'dark' }], ['applied', 'dark'], 'told'])
  })

  it('open the data folder and no other', async () => {
    const { handlers, did, snapshot } = start()
    await handlers['desk/open-data-folder']()
    expect(did).toEqual([['opened', snapshot.info.dataFolder]])
  })

  it('copy diagnostics with versions and counts, and nothing that is the user’s own', async () => {
    const { handlers, clipboard } = start()
    await handlers['desk/copy-diagnostics']()
    expect(clipboard.text.split('\n')).toEqual([
      'Token Desk for Slack 1.2.3',
      'Electron 42.0.0, Chrome 150, Node 24',
      'Platform linux x64',
      'Vault ready, protected by keyring',
      'Last problem none',
      'Slack apps 1, workspaces 2',
    ])
    for (const word of PRIVATE) expect(clipboard.text).not.toContain(word)
  })

  it('copy diagnostics of a vault that cannot be opened, by its code', async () => {
    const { info, vault } = snapshotOf()
    const failure = {
      code: 'VAULT_KEYRING_LOST_KEY',
      message: 'm',
      advice: 'a',
      remedy: 'none',
    } as const
    const { handlers, clipboard } = start({
      snapshot: snapshotOf({
        info: { ...info, isTestRuntime: true },
        vault: { ...vault, state: 'blocked', protection: null, failure },
      }),
    })
    await handlers['desk/copy-diagnostics']()
    expect(clipboard.text).toContain('Platform linux x64, test runtime')
    expect(clipboard.text).toContain('Vault blocked, protected by nothing yet')
    expect(clipboard.text).toContain('Last problem VAULT_KEYRING_LOST_KEY')
  })

  it('say that the clipboard does not answer', async () => {
    const { handlers, clipboard } = start()
    clipboard.fail()
    const call = async () => handlers['desk/copy-diagnostics']()
    await expect(call()).rejects.toMatchObject({ code: 'CLIPBOARD_FAILED' })
  })

  it('quit', async () => {
    const { handlers, did } = start()
    await handlers['desk/quit']()
    expect(did).toEqual(['quit'])
  })
})
