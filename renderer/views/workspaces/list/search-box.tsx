import './search-box.css'
import { type KeyboardEvent, useCallback, useRef } from 'react'
import { keysLabel, useCommand } from '../../../app/shortcuts.ts'
import { Icon } from '../../../parts/icon.tsx'
import { IconButton } from '../../../parts/icon-button.tsx'

interface SearchBoxProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Arrow down: into the list. */
  readonly onDown: () => void
  readonly onEnter: () => void
}

/** Search of this screen; Ctrl F leads here, Esc clears it. */
export function SearchBox({ label, value, onChange, onDown, onEnter }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  useCommand(
    'search',
    useCallback(() => {
      input.current?.focus()
      input.current?.select()
    }, []),
  )
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && value !== '') onChange('')
    else if (event.key === 'ArrowDown') onDown()
    else if (event.key === 'Enter') onEnter()
    else return
    event.preventDefault()
  }
  function clear(): void {
    onChange('')
    input.current?.focus()
  }
  return (
    <div className="search-box">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        className="search-input"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value === '' ? (
        <span className="key-cap" aria-hidden="true">
          {keysLabel('F')}
        </span>
      ) : (
        <IconButton label="Clear search" icon="close" onPress={clear} />
      )}
    </div>
  )
}
