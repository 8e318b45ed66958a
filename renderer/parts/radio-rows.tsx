import './radio-rows.css'
import { useId } from 'react'

interface RadioRowsProps<Id extends string> {
  readonly label: string
  readonly options: readonly {
    readonly id: Id
    readonly title: string
    readonly sentence: string
    /** What choosing it yields, at the right: "Bot, user, webhook". */
    readonly yields?: string | undefined
  }[]
  readonly value: Id
  readonly onChange: (id: Id) => void
}

/** A choice that needs a sentence each: a card of rows with the group's label above. */
export function RadioRows<Id extends string>(props: RadioRowsProps<Id>) {
  const id = useId()
  return (
    <div className="field">
      <span className="field-label" id={id}>
        {props.label}
      </span>
      <div className="radio-rows card" role="radiogroup" aria-labelledby={id}>
        {props.options.map((option) => {
          const noteId = `${id}-${option.id}`
          return (
            <label key={option.id} className="radio-row">
              <input
                type="radio"
                className="radio"
                name={id}
                aria-label={option.title}
                aria-describedby={noteId}
                checked={option.id === props.value}
                onChange={() => props.onChange(option.id)}
              />
              <span className="radio-row-title">{option.title}</span>
              <span className="radio-row-note" id={noteId}>
                <span className="radio-row-sentence">{option.sentence}</span>
                {option.yields !== undefined && (
                  <span className="radio-row-yields">{option.yields}</span>
                )}
              </span>
            </label>
          )
        })}
      </div>
    </div>
  )
}
