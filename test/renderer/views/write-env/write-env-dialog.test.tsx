import { act, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { CallValue } from '../../../../main/contract/calls.ts'
import type { EnvFileView, SecretRef, WritePreview } from '../../../../main/contract/views.ts'
import { Dialogs } from '../../../../renderer/app/dialogs.tsx'
import { fail, type Overrides, ok, samplePreview } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleSecurity, sampleSnapshot } from '../../sample-snapshot.ts'

const ref: SecretRef = {
  of: 'credential',
  installationId: 'inst-northwind',
  credentialId: 'cred-bot',
}
const title = 'Bot token of Northwind Test'
const env: EnvFileView = { id: 'file-1', displayPath: '~/code/northwind-bot/.env', exists: true }
const other: EnvFileView = { id: 'file-2', displayPath: '~/code/hooks/.env', exists: false }
const recent: Overrides = { 'sharing/recent-env-files': ok([env]) }
const previewOf = (over: Partial<WritePreview>): Overrides => ({
  ...recent,
  'sharing/preview-write': (_ref, _file, variable) => ok({ ...samplePreview(variable), ...over }),
})
const gitOf = (git: Partial<WritePreview['git']>): Overrides =>
  previewOf({ git: { state: 'ignored', gitignore: null, untrackCommand: null, ...git } })

const WRITTEN: CallValue<'sharing/write'> = {
  writeId: 'write-1',
  displayPath: env.displayPath,
  changedCount: 1,
  createdFile: false,
  gitignoreAdded: false,
  gitignoreFailure: null,
}

async function open(overrides: Overrides = recent, secretRef = ref) {
  const view = await renderView(<Dialogs />, {
    start: { dialog: { kind: 'write', ref: secretRef, title } },
    overrides,
  })
  await screen.findByRole('dialog', { name: 'Write to env file' })
  return view
}

const button = (name: string) => screen.getByRole('button', { name })
const findButton = (name: string) => screen.findByRole('button', { name })
const variable = () => screen.getByRole('textbox', { name: 'Variable' })
const isOff = (name: string) => button(name).getAttribute('aria-disabled') === 'true'
const focused = () => document.activeElement
const retyped = (name: string) => `{Control>}a{/Control}${name}`

describe('the file', () => {
  it('is chosen first where none is known; then the act has the focus', async () => {
    const { user, api } = await open({})
    expect(focused()).toBe(button('Choose…'))
    expect(isOff('Write')).toBe(true)
    expect(screen.getByText('Choose a file to see the line that changes.')).toBeTruthy()
    await user.keyboard('{Enter}')
    expect(await findButton('Write 1 line')).toBe(focused())
    expect(api.callsTo('sharing/preview-write')).toEqual([[ref, 'file-1', 'SLACK_BOT_TOKEN']])
    expect(screen.getByText('1 line changes, 7 stay as they are')).toBeTruthy()
  })

  it('is the one used last, or another of those used before', async () => {
    const { user, api } = await open({ 'sharing/recent-env-files': ok([env, other]) })
    await findButton('Write 1 line')
    await user.selectOptions(screen.getByRole('combobox', { name: 'File' }), 'file-2')
    expect(screen.getByRole('option', { name: '~/code/hooks/.env (new file)' })).toBeTruthy()
    await expect.poll(() => api.callsTo('sharing/preview-write').at(-1)?.[1]).toBe('file-2')
  })

  it('stays when the system’s dialog was closed', async () => {
    const { user } = await open({ ...recent, 'sharing/choose-env-file': ok(null) })
    await findButton('Write 1 line')
    await user.click(button('Choose…'))
    expect(screen.getByRole('textbox', { name: 'File' })).toHaveProperty('value', env.displayPath)
  })

  it('that is refused leaves the act off, and leads to another', async () => {
    const { user, api } = await open({
      ...recent,
      'sharing/preview-write': fail('ENV_UTF16', {
        message: 'This file is UTF-16',
        remedy: 'choose-file',
      }),
    })
    expect((await screen.findByRole('alert')).textContent).toContain('This file is UTF-16')
    expect(isOff('Write')).toBe(true)
    await user.click(button('Choose another file…'))
    expect(api.callsTo('sharing/choose-env-file')).toHaveLength(1)
  })
})

