import './list-detail.css'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { Icon } from '../parts/icon.tsx'
import { useNavigation } from './navigation.ts'
import { focusInto } from './panes.ts'

interface ListDetailProps {
  /** Name of the list's pane and words of the way back: "Workspaces". */
  readonly name: string
  readonly list: ReactNode
  /** Name of the detail's pane, such as the workspace's name. */
  readonly detailName: string
  readonly detail: ReactNode
}

/**
 * List and detail side by side; below 880 px one of them, with "‹ Workspaces" above the detail.
 * Panes are columns: give each a head that stays and a `.pane-body` that scrolls. Rows open the
 * detail with `go({ isDetailOpen: true })`; Esc or Alt+Left goes back to the row.
 */
export function ListDetail({ name, list, detailName, detail }: ListDetailProps) {
  const { isDetailOpen, go } = useNavigation()
  const listPane = useRef<HTMLElement>(null)
  const detailPane = useRef<HTMLElement>(null)
  useFocusOnOpen(detailPane, isDetailOpen)

  function goBack(): void {
    go({ isDetailOpen: false })
    // The list is in view only after this change is drawn.
    requestAnimationFrame(() => listPane.current && focusRow(listPane.current))
  }
  function onKeyDown(event: KeyboardEvent): void {
    const isBack = event.key === 'Escape' || (event.key === 'ArrowLeft' && event.altKey)
    if (!isBack || event.defaultPrevented || !isOnePane()) return
    event.preventDefault()
    goBack()
  }
  return (
    <div className="list-detail" data-detail-open={isDetailOpen || undefined}>
      <section ref={listPane} className="pane pane-list" data-pane="" aria-label={`${name} list`}>
        {list}
      </section>
      <section
        ref={detailPane}
        className="pane pane-detail"
        data-pane=""
        aria-label={detailName}
        onKeyDown={isDetailOpen ? onKeyDown : undefined}
      >
        {isDetailOpen && (
          <button type="button" className="pane-back" onClick={goBack}>
            <Icon name="chevron-left" size={14} />
            {name}
          </button>
        )}
        {detail}
      </section>
    </div>
  )
}

/** The row that was left has the focus again; without one, the list's first control. */
function focusRow(pane: HTMLElement): void {
  const row = pane.querySelector<HTMLElement>('[aria-selected=true], [aria-current=true]')
  if (row) row.focus()
  else focusInto(pane)
}

/** In one pane the list goes out of view with the focus in it, so the focus goes along. */
function useFocusOnOpen(
  detail: { readonly current: HTMLElement | null },
  isDetailOpen: boolean,
): void {
  useEffect(() => {
    const pane = detail.current
    if (!isDetailOpen || !pane || !isOnePane()) return
    if (!pane.contains(document.activeElement)) focusInto(pane)
  }, [detail, isDetailOpen])
}

function isOnePane(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(width < 880px)').matches
}
