import './scope-chip.css'
import './scope-picker.css'
import { useId } from 'react'
import { type ControlProps, FieldFrame } from './field-frame.tsx'
import { Icon } from './icon.tsx'
import type { KnownScope } from './scope-options.ts'
import { ScopePickerList } from './scope-picker-list.tsx'
import { type ScopeChoice, useScopePicker } from './use-scope-picker.ts'

interface ScopePickerProps {
  readonly label: string
  /** Scopes to propose; any other can be added as it is. */
  readonly known: readonly KnownScope[]
  readonly value: ScopeChoice
  readonly onChange: (value: ScopeChoice) => void
  readonly problem?: string | undefined
  /** Said below in the colour of a warning; it keeps nothing from being saved. */
  readonly warning?: string | undefined
  readonly isOptional?: boolean | undefined
  readonly name?: string | undefined
  readonly onBlur?: (() => void) | undefined
}

/**
 * Chosen scopes and a search field in one box. One Tab stop: Enter adds, a pasted list is added whole,
 * Backspace or the left arrow in the empty field goes to the chips, where Delete removes.
 */
export function ScopePicker(props: ScopePickerProps) {
  const { label, value } = props
  const { chosen, typed } = value
  const picker = useScopePicker(props)
  const hintId = useId()
  const anchorName = `--scopes-${hintId.replaceAll(/[^a-z0-9]/gi, '')}`
  return (
    <FieldFrame
      label={label}
      problem={props.problem}
      help={props.warning && <ScopeWarning text={props.warning} />}
      mark={markOf(chosen.length, props.isOptional)}
    >
      {(control) => (
        <>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the chips is one on the field */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field itself takes the keys */}
          <div
            className="scope-picker"
            style={{ anchorName }}
            data-invalid={control['aria-invalid']}
            onClick={(event) =>
              event.target === event.currentTarget && picker.input.current?.focus()
            }
          >
            <Chips label={label} chosen={chosen} picker={picker} />
            <ScopeInput {...props} control={control} picker={picker} hintId={hintId} />
            {chosen.length === 0 && <Icon name="chevron-down" size={14} />}
          </div>
          <span id={hintId} hidden>
            {chosen.length > 0 && `${chosen.join(', ')}. Backspace goes to them.`}
          </span>
          <span className="said-only" role="status">
            {picker.said}
          </span>
          {picker.isOpen && (
            <ScopePickerList
              id={picker.listId}
              label={label}
              anchorName={anchorName}
              options={picker.options}
              at={picker.at}
              typed={typed}
              onPick={(name) => picker.add([name])}
            />
          )}
        </>
      )}
    </FieldFrame>
  )
}

interface ScopeInputProps extends ScopePickerProps {
  readonly control: ControlProps
  readonly picker: ReturnType<typeof useScopePicker>
  readonly hintId: string
}

function ScopeInput({ control, picker, hintId, known, value, ...props }: ScopeInputProps) {
  const { isOpen, listId, at } = picker
  const hint = `Search ${known.length} scopes or type a name`
  return (
    <input
      {...control}
      ref={picker.input}
      className="scope-picker-input"
      role="combobox"
      name={props.name}
      aria-label={props.label}
      aria-describedby={`${control['aria-describedby'] ?? ''} ${hintId}`.trim()}
      aria-expanded={isOpen}
      aria-controls={isOpen ? listId : undefined}
      aria-autocomplete="list"
      aria-activedescendant={isOpen ? `${listId}-${at}` : undefined}
      autoComplete="off"
      spellCheck={false}
      placeholder={value.chosen.length > 0 ? 'Add a scope…' : hint}
      value={value.typed}
      onChange={(event) => picker.type(event.target.value)}
      onPaste={picker.onPaste}
      onKeyDown={picker.onKeyDown}
      onClick={picker.open}
      onBlur={() => {
        picker.close()
        props.onBlur?.()
      }}
    />
  )
}

interface ChipsProps {
  readonly label: string
  readonly chosen: readonly string[]
  readonly picker: ReturnType<typeof useScopePicker>
}

function Chips({ label, chosen, picker }: ChipsProps) {
  if (chosen.length === 0) return null
  return (
    <ul
      ref={picker.chips}
      className="scope-picker-chips"
      aria-label={`Chosen ${label.toLowerCase()}`}
      onKeyDown={picker.onChipKeyDown}
    >
      {chosen.map((scope) => (
        <li key={scope} className="scope-chip scope-picker-chip">
          {scope}
          <button
            type="button"
            className="scope-picker-remove"
            tabIndex={-1}
            aria-label={`Remove ${scope}`}
            onClick={() => picker.remove(scope)}
          >
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function ScopeWarning({ text }: { readonly text: string }) {
  return (
    <span className="scope-picker-warning">
      <Icon name="warning" size={14} />
      {text}
    </span>
  )
}

function markOf(count: number, isOptional: boolean | undefined): string | undefined {
  if (count > 0) return String(count)
  return isOptional ? 'optional' : undefined
}
