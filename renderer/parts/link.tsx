import './link.css'
import type { ReactNode, Ref } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface LinkProps {
  readonly onPress: () => void
  readonly icon?: IconName | undefined
  /** For links that open something in place. */
  readonly isExpanded?: boolean | undefined
  readonly children: ReactNode
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

/** A button that looks like a link: a side way, never the main act. */
export function Link(props: LinkProps) {
  return (
    <button
      ref={props.ref}
      type="button"
      className="link"
      aria-expanded={props.isExpanded}
      onClick={props.onPress}
    >
      {props.icon && <Icon name={props.icon} size={14} />}
      {props.children}
    </button>
  )
}
