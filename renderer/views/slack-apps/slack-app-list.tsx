import '../workspaces/list/workspace-rows.css'
import './slack-apps.css'
import { useCallback, useRef } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { SlackAppView } from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { useNavigation } from '../../app/navigation.ts'
import { focusInto } from '../../app/panes.ts'
import { useCommand } from '../../app/shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { TokensFoot } from './configuration-tokens/tokens-foot.tsx'
import { countWords, workspacesOf } from './slack-app-words.ts'
import { STRATEGY_NAMES } from './strategy-names.ts'

interface SlackAppListProps {
  readonly onAdd: () => void
}

/** The list's pane: head, and the apps by name. */
export function SlackAppList({ onAdd }: SlackAppListProps) {
  const { slackApps } = useDesk().snapshot
  const list = useRef<HTMLDivElement>(null)
  // There is nothing to search among a few apps, so the key goes to the list itself.
  const search = useCallback(() => list.current && focusInto(list.current), [])
  useCommand('search', search)
  return (
    <>
      <div className="pane-head slack-apps-head">
        <h1 className="pane-title">Slack apps</h1>
        <Button size="row" icon="plus" onPress={onAdd}>
          Add Slack app
        </Button>
      </div>
      <div className="slack-apps-list" ref={list}>
        {slackApps.length > 0 && <Rows apps={slackApps} />}
      </div>
      <TokensFoot />
    </>
  )
}

/** One Tab stop; the arrows move and select, Enter goes to the detail. */
function Rows({ apps }: { readonly apps: readonly SlackAppView[] }) {
  const { slackAppId, go } = useNavigation()
  function open(target: EventTarget): void {
    if (!(target instanceof Element) || !target.closest('[role=option]')) return
    go({ isDetailOpen: true })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside take the focus and the keys
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are taken in the capture phase
    <div
      className="workspace-rows-keys"
      onClick={(event) => open(event.target)}
      // In the capture phase: the list keeps Enter on a row to itself.
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter') return
        open(event.target)
        // The detail of the one-pane layout is in view only after this change is drawn.
        requestAnimationFrame(() => {
          const detail = document.querySelector<HTMLElement>('.pane-detail')
          if (detail) focusInto(detail)
        })
      }}
    >
      <ListBox
        aria-label="Slack apps"
        className="workspace-rows"
        items={apps}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={apps.some(({ id }) => id === slackAppId) && slackAppId ? [slackAppId] : []}
        onSelectionChange={(keys) => {
          const app = apps.find(({ id }) => keys !== 'all' && keys.has(id))
          if (app && app.id !== slackAppId) go({ slackAppId: app.id })
        }}
      >
        {(app) => (
          <ListBoxItem textValue={app.name} className="workspace-row">
            <Row app={app} />
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  )
}

function Row({ app }: { readonly app: SlackAppView }) {
  const { installations } = useDesk().snapshot
  const { ref, label } = app.environment
  const place = ref.kind === 'slack' ? STRATEGY_NAMES[app.strategy] : label
  const second = `${place} · ${countWords(workspacesOf(app, installations).length, 'workspace')}`
  return (
    <>
      <span className="slack-app-tile">
        <Icon name="slack-app" />
      </span>
      <span className="row-texts">
        <span className="row-line row-name">
          <span className="cut" title={app.name}>
            {app.name}
          </span>
        </span>
        <span className="row-line row-second">
          <span className="cut" title={second}>
            {second}
          </span>
        </span>
      </span>
    </>
  )
}
