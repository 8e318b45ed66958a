import { useEffect, useRef } from 'react'
import { type ScopeOption, splitAtMatch } from './scope-options.ts'

interface ScopePickerListProps {
  readonly id: string
  readonly label: string
  /** CSS anchor of the box that it hangs under. */
  readonly anchorName: string
  readonly options: readonly ScopeOption[]
  /** Index of the active option. */
  readonly at: number
  readonly typed: string
  readonly onPick: (name: string) => void
}

/** The list of a scope picker, in the top layer so that no pane clips it. The focus stays in the field. */
export function ScopePickerList(props: ScopePickerListProps) {
  const { id, options, at, anchorName } = props
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The DOM of the tests has no popover; there the list is simply in the page.
    if (list.current && 'showPopover' in list.current) list.current.showPopover()
  }, [])
  useEffect(() => {
    const option = list.current?.children[at]
    if (option && 'scrollIntoView' in option) option.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <div
      ref={list}
      id={id}
      className="scope-list"
      popover="manual"
      role="listbox"
      // The options follow the field's aria-activedescendant; the list itself is no stop.
      tabIndex={-1}
      aria-label={props.label}
      style={{ positionAnchor: anchorName }}
      onPointerDown={(event) => event.preventDefault()}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and takes the keys
        <div
          key={`${option.kind} ${option.name}`}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          className="scope-option"
          aria-selected={index === at}
          onClick={() => props.onPick(option.name)}
        >
          <OptionText option={option} typed={props.typed} />
        </div>
      ))}
    </div>
  )
}

function OptionText({ option, typed }: { readonly option: ScopeOption; readonly typed: string }) {
  if (option.kind === 'typed') {
    return (
      <span>
        Add “<span className="mono">{option.name}</span>” as it is. Slack decides whether it knows
        it.
      </span>
    )
  }
  return (
    <>
      <span className="mono">
        <Marked text={option.name} typed={typed} />
      </span>
      <span className="scope-option-meaning">
        <Marked text={option.description} typed={typed} />
      </span>
    </>
  )
}

function Marked({ text, typed }: { readonly text: string; readonly typed: string }) {
  const [before, match, after] = splitAtMatch(text, typed)
  return (
    <>
      {before}
      {match !== '' && <u className="scope-match">{match}</u>}
      {after}
    </>
  )
}
