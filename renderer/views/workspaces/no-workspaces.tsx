import './no-workspaces.css'
import { useEffect, useRef } from 'react'
import { useDesk } from '../../app/desk-state.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useNavigation } from '../../app/navigation.ts'
import { keysLabel } from '../../app/shortcuts.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { AuthorizeButton } from './list/authorize-button.tsx'
import type { Authorize } from './use-authorize.ts'

/** A Slack app, but no workspace yet: the one act that brings one. */
export function NoWorkspaces({ authorize }: { readonly authorize: Authorize }) {
  const { slackApps } = useDesk().snapshot
  const { go } = useNavigation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // After the last one was removed the focus would be nowhere.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  const [first, another] = slackApps
  const app = first && !another ? first.name : 'one of your Slack apps'
  return (
    <section className="no-workspaces" data-pane="" aria-label="Workspaces">
      <header className="pane-head no-workspaces-head">
        <h1 className="pane-title" ref={heading} tabIndex={-1}>
          Workspaces
        </h1>
        <IconButton
          label="Import token"
          icon="clipboard"
          keys={keysLabel('I')}
          isBordered
          onPress={() => go({ dialog: { kind: 'import' } })}
        />
      </header>
      {authorize.failure && (
        <FailureNotice failure={authorize.failure} onRemedy={authorize.onRemedy} />
      )}
      <EmptyState
        icon="workspaces"
        title="No workspaces yet"
        action={<AuthorizeButton authorize={authorize} size="default" />}
      >
        Authorize one with {app}, or import a token.
      </EmptyState>
    </section>
  )
}
