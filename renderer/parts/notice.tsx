import './notice.css'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type NoticeKind = 'problem' | 'warning' | 'note' | 'done'

interface NoticeProps {
  readonly kind: NoticeKind
  /** What happened, one sentence. */
  readonly title: string
  /** What can be done, one or two sentences. */
  readonly children?: ReactNode | undefined
  /** At most two buttons. */
  readonly actions?: ReactNode | undefined
  /** Another sign than the kind's own, such as the branch of git. */
  readonly icon?: IconName | undefined
  /** One strip above list and detail instead of a card. */
  readonly isStrip?: boolean | undefined
}

const ICONS: Readonly<Record<NoticeKind, IconName>> = {
  problem: 'problem',
  warning: 'warning',
  note: 'info',
  done: 'check-circle',
}

/** Says in place what happened and what can be done. A problem is spoken at once, the rest politely. */
export function Notice({ kind, title, children, actions, icon, isStrip }: NoticeProps) {
  return (
    <div
      className="notice"
      data-kind={kind}
      data-strip={isStrip || undefined}
      role={kind === 'problem' ? 'alert' : 'status'}
    >
      <div className="notice-body">
        <Icon name={icon ?? ICONS[kind]} />
        <div className="notice-text">
          <p className="notice-title">{title}</p>
          {children !== undefined && children !== null && (
            <div className="notice-more">{children}</div>
          )}
        </div>
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  )
}
