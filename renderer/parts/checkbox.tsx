import './checkbox.css'
import { type ReactNode, useId } from 'react'

interface CheckboxProps {
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly children: ReactNode
  /** One sentence below the label. */
  readonly description?: ReactNode | undefined
  readonly isDisabled?: boolean | undefined
  /** The accessible name where the label is more than words. */
  readonly label?: string | undefined
}

/** A box to tick, with its label to the right and room for one sentence. */
export function Checkbox(props: CheckboxProps) {
  const id = useId()
  const hasDescription = props.description !== undefined
  return (
    <div className="checkbox">
      <label className="checkbox-label">
        <input
          type="checkbox"
          className="checkbox-box"
          checked={props.isSelected}
          disabled={props.isDisabled}
          aria-label={props.label}
          aria-describedby={hasDescription ? id : undefined}
          onChange={(event) => props.onChange(event.target.checked)}
        />
        <span className="checkbox-text">{props.children}</span>
      </label>
      {hasDescription && (
        <p className="checkbox-description" id={id}>
          {props.description}
        </p>
      )}
    </div>
  )
}
