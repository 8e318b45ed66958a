import { useCallback, useState } from 'react'
import { useDesk } from '../../../app/desk-state.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { useCommand } from '../../../app/shortcuts.ts'
import { Button } from '../../../parts/button.tsx'
import { MenuButton } from '../../../parts/menu-button.tsx'
import type { Authorize } from '../use-authorize.ts'

interface AuthorizeButtonProps {
  readonly authorize: Authorize
  readonly size?: 'row' | 'default' | undefined
}

/** "Authorize workspace": at once with one Slack app, by a menu with several, else the form for one. */
export function AuthorizeButton({ authorize, size = 'row' }: AuthorizeButtonProps) {
  const { slackApps } = useDesk().snapshot
  const { go } = useNavigation()
  const [isOpen, setOpen] = useState(false)
  useCommand(
    'authorize',
    useCallback(() => setOpen(true), []),
  )
  const [first] = slackApps
  if (authorize.isBusy || slackApps.length < 2) {
    return (
      <Button
        kind="filled"
        size={size}
        busyLabel={authorize.isBusy ? 'Opening…' : undefined}
        onPress={() => {
          if (first) void authorize.begin(first.id, null)
          else go({ screen: 'slack-apps', isAddingSlackApp: true })
        }}
      >
        {LABEL}
      </Button>
    )
  }
  return (
    <MenuButton
      kind="filled"
      size={size}
      label={LABEL}
      items={slackApps.map((app) => ({
        id: app.id,
        label:
          app.environment.ref.kind === 'slack'
            ? app.name
            : `${app.name} · ${app.environment.label}`,
      }))}
      isOpen={isOpen}
      onOpenChange={setOpen}
      onAction={(id) => void authorize.begin(id, null)}
    />
  )
}

const LABEL = 'Authorize workspace'
