import './icon.css'
import { ICON_PATHS, type IconName } from './icon-paths.ts'

export type { IconName } from './icon-paths.ts'

interface IconProps {
  readonly name: IconName
  /** CSS pixels: 16 beside text, 14 in states, 12 in badges. */
  readonly size?: 12 | 14 | 16 | 20 | 24 | undefined
}

/** One drawing of the line set. Decoration only: the word beside it, or the control's name, says it. */
export function Icon({ name, size = 16 }: IconProps) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path d={ICON_PATHS[name]} />
    </svg>
  )
}
