import type { InstallationView } from '../../../../main/contract/views.ts'

/** The workspaces that a token of a whole organization covers, as of the last check. */
export function OrgWorkspaces({ isOrgWide, orgTeams }: InstallationView) {
  if (!isOrgWide) return null
  return (
    <section className="detail-section" aria-labelledby="org-workspaces">
      <div className="detail-section-head">
        <h2 id="org-workspaces">Workspaces of the organization</h2>
        {orgTeams.length > 0 && (
          <span className="detail-count">{orgTeams.length.toLocaleString('en')}</span>
        )}
      </div>
      {orgTeams.length === 0 ? (
        <p className="detail-quiet">Not known yet. “Check token” asks Slack for them.</p>
      ) : (
        // It scrolls when they are many, so that the keyboard has to reach it.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls needs the focus
        <ul className="org-teams card" aria-labelledby="org-workspaces" tabIndex={0}>
          {orgTeams.map(({ id, name }) => (
            <li key={id} className="org-team">
              <span>{name}</span>
              <code>{id}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
