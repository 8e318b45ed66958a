import './select.css'
import { Icon } from './icon.tsx'

interface SelectProps<Value extends string | number> {
  /** Its name: the words beside it. */
  readonly label: string
  readonly describedBy?: string | undefined
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** One of a few values. The system's own list: it works the same for every hand and every reader. */
export function Select<Value extends string | number>(props: SelectProps<Value>) {
  return (
    <span className="select">
      <select
        className="select-field"
        aria-label={props.label}
        aria-describedby={props.describedBy}
        value={props.value}
        onChange={(event) => {
          const chosen = props.options.find(({ value }) => String(value) === event.target.value)
          if (chosen) props.onChange(chosen.value)
        }}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" size={14} />
    </span>
  )
}
