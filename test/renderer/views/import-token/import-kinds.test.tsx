import { screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { ImportDraft, ImportFinding, Snapshot } from '../../../../main/contract/views.ts'
import { ImportTokenDialog } from '../../../../renderer/views/import-token/import-token-dialog.tsx'
import { fail, type Overrides, ok, sampleDraft } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleSnapshot } from '../../sample-snapshot.ts'

function finding(over: Partial<ImportFinding>): ImportFinding {
  return {
    id: 'f',
    kind: 'bot',
    masked: 'xoxb-…k3Zq',
    variable: 'SLACK_BOT_TOKEN',
    line: 1,
    check: { kind: 'cannot-be-checked' },
    ...over,
  }
}

const either = finding({ id: 'either', kind: 'config-or-user', masked: 'xoxe.xoxp-1-…Vw8d' })
const refresh = finding({ id: 'refresh', kind: 'refresh', masked: 'xoxe-1-…q0aB', line: 2 })
const signing = finding({ id: 'signing', kind: 'signing-secret', masked: '…a41f' })
const hook = finding({ id: 'hook', kind: 'webhook', masked: 'hooks.slack.com/…pR7x' })
const worksIn = (workspaceName: string, id: string) =>
  finding({ id, check: { kind: 'works', workspaceName, scopes: [] } })

function draftOf(findings: ImportFinding[], over: Partial<ImportDraft> = {}): ImportDraft {
  return { ...sampleDraft({ kind: 'slack' }, true), findings, ...over }
}

async function pasted(
  findings: ImportFinding[],
  overrides: Overrides = {},
  snapshot: Snapshot = sampleSnapshot(6),
) {
  const onClose = vi.fn()
  const view = await renderView(<ImportTokenDialog onClose={onClose} />, {
    overrides: { 'import/read-clipboard': ok(draftOf(findings)), ...overrides },
    snapshot,
  })
  await view.user.click(press('Paste'))
  await screen.findByText('Found')
  return { ...view, onClose }
}

const press = (name: string) => screen.getByRole('button', { name })
const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name })
const row = (words: string) => within(screen.getByText(words).closest('li') ?? document.body)

describe('a token of two kinds', () => {
  it('is imported only once the user said what it is, by keys', async () => {
    const { user, api, place } = await pasted([either, refresh], {
      'import/store': ok({ installationId: null, stored: 2, configurationTokens: 1 }),
    })
    const act = press('Import 1 secret')
    expect(act.getAttribute('aria-disabled')).toBe('true')
    expect(screen.getAllByText('Say first what kind of token it is.').length).toBeGreaterThan(0)
    expect(radio('User token').checked || radio('Configuration token').checked).toBe(false)
    expect(row('Refresh token').getByText('Needs its configuration token')).toBeDefined()
    await user.tab()
    await user.keyboard('{ArrowRight}')
    expect(radio('Configuration token').checked).toBe(true)
    expect(row('Refresh token').getByText('Goes with the configuration token')).toBeDefined()
    expect(screen.queryByLabelText('Workspace name')).toBeNull()
    await user.keyboard('{Enter}')
    expect(api.callsTo('import/store')).toEqual([
      [
        'draft-1',
        [
          { id: 'either', as: 'configuration' },
          { id: 'refresh', as: null },
        ],
        { kind: 'found' },
      ],
    ])
    expect(await screen.findByText('2 secrets imported.')).toBeDefined()
    expect(place().screen).toBe('slack-apps')
  })

  it('goes to a workspace as a user token, without the refresh token beside it', async () => {
    const { user, api } = await pasted([either, refresh], {}, sampleSnapshot(0))
    await user.click(radio('User token'))
    await user.type(screen.getByLabelText('Workspace name'), 'Acme{Enter}')
    expect(api.callsTo('import/store')).toEqual([
      ['draft-1', [{ id: 'either', as: 'user' }], { kind: 'new', name: 'Acme' }],
    ])
  })

  it('is not asked about while it is left out', async () => {
    const { user } = await pasted([either, hook])
    await user.click(screen.getByRole('checkbox', { name: /^User or configuration token/ }))
    expect(screen.queryByRole('radio', { name: 'Configuration token' })).toBeNull()
    expect(press('Import 1 secret').getAttribute('aria-disabled')).toBeNull()
  })
})

