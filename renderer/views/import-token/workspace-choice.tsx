import '../../parts/field.css'
import '../../parts/menu-button.css'
import { useMemo, useState } from 'react'
import {
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Button as SignButton,
  Text,
} from 'react-aria-components'
import { Icon } from '../../parts/icon.tsx'
import { indexInstallations, searchInstallations } from '../workspaces/search-installations.ts'
import type { Destination } from './use-destination.ts'

/** More are found by typing on: a list this long is not read to its end. */
const MOST_SHOWN = 50

/** One of the workspaces that are here, found as in the list: by name, team ID, app or enterprise. */
export function WorkspaceChoice({ destination }: { readonly destination: Destination }) {
  const { installations, installationId, setInstallationId, problem } = destination
  const [typed, setTyped] = useState('')
  // The list belongs to the dialog, for whoever reads the page by its parts too.
  const [dialog, setDialog] = useState<Element | null>(null)
  const index = useMemo(() => indexInstallations(installations), [installations])
  const selected = installations.find(({ id }) => id === installationId)
  // The name of the chosen one searches for nothing: the whole list is there to choose anew.
  const query = typed === selected?.name ? '' : typed
  const found = searchInstallations(index, query).slice(0, MOST_SHOWN)
  return (
    <ComboBox
      ref={(field) => setDialog(field?.closest('.dialog') ?? null)}
      className="field workspace-choice"
      items={found}
      inputValue={typed}
      onInputChange={(text) => {
        setTyped(text)
        if (!installations.some(({ name }) => name === text)) setInstallationId(null)
      }}
      selectedKey={installationId}
      onSelectionChange={(key) => {
        const chosen = installations.find(({ id }) => id === key)
        setInstallationId(chosen?.id ?? null)
        // What names no workspace goes when the field is left.
        setTyped(chosen?.name ?? '')
      }}
      isInvalid={problem !== undefined}
      allowsEmptyCollection
    >
      <Label className="field-label">Workspace</Label>
      <div className="workspace-choice-field">
        <Input
          className="field-input"
          type="text"
          name="installation"
          placeholder={`Search ${installations.length} workspaces`}
          spellCheck="false"
        />
        <SignButton className="workspace-choice-open">
          <Icon name="chevron-down" size={14} />
        </SignButton>
      </div>
      {problem !== undefined && (
        <Text slot="errorMessage" className="field-note" data-problem="">
          <Icon name="problem" size={14} />
          <span>{problem}</span>
        </Text>
      )}
      <Popover
        className="popover workspace-choice-list"
        offset={4}
        {...(dialog && { UNSTABLE_portalContainer: dialog })}
      >
        <ListBox
          className="menu"
          renderEmptyState={() => <p className="workspace-choice-none">No workspace matches.</p>}
        >
          {(item: Destination['installations'][number]) => (
            <ListBoxItem id={item.id} textValue={item.name} className="menu-item">
              <span className="menu-label">{item.name}</span>
              <span className="workspace-choice-app">{item.appName}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
