import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useId,
  useRef,
  useState,
} from 'react'
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
  const list = useList()
  const [said, setSaid] = useState('')
  const options = list.isOpen ? scopeOptions(known, chosen, typed) : []
  const at = Math.min(list.active, options.length - 1)

  function add(names: readonly string[]): void {
    const more = names.filter((name) => !chosen.includes(name))
    onChange({ chosen: [...chosen, ...more], typed: '' })
    setSaid(more.length === 0 ? '' : `${more.join(', ')} added`)
    list.set(false)
  }
  function remove(name: string): void {
    focusBeside(chosen.indexOf(name), chips, input)
    onChange({ chosen: chosen.filter((one) => one !== name), typed })
    setSaid(`${name} removed`)
  }
  function type(text: string): void {
    const isList = text.includes(',')
    if (isList) add(splitScopes(text))
    else onChange({ chosen, typed: text })
    list.set(!isList)
  }
  const move = (step: 1 | -1) => list.move(at + step, options.length)
  const enter = () => add(namesToAdd(value, options[at]))
  return {
    listId,
    input,
    chips,
    options,
    at,
    said,
    isOpen: list.isOpen && options.length > 0,
    add,
    remove,
    type,
    open: () => list.set(true),
    close: () => list.set(false),
    onPaste: (event: ClipboardEvent) => addPasted(event, add),
    onKeyDown: inputKeys({ move, enter, close: list.isOpen ? () => list.set(false) : null, chips }),
    onChipKeyDown: chipKeys({ chosen, remove, chips, input }),
  }
}

/** Whether the list is open, and which row is active; a list that opens begins with its first row. */
function useList() {
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  function set(next: boolean): void {
    setOpen(next)
    setActive(0)
  }
  /** Opens a closed list; in an open one goes to that row, round the end. */
  function move(to: number, count: number): void {
    if (!isOpen) set(true)
    else setActive((to + count) % Math.max(count, 1))
  }
  return { isOpen, active, set, move }
}

/** What Enter adds: the active row, else the text as it is; nothing of a text that is chosen already. */
function namesToAdd({ chosen, typed }: ScopeChoice, option: ScopeOption | undefined): string[] {
  const name = typed.trim()
  if (chosen.includes(name)) return []
  if (option) return [option.name]
  return /^\S+$/.test(name) ? [name] : []
}

/** A pasted list is added whole; a single name goes into the field, to be looked at. */
function addPasted(event: ClipboardEvent, add: (names: readonly string[]) => void): void {
  const names = splitScopes(event.clipboardData.getData('text'))
  if (names.length < 2) return
  event.preventDefault()
  add(names)
}

interface InputKeys {
  readonly move: (step: 1 | -1) => void
  readonly enter: () => void
  /** Null while the list is closed: Escape is then the page's. */
  readonly close: (() => void) | null
  readonly chips: RefObject<HTMLElement | null>
}

function inputKeys({ move, enter, close, chips }: InputKeys) {
  return (event: KeyboardEvent<HTMLInputElement>): void => {
    const { key, currentTarget } = event
    const goesToChips = (key === 'Backspace' || key === 'ArrowLeft') && currentTarget.value === ''
    if (key === 'ArrowDown') move(1)
    else if (key === 'ArrowUp') move(-1)
    else if (key === 'Enter') enter()
    else if (key === 'Escape' && close) close()
    else if (goesToChips) chipButtons(chips).at(-1)?.focus()
    else return
    event.preventDefault()
  }
}

interface ChipKeys {
  readonly chosen: readonly string[]
  readonly remove: (name: string) => void
  readonly chips: RefObject<HTMLElement | null>
  readonly input: RefObject<HTMLElement | null>
}

function chipKeys({ chosen, remove, chips, input }: ChipKeys) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const { key, target } = event
    const buttons = chipButtons(chips)
    const index = buttons.indexOf(target as HTMLButtonElement)
    const name = chosen[index]
    if (key === 'ArrowLeft') buttons[index - 1]?.focus()
    else if (key === 'ArrowRight') (buttons[index + 1] ?? input.current)?.focus()
    else if (key === 'Home') buttons[0]?.focus()
    else if (key === 'End') input.current?.focus()
    else if ((key === 'Delete' || key === 'Backspace') && name) remove(name)
    else return
    event.preventDefault()
  }
}

/** Before a chip goes away: the focus goes to its right neighbour, else its left one, else the field. */
function focusBeside(
  index: number,
  chips: RefObject<HTMLElement | null>,
  input: RefObject<HTMLElement | null>,
): void {
  const buttons = chipButtons(chips)
  const next = buttons[index + 1] ?? buttons[index - 1] ?? input.current
  next?.focus()
}

function chipButtons(chips: RefObject<HTMLElement | null>): HTMLButtonElement[] {
  return [...(chips.current?.querySelectorAll('button') ?? [])]
}