describe('the variable', () => {
  it.each<[string, SecretRef, string]>([
    ['a token', ref, 'SLACK_BOT_TOKEN'],
    ['a client ID', { of: 'slack-app', slackAppId: 'a', field: 'clientId' }, 'SLACK_CLIENT_ID'],
    [
      'a client secret',
      { of: 'slack-app', slackAppId: 'a', field: 'clientSecret' },
      'SLACK_CLIENT_SECRET',
    ],
  ])('is proposed for %s', async (_what, secretRef, name) => {
    await open(recent, secretRef)
    expect(variable()).toHaveProperty('value', name)
  })

  it('asks for one preview after typing; until then nothing can be written', async () => {
    const { user, api } = await open()
    await findButton('Write 1 line')
    await user.click(variable())
    await user.keyboard(retyped('MY_TOKEN'))
    expect(isOff('Write 1 line')).toBe(true)
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(api.callsTo('sharing/write')).toEqual([])
    await expect.poll(() => isOff('Write 1 line')).toBe(false)
    expect(api.callsTo('sharing/preview-write').map((args) => args[2])).toEqual([
      'SLACK_BOT_TOKEN',
      'MY_TOKEN',
    ])
  })

  it('has its own problem below it', async () => {
    await open({
      ...recent,
      'sharing/preview-write': fail('ENV_NAME_INVALID', {
        message: 'This cannot be the name of a variable',
        advice: 'Use letters, digits and underscores.',
        field: 'variable',
      }),
    })
    await expect.poll(() => variable().getAttribute('aria-invalid')).toBe('true')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByText(/cannot be the name of a variable. Use letters/)).toBeTruthy()
  })

  it('stands in the file that a link leads to, which is said', async () => {
    await open(previewOf({ leadsTo: '~/shared/env' }))
    expect(await screen.findByText('This file is a link')).toBeTruthy()
    expect(screen.getByText('~/shared/env')).toBeTruthy()
  })

  it('that frameworks publish is warned of', async () => {
    await open(previewOf({ publicNameWarning: true }))
    expect(await screen.findByText('This name would publish the token')).toBeTruthy()
  })

  it('shows the answer to the last name, whatever order the answers come in', async () => {
    const answers: (() => void)[] = []
    const { user } = await open({
      ...recent,
      'sharing/preview-write': (_ref, _file, name) =>
        new Promise((resolve) => {
          answers.push(() => resolve(ok(samplePreview(name))))
        }),
    })
    await expect.poll(() => answers.length).toBe(1)
    await user.click(variable())
    await user.keyboard(retyped('LATER'))
    await expect.poll(() => answers.length).toBe(2)
    await act(async () => answers[1]?.())
    await act(async () => answers[0]?.())
    expect(screen.getByText('LATER=xoxb-…k3Zq')).toBeTruthy()
  })
})

