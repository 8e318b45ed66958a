import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { ImportDraft, ImportFinding } from '../../../../main/contract/views.ts'
import { ImportTokenDialog } from '../../../../renderer/views/import-token/import-token-dialog.tsx'
import { fail, type Overrides, ok, sampleDraft } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'

const SLACK = { kind: 'slack' } as const
const BOT = { id: 'finding-1', as: null }
const HOOK = { id: 'finding-2', as: null }

async function openDialog(overrides: Overrides = {}) {
  const onClose = vi.fn()
  const view = await renderView(<ImportTokenDialog onClose={onClose} />, { overrides })
  await waitFor(() => expect(document.activeElement).toBe(press('Paste')))
  return { ...view, onClose }
}

const press = (name: string | RegExp) => screen.getByRole('button', { name })
const box = (name: RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name })

function finding(over: Partial<ImportFinding>): ImportFinding {
  return {
    id: 'f',
    kind: 'bot',
    masked: 'xoxb-…k3Zq',
    variable: 'SLACK_BOT_TOKEN',
    line: 1,
    check: { kind: 'not-checked' },
    ...over,
  }
}

function draftOf(...findings: ImportFinding[]): ImportDraft {
  return { ...sampleDraft(SLACK, false), findings }
}

const refusedBot = finding({
  check: {
    kind: 'refused',
    failure: {
      code: 'SLACK_REFUSED',
      message: 'Slack does not know this token',
      advice: 'Check that it was copied whole.',
      remedy: 'none',
      slackCode: 'invalid_auth',
    },
  },
})

