import './sidebar.css'
import { useId } from 'react'
import { Icon, type IconName } from '../parts/icon.tsx'
import { spokenKeys } from '../parts/icon-button.tsx'
import { Logo } from '../parts/logo.tsx'
import { Tooltip } from '../parts/tooltip.tsx'
import { useTooltip } from '../parts/use-tooltip.ts'
import { useDesk } from './desk-state.ts'
import { type Screen, useNavigation } from './navigation.ts'
import { keysLabel } from './shortcuts.ts'

/** The screens of the app; below 1040 px a rail of icons with tooltips. */
export function Sidebar({ onLock }: { readonly onLock: () => void }) {
  const { snapshot } = useDesk()
  return (
    <header className="sidebar" data-pane="">
      <div className="sidebar-name">
        <Logo size={20} />
        <span className="sidebar-word">Token Desk</span>
      </div>
      <nav aria-label="Screens">
        <ul className="sidebar-items">
          <Item
            screen="workspaces"
            icon="workspaces"
            label="Workspaces"
            keys={keysLabel('1')}
            count={snapshot.installations.length}
          />
          <Item
            screen="slack-apps"
            icon="slack-app"
            label="Slack apps"
            keys={keysLabel('2')}
            count={snapshot.slackApps.length}
          />
          <Item screen="activity" icon="clock" label="Activity" keys={keysLabel('4')} />
          <Item screen="settings" icon="settings" label="Settings" keys={keysLabel('5')} />
        </ul>
      </nav>
      <Foot onLock={onLock} />
    </header>
  )
}

interface ItemProps {
  readonly screen: Screen
  readonly icon: IconName
  readonly label: string
  readonly keys: string
  readonly count?: number
}

function Item({ screen, icon, label, keys, count = 0 }: ItemProps) {
  const navigation = useNavigation()
  const { isShown, triggerProps, tipProps } = useTooltip()
  const countId = useId()
  return (
    <li className="sidebar-place">
      <button
        type="button"
        className="sidebar-item"
        data-pane-start={navigation.screen === screen ? '' : undefined}
        aria-current={navigation.screen === screen ? 'page' : undefined}
        aria-describedby={count > 0 ? countId : undefined}
        onClick={() => navigation.go({ screen, isAddingSlackApp: false, isEditingSlackApp: false })}
        {...triggerProps}
      >
        <Icon name={icon} />
        <span className="sidebar-word">{label}</span>
      </button>
      {count > 0 && (
        <span className="sidebar-count" id={countId}>
          {count.toLocaleString('en')}
        </span>
      )}
      {isShown && <Tooltip text={label} keys={keys} side="right" {...tipProps} />}
    </li>
  )
}

function Foot({ onLock }: { readonly onLock: () => void }) {
  const { snapshot } = useDesk()
  const isOpen = snapshot.vault.state === 'ready'
  return (
    <div className="sidebar-foot">
      <span className="sidebar-vault">
        <Icon name={isOpen ? 'unlock' : 'clock'} />
        {isOpen ? 'Vault unlocked' : 'Opening the vault'}
      </span>
      {isOpen && <LockButton onLock={onLock} />}
    </div>
  )
}

/** The word where there is room, the icon with a tooltip in the rail. */
function LockButton({ onLock }: { readonly onLock: () => void }) {
  const { isShown, triggerProps, tipProps } = useTooltip()
  const keys = `${keysLabel('Shift')} L`
  return (
    <span className="sidebar-place">
      <button
        type="button"
        className="sidebar-lock"
        aria-keyshortcuts={spokenKeys(keys)}
        onClick={onLock}
        {...triggerProps}
      >
        <Icon name="unlock" />
        <span className="sidebar-word">Lock</span>
      </button>
      {isShown && <Tooltip text="Lock" keys={keys} side="right" {...tipProps} />}
    </span>
  )
}
