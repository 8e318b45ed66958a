import './settings.css'
import { ListDetail } from '../../app/list-detail.tsx'
import { type SettingsSection, useNavigation } from '../../app/navigation.ts'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { About } from './about.tsx'
import { Appearance } from './appearance.tsx'
import { BackupAndRestore } from './backup.tsx'
import { Certificate } from './certificate/certificate.tsx'
import { Security } from './security/security.tsx'

const SECTIONS: readonly {
  readonly id: SettingsSection
  readonly label: string
  readonly icon: IconName
  readonly Content: () => React.JSX.Element
}[] = [
  { id: 'appearance', label: 'Appearance', icon: 'contrast', Content: Appearance },
  { id: 'security', label: 'Security', icon: 'shield', Content: Security },
  { id: 'certificate', label: 'Certificate', icon: 'key', Content: Certificate },
  { id: 'backup', label: 'Backup and restore', icon: 'download', Content: BackupAndRestore },
  { id: 'about', label: 'About', icon: 'info', Content: About },
]

/** Settings: sections at the left, rows at the right. A change acts at once; there is no Save. */
export function SettingsView() {
  const { settingsSection: selected, go } = useNavigation()
  const section = SECTIONS.find(({ id }) => id === selected) ?? SECTIONS[0]
  if (!section) return null
  return (
    <ListDetail
      name="Settings"
      list={<Sections selected={selected} onSelect={(id) => go({ settingsSection: id })} />}
      detailName={section.label}
      detail={
        <>
          <div className="pane-head settings-head">
            <h1>{section.label}</h1>
          </div>
          <div className="pane-body settings-body">
            <section.Content />
          </div>
        </>
      }
    />
  )
}

interface SectionsProps {
  readonly selected: SettingsSection
  readonly onSelect: (id: SettingsSection) => void
}

/** One Tab stop; the arrows move and select, Enter goes to the rows. */
function Sections({ selected, onSelect }: SectionsProps) {
  const { go } = useNavigation()
  function open(id: SettingsSection): void {
    onSelect(id)
    go({ isDetailOpen: true })
  }
  return (
    <>
      <h1 className="settings-title pane-title">Settings</h1>
      <ul className="settings-sections" onKeyDown={(event) => moveSection(event, onSelect)}>
        {SECTIONS.map(({ id, label, icon }) => (
          <li key={id}>
            <button
              type="button"
              className="sidebar-item settings-section"
              data-section={id}
              data-pane-start={id === selected ? '' : undefined}
              aria-current={id === selected || undefined}
              tabIndex={id === selected ? 0 : -1}
              onClick={() => open(id)}
            >
              <Icon name={icon} />
              {label}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function moveSection(event: React.KeyboardEvent, onSelect: (id: SettingsSection) => void): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-section]')]
  const at = all.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  const target = all[Math.min(Math.max(to, 0), all.length - 1)]
  const section = SECTIONS.find(({ id }) => id === target?.dataset.section)
  target?.focus()
  if (section) onSelect(section.id)
}