describe('ImportTokenDialog', () => {
  it('is done by keys alone: paste, name, import', async () => {
    const { user, api, place, onClose } = await openDialog()
    await user.keyboard('{Enter}')
    expect(await screen.findByText('Northwind Test')).toBeDefined()
    expect(api.callsTo('import/read-clipboard')).toEqual([[SLACK]])
    expect(document.activeElement).toBe(box(/^Bot token/))
    await user.tab()
    await user.tab()
    await user.keyboard('{ArrowLeft}{Tab}Acme{Enter}')
    expect(api.callsTo('import/store')).toEqual([
      ['draft-1', [BOT, HOOK], { kind: 'new', name: 'Acme' }],
    ])
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
    expect(await screen.findByText('2 secrets imported.')).toBeDefined()
    expect(place()).toMatchObject({ screen: 'workspaces', workspaceId: 'inst-new' })
  })

  it('takes the paste key and looks at nothing of what the event holds', async () => {
    const { api } = await openDialog()
    const getData = vi.fn(() => 'EXAMPLE-ONLY')
    fireEvent.paste(document.activeElement ?? document.body, { clipboardData: { getData } })
    expect(await screen.findByText('2 lines pasted, hidden')).toBeDefined()
    expect(getData).not.toHaveBeenCalled()
    expect(api.callsTo('import/read-clipboard')).toHaveLength(1)
  })

  it('asks no name where Slack told them all', async () => {
    const { user, api } = await openDialog()
    await user.click(press('Paste'))
    await screen.findByText('Northwind Test')
    await user.click(box(/^Webhook URL/))
    expect(screen.queryByLabelText('Workspace name')).toBeNull()
    await user.click(press('Import 1 secret'))
    expect(api.callsTo('import/store')).toEqual([['draft-1', [BOT], { kind: 'found' }]])
  })

  it('asks for the name that is missing, beside its field', async () => {
    const { user, api } = await openDialog()
    await user.click(press('Paste'))
    await screen.findByText('Northwind Test')
    await user.click(screen.getByRole('radio', { name: 'A new workspace' }))
    await user.click(press('Import 2 secrets'))
    expect(screen.getByText('Slack cannot tell the name. Give it one.')).toBeDefined()
    expect(document.activeElement).toBe(screen.getByLabelText('Workspace name'))
    expect(api.callsTo('import/store')).toEqual([])
  })

  it('says why nothing was found, and can try again', async () => {
    const { user } = await openDialog({
      'import/read-clipboard': fail('IMPORT_CLIPBOARD_EMPTY', {
        message: 'The clipboard holds no text',
      }),
    })
    await user.click(press('Paste'))
    expect((await screen.findByRole('alert')).textContent).toContain('The clipboard holds no text')
    expect(press('Paste')).toBe(document.activeElement)
    expect(press('Import').getAttribute('aria-disabled')).toBe('true')
  })

  it('leaves out what Slack refused, with a way to take it all the same', async () => {
    const { user, api } = await openDialog({
      'import/read-clipboard': ok(draftOf(finding({}))),
      'import/check': ok(draftOf(refusedBot)),
    })
    await user.click(press('Paste'))
    const notice = await screen.findByRole('alert')
    expect(notice.textContent).toContain('Slack does not know this token')
    expect(notice.textContent).toContain('invalid_auth')
    expect(box(/^Bot token/).checked).toBe(false)
    await user.click(press('Import anyway'))
    await user.type(screen.getByLabelText('Workspace name'), 'Acme')
    await user.click(press('Import 1 secret'))
    expect(api.callsTo('import/store')).toEqual([
      ['draft-1', [{ id: 'f', as: null }], { kind: 'new', name: 'Acme' }],
    ])
  })

  it('gives no box to a session token or to one that cannot be imported', async () => {
    const failure = { ...fail('IMPORT_SESSION_TOKEN').failure, message: 'It was left out' }
    const { user } = await openDialog({
      'import/read-clipboard': ok(
        draftOf(
          finding({ id: 's', kind: 'session', line: 2, check: { kind: 'refused', failure } }),
          finding({ id: 'u', kind: 'unsupported', line: 3, check: { kind: 'cannot-be-checked' } }),
        ),
      ),
    })
    await user.click(press('Paste'))
    expect(await screen.findByText('Browser session token')).toBeDefined()
    expect(screen.queryByRole('checkbox')).toBeNull()
    expect(screen.getByText('The token on line 3 cannot be imported')).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Import anyway' })).toBeNull()
  })

  it('puts the pasted text away in main on Clear, on another environment, and on closing', async () => {
    const { user, api } = await openDialog()
    await user.click(press('Paste'))
    await user.click(await screen.findByRole('button', { name: 'Clear' }))
    expect(api.callsTo('import/discard')).toHaveLength(1)
    expect(press('Paste')).toBe(document.activeElement)
    await user.keyboard('{Enter}')
    await user.click(await screen.findByRole('radio', { name: 'GovSlack' }))
    expect(api.callsTo('import/discard')).toHaveLength(2)
    await user.click(press('Paste'))
    await screen.findByText('2 lines pasted, hidden')
    expect(api.callsTo('import/read-clipboard').at(-1)).toEqual([{ kind: 'govslack' }])
  })

  it('reads nothing before the base URL can be used', async () => {
    const { user, api } = await openDialog()
    await user.click(screen.getByRole('radio', { name: 'Custom' }))
    await user.click(press('Paste'))
    const field = screen.getByLabelText('Base URL')
    expect(document.activeElement).toBe(field)
    expect(screen.getByText(/^The base URL is missing/)).toBeDefined()
    await user.type(field, 'http://localhost:9000')
    await user.click(press('Paste'))
    expect(api.callsTo('import/read-clipboard')).toEqual([
      [{ kind: 'custom', baseUrl: 'http://localhost:9000' }],
    ])
  })

  it('keeps the draft when storing failed', async () => {
    const { user, onClose } = await openDialog({ 'import/store': fail('VAULT_WRITE_FAILED') })
    await user.click(press('Paste'))
    await screen.findByText('Northwind Test')
    await user.click(box(/^Webhook URL/))
    await user.click(press('Import 1 secret'))
    expect(await screen.findByRole('alert')).toBeDefined()
    expect(box(/^Bot token/).checked).toBe(true)
    expect(onClose).not.toHaveBeenCalled()
  })
})
