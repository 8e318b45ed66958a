import './tooltip.css'
import { useEffect, useRef } from 'react'

interface TooltipProps {
  readonly text: string
  /** Keys of the same act, such as "Ctrl I". */
  readonly keys?: string | undefined
  readonly side?: 'below' | 'right' | undefined
  readonly anchorName: string
  readonly onPointerEnter: () => void
  readonly onPointerLeave: () => void
}

/**
 * The tip itself, drawn in the top layer so that no pane clips it. Hidden from assistive technology:
 * it repeats the control's name and `aria-keyshortcuts`.
 */
export function Tooltip(props: TooltipProps) {
  const tip = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The DOM of the tests has no popover; there the tip is simply in the page.
    if (tip.current && 'showPopover' in tip.current) tip.current.showPopover()
  }, [])
  return (
    <div
      ref={tip}
      className="tooltip"
      popover="manual"
      aria-hidden="true"
      data-side={props.side ?? 'below'}
      style={{ positionAnchor: props.anchorName }}
      onPointerEnter={props.onPointerEnter}
      onPointerLeave={props.onPointerLeave}
    >
      {props.text}
      {props.keys !== undefined && <span className="tooltip-keys">{props.keys}</span>}
    </div>
  )
}
