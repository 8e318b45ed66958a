import './field.css'
import { type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'

interface FieldFrameProps {
  readonly label: string
  readonly help?: ReactNode | undefined
  /** What is wrong and how it should look; replaces the help. */
  readonly problem?: string | undefined
  /** Small word beside the label, such as "optional". */
  readonly mark?: string | undefined
  /** Draws the control with the ids and states that tie it to label, help and problem. */
  readonly children: (control: ControlProps) => ReactNode
}

export interface ControlProps {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** Label above, control, help or problem below (ui: text field). Shared by every field. */
export function FieldFrame({ label, help, problem, mark, children }: FieldFrameProps) {
  const id = useId()
  const noteId = `${id}-note`
  const hasNote = problem !== undefined || help !== undefined
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
        {mark !== undefined && <span className="field-mark">{mark}</span>}
      </label>
      {children({
        id,
        'aria-describedby': hasNote ? noteId : undefined,
        'aria-invalid': problem === undefined ? undefined : true,
      })}
      {hasNote && (
        <div className="field-note" id={noteId} data-problem={problem !== undefined || undefined}>
          {problem !== undefined && <Icon name="problem" size={14} />}
          <span>{problem ?? help}</span>
        </div>
      )}
    </div>
  )
}
