import { type CSSProperties, useId, useLayoutEffect, useRef } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { timeOfDay } from '../workspaces/time-words.ts'
import { ActivityDetails } from './activity-details.tsx'
import { aboutOf, iconOf, OUTCOME_WORDS, sentenceOf } from './activity-words.ts'
import type { Row } from './row-layout.ts'

interface ActivityRowProps {
  readonly row: Extract<Row, { kind: 'entry' }>
  readonly place: CSSProperties
  readonly count: number
  readonly isActive: boolean
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  /** Told how high the details are, CSS pixels. */
  readonly onSize: (size: number) => void
}

/** Time, sign, sentence, workspace, how it went; opened, the rest below. */
export function ActivityRow(props: ActivityRowProps) {
  const { row, place, count, isActive, isOpen, onOpen, onSize } = props
  const { entry } = row
  const detailsId = useId()
  const sentence = sentenceOf(entry)
  const about = aboutOf(entry)
  return (
    <li
      className="activity-entry"
      style={place}
      aria-setsize={count}
      aria-posinset={row.at + 1}
      data-open={isOpen || undefined}
    >
      <button
        type="button"
        className="activity-row"
        tabIndex={isActive ? 0 : -1}
        aria-expanded={isOpen}
        aria-controls={isOpen ? detailsId : undefined}
        onClick={() => onOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !isOpen) return
          event.preventDefault()
          onOpen(false)
        }}
      >
        <span className="activity-time">{timeOfDay(entry.atMs)}</span>
        <span className="activity-icon" data-outcome={entry.outcome}>
          <Icon name={iconOf(entry)} />
        </span>
        <span className="activity-sentence cut" title={sentence}>
          {sentence}
        </span>
        <span className="activity-about cut" title={about}>
          {about}
        </span>
        <span className="activity-outcome" data-outcome={entry.outcome}>
          {entry.outcome !== 'done' && (
            <Icon name={entry.outcome === 'failed' ? 'problem' : 'warning'} size={14} />
          )}
          {OUTCOME_WORDS[entry.outcome]}
        </span>
      </button>
      {isOpen && (
        <Measured onSize={onSize}>
          <ActivityDetails id={detailsId} entry={entry} />
        </Measured>
      )}
    </li>
  )
}

function Measured(props: {
  readonly onSize: (size: number) => void
  readonly children: React.ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const { onSize } = props
  useLayoutEffect(() => {
    if (box.current) onSize(box.current.offsetHeight)
  })
  return (
    <div className="activity-opened" ref={box}>
      {props.children}
    </div>
  )
}
