import type { ReactNode } from 'react'
import type { InstallationView } from '../../../../main/contract/views.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { Button } from '../../../parts/button.tsx'
import { Link } from '../../../parts/link.tsx'
import { signedInWords } from '../credential-names.ts'
import { dateAndTime } from '../time-words.ts'
import { History } from './history.tsx'
import { TurnOnRotation } from './turn-on-rotation.tsx'

interface WorkspaceDetailsProps {
  readonly installation: InstallationView
  readonly onEdit: () => void
  /** Asks before this credential is turned into one that rotates. */
  readonly onExchange: (credentialId: string) => void
}

/** Where it came from and how Slack names it; the user's own name and note. */
export function WorkspaceDetails(props: WorkspaceDetailsProps) {
  const { installation, onEdit } = props
  const { localName, teamName, source, createdAtMs, history } = installation
  const canExchange = installation.credentials.some((one) => one.canExchange)
  const users = installation.credentials.filter((one) => one.kind === 'user')
  const names = users.flatMap(({ userName, userId }) => userName ?? userId ?? [])
  const signedIn = installation.credentials.map(signedInWords).find((words) => words !== null)
  return (
    <section className="detail-section" aria-labelledby="workspace-details">
      <div className="detail-section-head">
        <h2 id="workspace-details">Details</h2>
        <Button size="row" icon="pencil" onPress={onEdit}>
          Name and note…
        </Button>
      </div>
      <dl className="card detail-facts">
        <Fact name="Note">
          {installation.note && <span className="detail-note">{installation.note}</span>}
        </Fact>
        <Fact name="Name in Slack">{localName !== null && teamName}</Fact>
        <Fact name="Slack app">
          <AppName installation={installation} />
        </Fact>
        <Fact name="App ID">{mono(installation.appId)}</Fact>
        {history.length === 0 ? (
          <Fact name={source === 'authorized' ? 'Authorized' : 'Imported'}>
            {dateAndTime(createdAtMs)}
          </Fact>
        ) : (
          <Fact name="History">
            <History history={history} />
          </Fact>
        )}
        <Fact name="Users">{names.join(', ')}</Fact>
        <Fact name="Signed in">{signedIn}</Fact>
        <Fact name="Token rotation">{canExchange && <TurnOnRotation {...props} />}</Fact>
        <Fact name="Team ID">{mono(installation.teamId)}</Fact>
        <Fact name="Enterprise">{installation.enterpriseName}</Fact>
        <Fact name="Enterprise ID">{mono(installation.enterpriseId)}</Fact>
        <Fact name="Bot user ID">{mono(installation.botUserId)}</Fact>
        <Fact name="Slack environment">{installation.environment.host}</Fact>
      </dl>
    </section>
  )
}

/** A line of the list; none where Slack did not tell. */
function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === false || children === '')
    return null
  return (
    <div className="detail-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function AppName({ installation }: Pick<WorkspaceDetailsProps, 'installation'>) {
  const { go } = useNavigation()
  const { slackApps } = useDesk().snapshot
  const app = slackApps.find(({ id }) => id === installation.slackAppId)
  if (!app) return installation.appName
  return <Link onPress={() => go({ screen: 'slack-apps', slackAppId: app.id })}>{app.name}</Link>
}

function mono(text: string | null): ReactNode {
  return text === null ? null : <code>{text}</code>
}
