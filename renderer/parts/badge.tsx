import './badge.css'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type BadgeTone = 'neutral' | 'ok' | 'warn' | 'danger' | 'accent'

interface BadgeProps {
  readonly tone: BadgeTone
  readonly icon?: IconName | undefined
  /** 16 px high, in lists. */
  readonly isSmall?: boolean | undefined
  readonly children: ReactNode
}

/** A state as shape, word and colour, in this order of trust. */
export function Badge({ tone, icon, isSmall, children }: BadgeProps) {
  return (
    <span className="badge" data-tone={tone} data-small={isSmall || undefined}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  )
}
