import './slack-page-help.css'
import { type ReactNode, useId, useState } from 'react'
import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { Link } from '../../../parts/link.tsx'

interface SlackPageHelpProps {
  readonly authorization: AuthorizationView
  readonly onRedirectRefused: () => void
}

/** What Slack may show instead of asking; it does not come back then, so only the user can tell. */
export function SlackPageHelp({ authorization, onRedirectRefused }: SlackPageHelpProps) {
  const [open, setOpen] = useState<'messages' | 'approval' | null>(null)
  const toggle = (part: 'messages' | 'approval') => setOpen(open === part ? null : part)
  const isPractice = authorization.environment.ref.kind === 'practice'
  return (
    <footer className="authorization-foot">
      {!isPractice && (
        <>
          <Link isExpanded={open === 'messages'} onPress={() => toggle('messages')}>
            Slack shows an error page?
          </Link>
          <Link isExpanded={open === 'approval'} onPress={() => toggle('approval')}>
            Slack asks for an admin’s approval?
          </Link>
        </>
      )}
      {open === 'messages' && (
        <Messages authorization={authorization} onRedirectRefused={onRedirectRefused} />
      )}
      {open === 'approval' && (
        <p className="page-help">
          Send the request in Slack. When it is approved, authorize again: Slack does not tell Token
          Desk.
        </p>
      )}
      <p className="page-help-leave">
        You can leave this page. Waiting goes on, and the workspace appears in the list.
      </p>
    </footer>
  )
}

/** What Slack shows on its own page instead of coming back. Source: slack-auth sections 1 and 3. */
function Messages({ authorization, onRedirectRefused }: SlackPageHelpProps) {
  const { go } = useNavigation()
  const edit = () =>
    go({ screen: 'slack-apps', slackAppId: authorization.slackAppId, isEditingSlackApp: true })
  return (
    <dl className="page-help card">
      <Message slack="redirect_uri did not match any configured URIs">
        The address is not among the app’s redirect URLs.{' '}
        <Link onPress={onRedirectRefused}>What to add in Slack</Link>
      </Message>
      <Message slack="invalid_client_id">
        Check the ID, and whether the app is on slack.com or GovSlack.{' '}
        <Link onPress={edit}>Edit Slack app</Link>
      </Message>
      <Message slack="invalid_scope, Invalid permissions requested">
        A scope is not known, or sign-in scopes are mixed with others.{' '}
        <Link onPress={edit}>Edit Slack app</Link>
      </Message>
      <Message slack="invalid_team_for_non_distributed_app">
        Pick the workspace that the app was made in, or turn on distribution in its settings.
      </Message>
      <Message slack="scope_not_allowed_on_enterprise, unapproved_scope">
        Remove that scope. <Link onPress={edit}>Edit Slack app</Link>
      </Message>
    </dl>
  )
}

function Message({ slack, children }: { readonly slack: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <div className="page-message">
      <dt id={id}>“{slack}”</dt>
      <dd>{children}</dd>
    </div>
  )
}