describe('where secrets go', () => {
  it('is with the one workspace that was found beside them', async () => {
    const { user, api } = await pasted([worksIn('Acme', 'bot'), signing])
    expect(screen.getByText('Where does the signing secret go?')).toBeDefined()
    expect(radio('The workspace found').checked).toBe(true)
    expect(screen.getByText('It goes with Acme.')).toBeDefined()
    await user.click(press('Import 2 secrets'))
    expect(api.callsTo('import/store')[0]?.[2]).toEqual({ kind: 'found' })
  })

  it('is not with one of several that were found', async () => {
    await pasted([worksIn('Acme', 'a'), worksIn('Bergen', 'b'), signing, hook])
    expect(screen.getByText('Where do these 2 secrets go?')).toBeDefined()
    expect(screen.queryByRole('radio', { name: 'The workspace found' })).toBeNull()
    expect(radio('A new workspace').checked).toBe(true)
  })

  it('is a workspace that is here, found by typing, of the same Slack alone', async () => {
    const { user, api } = await pasted([signing])
    await user.click(radio('A workspace here'))
    await user.click(press('Import 1 secret'))
    expect(screen.getByText('Choose the workspace.')).toBeDefined()
    const field = screen.getByRole('combobox', { name: 'Workspace' })
    expect(document.activeElement).toBe(field)
    await user.keyboard('harbor')
    expect(screen.queryByRole('option', { name: /Harbor/ })).toBeNull()
    await user.clear(field)
    await user.keyboard('fabri{ArrowDown}{Enter}')
    expect(field).toHaveProperty('value', 'Fabrikam Dev')
    expect(api.callsTo('import/store')).toEqual([])
    await user.keyboard('{Enter}')
    expect(api.callsTo('import/store')[0]?.[2]).toEqual({
      kind: 'installation',
      installationId: 'inst-fabrikam',
    })
  })

  it('forgets the workspace once other words are typed over its name', async () => {
    const { user, api } = await pasted([signing])
    await user.click(radio('A workspace here'))
    const field = screen.getByRole('combobox', { name: 'Workspace' })
    await user.type(field, 'fabri{ArrowDown}{Enter}')
    await user.type(field, 'x')
    await user.tab()
    expect(field).toHaveProperty('value', '')
    await user.click(press('Import 1 secret'))
    expect(screen.getByText('Choose the workspace.')).toBeDefined()
    expect(api.callsTo('import/store')).toEqual([])
  })
})

describe('Choose file…', () => {
  it('lets main read it, and names it', async () => {
    const { user, api } = await renderView(<ImportTokenDialog onClose={() => {}} />)
    await user.click(press('Choose file…'))
    expect(await screen.findByText('8 lines of .env, hidden')).toBeDefined()
    expect(api.callsTo('import/choose-file')).toEqual([[{ kind: 'slack' }]])
    expect(api.callsTo('import/check')).toHaveLength(1)
  })

  it('keeps what was pasted when no file is chosen', async () => {
    const { user, api } = await pasted([hook], { 'import/choose-file': ok(null) })
    await user.click(press('Choose file…'))
    expect(screen.getByText('Webhook URL')).toBeDefined()
    expect(api.callsTo('import/discard')).toEqual([])
  })

  it('puts the pasted text away for the file’s', async () => {
    const { user, api } = await pasted([hook])
    await user.click(press('Choose file…'))
    expect(await screen.findByText('8 lines of .env, hidden')).toBeDefined()
    expect(api.callsTo('import/discard')).toEqual([['draft-1']])
  })

  it('says why it could not be read, and asks for another', async () => {
    const { user, api } = await pasted([hook], {
      'import/choose-file': fail('IMPORT_FILE_UNREADABLE', {
        message: 'This file cannot be read',
        remedy: 'choose-file',
      }),
    })
    await user.click(press('Choose file…'))
    expect(screen.getByRole('alert').textContent).toContain('This file cannot be read')
    await user.click(press('Choose another file…'))
    expect(api.callsTo('import/choose-file')).toHaveLength(2)
  })
})
