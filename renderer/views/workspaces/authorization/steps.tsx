import type { ReactNode } from 'react'

export interface Step {
  readonly title: string
  readonly more?: ReactNode | undefined
}

/** What to do, in order. */
export function Steps({
  steps,
  isCard,
}: {
  readonly steps: readonly Step[]
  readonly isCard?: boolean
}) {
  return (
    <ol className={isCard ? 'steps card' : 'steps'}>
      {steps.map(({ title, more }, index) => (
        <li key={title} className="step">
          <span className="step-number" aria-hidden="true">
            {index + 1}
          </span>
          <p className="step-title">{title}</p>
          {more !== undefined && <div className="step-more">{more}</div>}
        </li>
      ))}
    </ol>
  )
}
