import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { scopeOptions, splitAtMatch, splitScopes } from '../../../renderer/parts/scope-options.ts'
import { ScopePicker } from '../../../renderer/parts/scope-picker.tsx'
import type { ScopeChoice } from '../../../renderer/parts/use-scope-picker.ts'

const KNOWN = [
  { name: 'chat:write', description: 'Post messages' },
  { name: 'chat:write.public', description: 'Post to public channels' },
  { name: 'users:read', description: 'See people' },
]

function Example({ chosen = [] }: { readonly chosen?: readonly string[] }) {
  const [value, setValue] = useState<ScopeChoice>({ chosen, typed: '' })
  return <ScopePicker label="Bot scopes" known={KNOWN} value={value} onChange={setValue} />
}

async function open(chosen: readonly string[] = []) {
  const user = userEvent.setup()
  render(<Example chosen={chosen} />)
  await user.tab()
  const input = screen.getByRole<HTMLInputElement>('combobox', { name: 'Bot scopes' })
  expect(input).toBe(document.activeElement)
  return { user, input }
}

function chips(): (string | null)[] {
  const list = screen.queryByRole('list', { name: 'Chosen bot scopes' })
  return list
    ? within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent)
    : []
}

describe('ScopePicker', () => {
  it('adds the first match with Enter, found by name or by meaning', async () => {
    const { user, input } = await open()
    await user.keyboard('people')
    expect(screen.getAllByRole('option').map((one) => one.textContent)).toEqual([
      'users:readSee people',
      'Add “people” as it is. Slack decides whether it knows it.',
    ])
    await user.keyboard('{Enter}')
    expect(chips()).toEqual(['users:read'])
    expect(input.value).toBe('')
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('moves through the list with the arrows, round the end, and says where it is', async () => {
    const { user, input } = await open()
    await user.keyboard('{ArrowDown}{ArrowDown}')
    const active = input.getAttribute('aria-activedescendant') ?? ''
    expect(document.getElementById(active)?.textContent).toMatch(/^chat:write\.public/)
    await user.keyboard('{ArrowUp}{ArrowUp}{Enter}')
    expect(chips()).toEqual(['users:read'])
  })

  it('takes an unknown scope as it is', async () => {
    const { user } = await open()
    await user.keyboard('files:wirte{Enter}')
    expect(chips()).toEqual(['files:wirte'])
  })

  it('adds a pasted list whole and once, and leaves one pasted name to be looked at', async () => {
    const { user, input } = await open(['users:read'])
    await user.paste('chat:write, users:read\n"a:b"')
    expect(chips()).toEqual(['users:read', 'chat:write', 'a:b'])
    await user.paste('c:d')
    expect(input.value).toBe('c:d')
  })

  it('does not add one twice, nor another in its place', async () => {
    const { user } = await open(['chat:write'])
    await user.keyboard('chat:write{Enter}')
    expect(chips()).toEqual(['chat:write'])
  })

  it('goes to the chips with Backspace, removes with Delete, and back', async () => {
    const { user, input } = await open(['chat:write', 'users:read', 'a:b'])
    await user.keyboard('{Backspace}')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove a:b' }))
    await user.keyboard('{ArrowLeft}{Delete}')
    expect(chips()).toEqual(['chat:write', 'a:b'])
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove a:b' }))
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement).toBe(input)
    expect(screen.getByRole('status').textContent).toBe('users:read removed')
  })

  it('removes and adds with the pointer', async () => {
    const { user, input } = await open(['users:read'])
    await user.click(screen.getByRole('button', { name: 'Remove users:read' }))
    await user.click(input)
    await user.click(screen.getByRole('option', { name: /^users:read/ }))
    expect(chips()).toEqual(['users:read'])
  })

  it('closes the list with Escape and keeps what was typed', async () => {
    const { user, input } = await open()
    await user.keyboard('chat{Escape}')
    expect(screen.queryByRole('listbox')).toBeNull()
    expect(input.value).toBe('chat')
  })

  it('is one Tab stop', async () => {
    const { user } = await open(['chat:write', 'users:read'])
    await user.tab()
    expect(document.activeElement).toBe(document.body)
  })
})

describe('scopeOptions', () => {
  it.each<[string, string, string[]]>([
    ['the exact name first', 'chat:write', ['chat:write', 'chat:write.public']],
    ['case makes no difference', ' CHAT:WRITE.P', ['chat:write.public', 'CHAT:WRITE.P']],
    ['a text with a space is no scope', 'post to', ['chat:write.public']],
    ['nothing fits', 'zzz', ['zzz']],
  ])('%s', (_, typed, names) => {
    expect(scopeOptions(KNOWN, [], typed).map(({ name }) => name)).toEqual(names)
  })

  it('leaves the chosen ones out', () => {
    expect(scopeOptions(KNOWN, ['chat:write'], '').map(({ name }) => name)).toEqual([
      'chat:write.public',
      'users:read',
    ])
  })
})

it.each<[string, string[]]>([
  ['a,b c', ['a', 'b', 'c']],
  ['["a", "b"]', ['a', 'b']],
  [' a ;\r\n a ', ['a']],
  ['  ', []],
])('splits %j', (text, scopes) => {
  expect(splitScopes(text)).toEqual(scopes)
})

it.each<[string, string, readonly string[]]>([
  ['chat:write', 'WRI', ['chat:', 'wri', 'te']],
  ['chat:write', 'zzz', ['chat:write', '', '']],
  ['chat:write', '', ['chat:write', '', '']],
])('marks the match in %s of %j', (text, typed, parts) => {
  expect(splitAtMatch(text, typed)).toEqual(parts)
})
