import type { InstallationView, SlackAppView } from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { Icon } from '../../parts/icon.tsx'
import { installationStatus } from '../workspaces/installation-status.ts'
import { workspacesOf } from './slack-app-words.ts'

/** Where the app is installed; each row leads to that workspace. */
export function AppWorkspaces({ app }: { readonly app: SlackAppView }) {
  const { installations } = useDesk().snapshot
  const workspaces = workspacesOf(app, installations)
  return (
    <section className="detail-section" aria-labelledby="app-workspaces">
      <div className="detail-section-head">
        <h2 id="app-workspaces">Workspaces</h2>
        {workspaces.length > 0 && (
          <span className="detail-count">{workspaces.length.toLocaleString('en')}</span>
        )}
      </div>
      {workspaces.length === 0 ? (
        <p className="slack-app-note">None yet. Authorize one, and it appears here.</p>
      ) : (
        <ul className="card">
          {workspaces.map((workspace) => (
            <WorkspaceLink key={workspace.id} workspace={workspace} />
          ))}
        </ul>
      )}
    </section>
  )
}

function WorkspaceLink({ workspace }: { readonly workspace: InstallationView }) {
  const { go } = useNavigation()
  const { now } = useDesk()
  const { label, tone, icon } = installationStatus(workspace, now).row
  return (
    <li className="app-workspace">
      <button
        type="button"
        className="app-workspace-link"
        onClick={() => go({ screen: 'workspaces', workspaceId: workspace.id, isDetailOpen: true })}
      >
        <Avatar name={workspace.name} />
        <span className="row-name cut" title={workspace.name}>
          {workspace.name}
        </span>
        <span className="row-state" data-tone={tone}>
          <Icon name={icon} size={14} />
          {label}
        </span>
        <Icon name="chevron-right" />
      </button>
    </li>
  )
}
