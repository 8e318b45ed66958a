import type { ReactNode } from 'react'
import { Icon } from '../../parts/icon.tsx'

interface FootNoteProps {
  /** By field; those of undefined have none. */
  readonly problems: Readonly<Record<string, string | undefined>>
  /** What stands there while there is no problem. */
  readonly children?: ReactNode | undefined
}

/** At the left of a form's foot: how many fields need a change, or a quiet sentence. */
export function FootNote({ problems, children }: FootNoteProps) {
  const count = Object.values(problems).filter((text) => text !== undefined).length
  if (count === 0) return <p className="form-foot-note">{children}</p>
  return (
    <p className="form-foot-note" data-problem="" role="status">
      <Icon name="problem" size={14} />
      {count === 1 ? '1 field needs a change' : `${count} fields need a change`}
    </p>
  )
}
