import './authorization-page.css'
import { useEffect, useRef, useState } from 'react'
import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { Spinner } from '../../../parts/spinner.tsx'
import { OtherTeamPage } from './other-team-page.tsx'
import { RedirectRefusedPage } from './redirect-refused-page.tsx'
import { StoppedPage } from './stopped-page.tsx'
import { WaitingPage } from './waiting-page.tsx'

export interface AuthorizationPageProps {
  readonly authorization: AuthorizationView
  /** Cancelled or put away: there is nothing to show any more. */
  readonly onLeave: () => void
}

/** One authorization from the opened browser to the workspace, or to what went wrong. */
export function AuthorizationPage(props: AuthorizationPageProps) {
  const page = useRef<HTMLDivElement>(null)
  useFirstFocus(page, props.authorization.state.kind)
  return (
    <div className="pane-body authorization" ref={page}>
      <PageOfState {...props} />
    </div>
  )
}

function PageOfState(props: AuthorizationPageProps) {
  const { state } = props.authorization
  const [saysRedirect, setSaysRedirect] = useState(false)
  switch (state.kind) {
    case 'waiting':
      return saysRedirect ? (
        <RedirectRefusedPage {...props} onBack={() => setSaysRedirect(false)} />
      ) : (
        <WaitingPage {...props} onRedirectRefused={() => setSaysRedirect(true)} />
      )
    case 'exchanging':
    case 'done':
      return <FinishingPage />
    case 'other-team':
      return <OtherTeamPage {...props} state={state} />
    case 'failed':
      return state.failure.slackCode === 'bad_redirect_uri' ? (
        <RedirectRefusedPage {...props} failure={state.failure} />
      ) : (
        <StoppedPage {...props} failure={state.failure} />
      )
    default:
      return state satisfies never
  }
}

function FinishingPage() {
  return (
    <>
      <h1 tabIndex={-1} data-pane-start="">
        Slack answered
      </h1>
      <p className="authorization-lead authorization-busy" role="status">
        <Spinner />
        Fetching the tokens and sealing them.
      </p>
    </>
  )
}

/**
 * The focus follows whoever opened the page by an act, and comes back when the page it was in has
 * changed; who walks through the list or types a search keeps it.
 */
function useFirstFocus(page: { readonly current: HTMLElement | null }, kind: string): void {
  const isFirst = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the page becomes another one
  useEffect(() => {
    const { activeElement } = document
    const isBusyElsewhere = activeElement?.closest('[role=listbox], input, [role=dialog]')
    const isWanted = activeElement === document.body || (isFirst.current && !isBusyElsewhere)
    isFirst.current = false
    if (isWanted) page.current?.querySelector<HTMLElement>('[data-pane-start]')?.focus()
  }, [page, kind])
}
