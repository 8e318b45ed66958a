import './workspace-rows.css'
import { type KeyboardEvent, type MouseEvent, useMemo } from 'react'
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components'
import type { AuthorizationView, InstallationView } from '../../../../main/contract/views.ts'
import { WaitingRow, waitingName } from './waiting-row.tsx'
import { WorkspaceRow } from './workspace-row.tsx'

type Item = AuthorizationView | InstallationView

interface WorkspaceRowsProps {
  readonly waiting: readonly AuthorizationView[]
  readonly installations: readonly InstallationView[]
  /** ID of the workspace or authorization that the detail shows. */
  readonly selectedId: string | null
  readonly onSelect: (item: Item) => void
  /** Click or Enter: the user wants the detail, not only to see it beside the list. */
  readonly onOpen: (byKey: boolean) => void
  /** Ctrl C on a row. */
  readonly onCopy: (installation: InstallationView) => void
}

/** Rows in the DOM from here on are only those in view. */
const VIRTUAL_FROM = 60
const ROW_SIZE_PX = 56

/** The list itself: one Tab stop, the arrows move and select, letters find by name. */
export function WorkspaceRowList(props: WorkspaceRowsProps) {
  const { waiting, installations, selectedId } = props
  const items = useMemo(() => [...waiting, ...installations], [waiting, installations])
  const isVirtual = items.length > VIRTUAL_FROM
  const selected = items.find((item) => item.id === selectedId)
  function onKeyDown(event: KeyboardEvent): void {
    if (!isOnRow(event)) return
    if (event.key === 'Enter') props.onOpen(true)
    else if (isCopyKey(event) && selected && !isWaiting(selected)) props.onCopy(selected)
    else return
    event.preventDefault()
  }
  const rows = <Rows {...props} items={items} selected={selected} isVirtual={isVirtual} />
  return (
    // Capturing: the rows keep their own keys and clicks from coming up.
    <div
      className="workspace-rows-keys"
      onKeyDownCapture={onKeyDown}
      onClickCapture={(event) => isOnRow(event) && props.onOpen(false)}
    >
      {isVirtual ? (
        <Virtualizer layout={ListLayout} layoutOptions={LAYOUT}>
          {rows}
        </Virtualizer>
      ) : (
        rows
      )}
    </div>
  )
}

interface RowsProps extends Pick<WorkspaceRowsProps, 'waiting' | 'onSelect'> {
  readonly items: readonly Item[]
  readonly selected: Item | undefined
  readonly isVirtual: boolean
}

function Rows({ items, waiting, selected, isVirtual, onSelect }: RowsProps) {
  const lastWaitingId = waiting.at(-1)?.id
  return (
    <ListBox
      aria-label="Workspaces"
      className="workspace-rows"
      data-virtual={isVirtual || undefined}
      items={items}
      dependencies={[lastWaitingId]}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={selected ? [selected.id] : []}
      onSelectionChange={(keys) => {
        const item = items.find(({ id }) => keys !== 'all' && keys.has(id))
        if (item && item !== selected) onSelect(item)
      }}
    >
      {(item) => (
        <ListBoxItem
          textValue={isWaiting(item) ? waitingName(item) : item.name}
          className="workspace-row"
          data-last-waiting={item.id === lastWaitingId || undefined}
        >
          {isWaiting(item) ? (
            <WaitingRow authorization={item} />
          ) : (
            <WorkspaceRow installation={item} />
          )}
        </ListBoxItem>
      )}
    </ListBox>
  )
}

const LAYOUT = { rowSize: ROW_SIZE_PX, padding: 8 }

function isWaiting(item: Item): item is AuthorizationView {
  return 'state' in item
}

function isOnRow(event: KeyboardEvent | MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest('[role=option]') !== null
}

function isCopyKey(event: KeyboardEvent): boolean {
  const isMod = event.ctrlKey || event.metaKey
  return isMod && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'c'
}
