import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ActivityEntry } from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { ActivityRow } from './activity-row.tsx'
import type { ActivityChoice } from './activity-search.ts'
import { layOut, type Row, rowsWithin } from './row-layout.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { useSize } from './use-size.ts'

interface ActivityRowsProps {
  /** Newest first; at least one. */
  readonly entries: readonly ActivityEntry[]
  /** What chose them: another choice begins at the top. */
  readonly choice: ActivityChoice
}

const DAY_PX = 44
const ROW_PX = 40
/** Where the workspace stands below the sentence. */
const NARROW_ROW_PX = 56
const NARROW_BELOW_PX = 700
/** Drawn above and below what is in view. */
const MORE_PX = 400

/** The list: one Tab stop, arrows move, Enter opens a row in place. Only rows near the view are drawn. */
export function ActivityRows({ entries, choice }: ActivityRowsProps) {
  const { now } = useDesk()
  const body = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(body)
  const [scrollTop, setScrollTop] = useState(0)
  const [open, setOpen] = useState<{ id: string; size: number } | null>(null)
  const [wantedId, setActiveId] = useState<string | null>(null)
  const entrySize = width < NARROW_BELOW_PX ? NARROW_ROW_PX : ROW_PX
  const { rows, size } = useMemo(
    () => layOut(entries, now, { day: DAY_PX, entry: entrySize, open }),
    [entries, now, entrySize, open],
  )
  const active = rows.find((row) => row.id === wantedId) ?? rows.find(isEntry)
  useKeptPlace(body, rows, choice)
  const focus = useFocusOn(body, active)
  const drawn = rowsWithin(rows, scrollTop - MORE_PX, scrollTop + height + MORE_PX)
  const isFar = active !== undefined && !drawn.includes(active)

  function move(event: KeyboardEvent): void {
    const to = active && rowOfKey(event.key, active, rows, height)
    if (!to) return
    event.preventDefault()
    setActiveId(to.id)
    focus()
  }
  return (
    <div
      className="activity-body"
      ref={body}
      onScroll={({ currentTarget }) => setScrollTop(currentTarget.scrollTop)}
    >
      <ul
        className="activity-rows"
        aria-label="Activity"
        style={{ blockSize: size }}
        onKeyDown={move}
      >
        {(isFar ? [...drawn, active].sort(byTop) : drawn).map((row) => (
          <RowOf
            key={row.id}
            row={row}
            count={entries.length}
            isActive={row === active}
            isOpen={row.id === open?.id}
            onOpen={(isOpen) => {
              setActiveId(row.id)
              setOpen(isOpen ? { id: row.id, size: 0 } : null)
            }}
            onSize={(detailSize) =>
              setOpen((now) =>
                now?.id === row.id && now.size !== detailSize ? { ...now, size: detailSize } : now,
              )
            }
          />
        ))}
      </ul>
    </div>
  )
}

interface RowOfProps {
  readonly row: Row
  readonly count: number
  readonly isActive: boolean
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onSize: (size: number) => void
}

function RowOf({ row, ...props }: RowOfProps) {
  const place = { transform: `translateY(${row.top}px)`, blockSize: row.size }
  if (row.kind === 'entry') return <ActivityRow row={row} place={place} {...props} />
  return (
    <li className="activity-day" style={place}>
      <h2>{row.label}</h2>
    </li>
  )
}

/** Moves the focus to the active row once it is drawn, and the row into view. */
function useFocusOn(
  body: { readonly current: HTMLElement | null },
  active: Row | undefined,
): () => void {
  const isWanted = useRef(false)
  useLayoutEffect(() => {
    if (!isWanted.current || !active || !body.current) return
    isWanted.current = false
    scrollTo(body.current, active)
    body.current.querySelector<HTMLElement>('.activity-row[tabindex="0"]')?.focus(STILL)
  })
  return () => {
    isWanted.current = true
  }
}

const STILL = { preventScroll: true }

/** Of the list: its rows are in view with their whole ring. */
const EDGE_PX = 16

/** By as little as is needed; with the name of its day where it is the first of it. */
function scrollTo(body: HTMLElement, { top, size }: Row): void {
  const from = Math.max(0, top - DAY_PX)
  const to = top + size + EDGE_PX
  if (from < body.scrollTop) body.scrollTop = from
  else if (to > body.scrollTop + body.clientHeight) body.scrollTop = to - body.clientHeight
}

function rowOfKey(key: string, active: Row, rows: readonly Row[], height: number): Row | undefined {
  const at = rows.indexOf(active)
  switch (key) {
    case 'ArrowDown':
      return rows.slice(at + 1, at + 3).find(isEntry)
    case 'ArrowUp':
      return rows.slice(Math.max(0, at - 2), at).findLast(isEntry)
    case 'Home':
      return rows.find(isEntry)
    case 'End':
      return rows.findLast(isEntry)
    case 'PageDown':
      return rows.find((row) => isEntry(row) && row.top >= active.top + height) ?? rows.at(-1)
    case 'PageUp':
      return (
        rows.findLast((row) => isEntry(row) && row.top <= active.top - height) ?? rows.find(isEntry)
      )
    default:
      return undefined
  }
}

function isEntry(row: Row): boolean {
  return row.kind === 'entry'
}

function byTop(a: Row, b: Row): number {
  return a.top - b.top
}
