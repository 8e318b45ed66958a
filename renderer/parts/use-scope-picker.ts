import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import { type KnownScope, type ScopeOption, scopeOptions, splitScopes } from './scope-options.ts'

/** What a scope picker holds: the scopes chosen, and text that was typed but not added. */
export interface ScopeChoice {
  readonly chosen: readonly string[]
  readonly typed: string
}

interface Options {
  readonly known: readonly KnownScope[]
  readonly value: ScopeChoice
  readonly onChange: (value: ScopeChoice) => void
}

/** State and keys of a scope picker, after the ARIA patterns "combobox" and "grid of tags". */
export function useScopePicker({ known, value, onChange }: Options) {
  const { chosen, typed } = value
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const chips = useRef<HTMLUListElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const [said, setSaid] = useState('')
  const options = isOpen ? scopeOptions(known, chosen, typed) : []
  const at = Math.min(active, options.length - 1)

  function add(names: readonly string[]): void {
    const more = names.filter((name) => !chosen.includes(name))
    onChange({ chosen: [...chosen, ...more], typed: '' })
    setSaid(more.length === 0 ? '' : `${more.join(', ')} added`)
    setOpen(false)
    setActive(0)
  }
  function remove(name: string): void {
    const index = chosen.indexOf(name)
    onChange({ chosen: chosen.filter((one) => one !== name), typed })
    setSaid(`${name} removed`)
    // The buttons are counted before the chip is gone: its right neighbour takes its place.
    const buttons = chipButtons(chips.current)
    const next = buttons[index + 1] ?? buttons[index - 1] ?? input.current
    next?.focus()
  }
  function type(text: string): void {
    const isList = text.includes(',')
    if (isList) add(splitScopes(text))
    else onChange({ chosen, typed: text })
    setActive(0)
    setOpen(!isList)
  }
  function onPaste(event: ClipboardEvent): void {
    const names = splitScopes(event.clipboardData.getData('text'))
    if (names.length < 2) return
    event.preventDefault()
    add(names)
  }
  function move(step: 1 | -1): void {
    setOpen(true)
    if (isOpen) setActive((at + step + options.length) % Math.max(options.length, 1))
  }
  function enter(): void {
    const name = typed.trim()
    const option = options[at]
    if (chosen.includes(name)) add([])
    else if (option) add([option.name])
    else if (/^\S+$/.test(name)) add([name])
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const isAtStart = event.currentTarget.selectionStart === 0 && typed === ''
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter') enter()
    else if (event.key === 'Escape' && isOpen) setOpen(false)
    else if ((event.key === 'Backspace' || event.key === 'ArrowLeft') && isAtStart) {
      chipButtons(chips.current).at(-1)?.focus()
    } else return
    event.preventDefault()
  }
  function onChipKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const buttons = chipButtons(chips.current)
    const index = buttons.indexOf(event.target as HTMLButtonElement)
    const name = chosen[index]
    if (event.key === 'ArrowLeft') buttons[index - 1]?.focus()
    else if (event.key === 'ArrowRight') (buttons[index + 1] ?? input.current)?.focus()
    else if (event.key === 'Home') buttons[0]?.focus()
    else if (event.key === 'End') input.current?.focus()
    else if ((event.key === 'Delete' || event.key === 'Backspace') && name) remove(name)
    else return
    event.preventDefault()
  }
  return {
    listId,
    input,
    chips,
    options: options satisfies readonly ScopeOption[],
    at,
    said,
    isOpen: isOpen && options.length > 0,
    add,
    remove,
    type,
    open: () => setOpen(true),
    close: () => setOpen(false),
    onPaste,
    onKeyDown,
    onChipKeyDown,
  }
}

function chipButtons(chips: HTMLElement | null): HTMLButtonElement[] {
  return [...(chips?.querySelectorAll('button') ?? [])]
}
