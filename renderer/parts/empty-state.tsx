import './empty-state.css'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface EmptyStateProps {
  readonly icon: IconName
  readonly title: string
  /** At most two sentences. */
  readonly children?: ReactNode | undefined
  /** One button. */
  readonly action?: ReactNode | undefined
}

/** Stands where there is nothing yet: what would be here, and the one act that brings it. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <span className="empty-state-tile">
        <Icon name={icon} size={24} />
      </span>
      <h2 className="empty-state-title">{title}</h2>
      {children !== undefined && <p className="empty-state-text">{children}</p>}
      {action}
    </div>
  )
}