describe('the act', () => {
  it.each<[string, Partial<WritePreview>, string]>([
    ['several lines', { changedCount: 3 }, 'Write 3 lines'],
    ['a new file', { createsFile: true }, 'Create file'],
    ['only .gitignore', { changesAnything: false }, 'Add to .gitignore'],
  ])('names %s', async (_what, over, name) => {
    await open(previewOf(over))
    expect(await findButton(name)).toBeTruthy()
    expect(isOff(name)).toBe(false)
  })

  it('is off where the file holds the value already', async () => {
    const git = { state: 'ignored', gitignore: null, untrackCommand: null } as const
    await open(previewOf({ changesAnything: false, changedCount: 0, git }))
    expect(await screen.findByText('Nothing: the file holds this value already')).toBeTruthy()
    expect(isOff('Write 0 lines')).toBe(true)
  })

  it('writes by Ctrl Enter, says where, and undoes', async () => {
    const { user, api, place } = await open()
    await findButton('Write 1 line')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(api.callsTo('sharing/write')).toEqual([['preview-1', { addToGitignore: true }]])
    expect(place().dialog).toBeNull()
    expect(screen.getByText(`1 line written to ${env.displayPath}.`)).toBeTruthy()
    await user.click(button('Undo'))
    expect(api.callsTo('sharing/undo-write')).toEqual([['write-1']])
    expect(screen.getByText('Undone.')).toBeTruthy()
  })

  it('comes back with the reason when the undo did not work', async () => {
    const { user } = await open({
      ...recent,
      'sharing/undo-write': fail('ENV_CHANGED_SINCE_PREVIEW', { message: 'The file changed' }),
    })
    await user.click(await findButton('Write 1 line'))
    await user.click(button('Undo'))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByRole('alert').textContent).toContain('The file changed')
  })

  it('that is refused shows why and the new preview', async () => {
    const { user, api } = await open({
      ...recent,
      'sharing/write': fail('ENV_CHANGED_SINCE_PREVIEW', {
        message: 'This file changed since the preview',
        remedy: 'preview-again',
      }),
    })
    await user.click(await findButton('Write 1 line'))
    expect(screen.getByRole('alert').textContent).toContain('changed since the preview')
    await expect.poll(() => api.callsTo('sharing/preview-write')).toHaveLength(2)
    await expect.poll(() => isOff('Write 1 line')).toBe(false)
  })

  it.each([
    { how: 'asks first who it is, where the user wants that', isUser: true },
    { how: 'stays as it is where that is called off', isUser: false },
  ])('$how', async ({ isUser }) => {
    const answers = [fail('USER_CHECK_REQUIRED', { message: 'It has to be you' })]
    const base = sampleSnapshot(6)
    const { user, api } = await renderView(<Dialogs />, {
      start: { dialog: { kind: 'write', ref, title } },
      overrides: { ...recent, 'sharing/write': () => answers.shift() ?? ok(WRITTEN) },
      snapshot: {
        ...base,
        vault: { ...base.vault, protection: 'passphrase' },
        security: { ...sampleSecurity({ asksBeforeSecrets: true }), userCheck: 'passphrase' },
      },
    })
    await user.click(await findButton('Write 1 line'))
    await user.type(
      await screen.findByLabelText('Passphrase', { selector: 'input' }),
      isUser ? 'four unrelated words{Enter}' : '{Escape}',
    )
    await expect.poll(() => api.callsTo('sharing/write')).toHaveLength(isUser ? 2 : 1)
    if (isUser)
      expect(await screen.findByText(`1 line written to ${env.displayPath}.`)).toBeTruthy()
    else expect(await findButton('Write 1 line')).toBeTruthy()
    expect(screen.queryByText('It has to be you')).toBeNull()
    expect(api.callsTo('sharing/preview-write')).toHaveLength(1)
  })

  it('that wrote the file but not .gitignore says both', async () => {
    const report: CallValue<'sharing/write'> = {
      writeId: 'write-1',
      displayPath: env.displayPath,
      changedCount: 1,
      createdFile: false,
      gitignoreAdded: false,
      gitignoreFailure: fail('ENV_READ_ONLY', { message: 'You may not write .gitignore' }).failure,
    }
    const { user, api, place } = await open({ ...recent, 'sharing/write': ok(report) })
    await user.click(await findButton('Write 1 line'))
    expect(screen.getByRole('alert').textContent).toContain('You may not write .gitignore')
    expect(screen.getByText(`1 line written to ${env.displayPath}.`)).toBeTruthy()
    await user.click(button('Undo'))
    expect(api.callsTo('sharing/undo-write')).toEqual([['write-1']])
    expect(place().dialog).toBeNull()
  })

  it('is left by Cancel and by Esc, with nothing written', async () => {
    const { user, api, place } = await open()
    await findButton('Write 1 line')
    await user.keyboard('{Escape}')
    expect(place().dialog).toBeNull()
    expect(api.callsTo('sharing/write')).toEqual([])
  })
})

describe('git', () => {
  const gitignore = { displayPath: '~/code/northwind-bot/.gitignore', line: '.env' }

  it('that does not ignore the file gets a line, unless unticked', async () => {
    const { user, api } = await open(gitOf({ state: 'not-ignored', gitignore }))
    const box = await screen.findByRole('checkbox', {
      name: `Add .env to ${gitignore.displayPath}`,
    })
    expect(box).toHaveProperty('checked', true)
    await user.click(box)
    await user.click(button('Write 1 line'))
    expect(api.callsTo('sharing/write')).toEqual([['preview-1', { addToGitignore: false }]])
  })

  it('that tracks the file needs a command as well', async () => {
    const untrackCommand = 'git rm --cached .env'
    const { user, api } = await open(gitOf({ state: 'tracked', gitignore, untrackCommand }))
    expect(await screen.findByText(untrackCommand)).toBeTruthy()
    await user.click(button('Copy git command'))
    expect(api.callsTo('sharing/copy-untrack-command')).toEqual([['preview-1']])
    expect(screen.getByText('Copied')).toBeTruthy()
  })

  it('that cannot be asked is never read as safe', async () => {
    await open(gitOf({ state: 'unknown' }))
    expect(await screen.findByText('Git did not say whether it ignores this file')).toBeTruthy()
  })

  it.each([
    ['ignored', true],
    ['outside', false],
  ] as const)('%s: no warning', async (state, isSaid) => {
    await open(gitOf({ state }))
    await findButton('Write 1 line')
    expect(screen.queryByText('Git ignores this file.') !== null).toBe(isSaid)
    expect(screen.queryByText('Git does not ignore this file')).toBeNull()
  })
})
