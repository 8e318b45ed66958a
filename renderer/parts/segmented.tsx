import './segmented.css'
import { useId } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface SegmentedProps<Id extends string> {
  /** Name of the group; said, not seen. */
  readonly label: string
  readonly options: readonly {
    readonly id: Id
    readonly label: string
    readonly icon?: IconName | undefined
  }[]
  readonly value: Id
  readonly onChange: (id: Id) => void
  /** 28 px high instead of 32. */
  readonly isSmall?: boolean | undefined
}

/** A choice among few, all in view. Radio buttons by role, so the arrows move and choose. */
export function Segmented<Id extends string>(props: SegmentedProps<Id>) {
  const name = useId()
  return (
    <div
      className="segmented"
      role="radiogroup"
      aria-label={props.label}
      data-small={props.isSmall || undefined}
    >
      {props.options.map((option) => (
        <label key={option.id} className="segmented-cell">
          <input
            type="radio"
            className="said-only"
            name={name}
            checked={option.id === props.value}
            onChange={() => props.onChange(option.id)}
          />
          {option.icon && <Icon name={option.icon} size={14} />}
          <span className="segmented-text" data-text={option.label}>
            {option.label}
          </span>
        </label>
      ))}
    </div>
  )
}
