import './shell.css'
import { Suspense, useEffect, useRef, useState } from 'react'
import { RecoveryStrip, UnreadableStrip } from '../views/locked/recovery-strip.tsx'
import { useAuthorize } from '../views/workspaces/use-authorize.ts'
import { useApi } from './api.ts'
import { Dialogs } from './dialogs.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { useNavigation } from './navigation.ts'
import { Ready } from './ready.tsx'
import { Screens } from './screens.tsx'
import { CommandContext, createCommandBus } from './shortcuts.ts'
import { Sidebar } from './sidebar.tsx'
import { useCall } from './use-call.ts'
import { useCommands } from './use-commands.ts'
import { useFinished } from './use-finished.ts'

/** The open desk: sidebar, strips, and the screen. */
export function Shell() {
  const api = useApi()
  const { screen, isAddingSlackApp, isEditingSlackApp } = useNavigation()
  const [bus] = useState(createCommandBus)
  const root = useRef<HTMLDivElement>(null)
  const locking = useCall()
  const authorizing = useAuthorize()
  const lock = () => void locking.run(api.call['vault/lock'])
  useCommands({ bus, root, lock, authorizing })
  useFinished()
  const view = isAddingSlackApp || isEditingSlackApp ? 'form' : screen
  const { forget } = authorizing
  useEffect(() => {
    if (view) forget()
  }, [view, forget])
  const failure = locking.failure ?? authorizing.failure
  return (
    <CommandContext value={bus}>
      <div className="shell" ref={root}>
        <Sidebar onLock={lock} />
        <main className="shell-main">
          <RecoveryStrip />
          <UnreadableStrip />
          {failure && (
            <div className="shell-failure">
              <FailureNotice
                failure={failure}
                onRemedy={locking.failure ? undefined : authorizing.onRemedy}
              />
            </div>
          )}
          <Suspense fallback={null}>
            <Screens />
            <Ready />
          </Suspense>
        </main>
      </div>
      <Suspense fallback={null}>
        <Dialogs />
      </Suspense>
    </CommandContext>
  )
}
