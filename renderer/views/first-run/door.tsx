import './door.css'
import { useId } from 'react'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { Spinner } from '../../parts/spinner.tsx'

interface DoorProps {
  readonly icon: IconName
  readonly title: string
  readonly sentence: string
  readonly points: readonly string[]
  /** How long it takes, in words. */
  readonly takes: string
  /** The recommended one: accent border, "Start here", and the page's first focus. */
  readonly isFirst?: boolean
  readonly busyLabel?: string | undefined
  readonly onPress: () => void
}

/** One way in: a button named by its title and described by the rest. It covers the whole card. */
export function Door(props: DoorProps) {
  const id = useId()
  const isBusy = props.busyLabel !== undefined
  return (
    <div className="door" data-first={props.isFirst}>
      <span className="door-icon">
        <Icon name={props.icon} size={20} />
      </span>
      {props.isFirst && <span className="door-start">Start here</span>}
      <button
        type="button"
        className="door-title"
        data-pane-start={props.isFirst ? '' : undefined}
        aria-describedby={id}
        aria-disabled={isBusy || undefined}
        // biome-ignore lint/a11y/noAutofocus: the first door is the page's first stop (ui 5.1)
        autoFocus={props.isFirst}
        onClick={isBusy ? undefined : props.onPress}
      >
        {props.title}
      </button>
      <div className="door-more" id={id}>
        <p className="door-sentence">{props.sentence}</p>
        <ul className="door-points">
          {props.points.map((point) => (
            <li key={point} className="door-point">
              <Icon name="check" size={14} />
              {point}
            </li>
          ))}
        </ul>
        <p className="door-takes">{props.busyLabel ?? props.takes}</p>
      </div>
      <span className="door-arrow">{isBusy ? <Spinner /> : <Icon name="chevron-right" />}</span>
    </div>
  )
}
